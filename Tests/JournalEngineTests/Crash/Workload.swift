import JournalEngine
import JournalTestSupport

/// Something that processes do with a journal while the power may fail.
struct Workload: Sendable, CustomStringConvertible {
  let description: String
  /// How many ways there are to do it.
  let variants: Int
  let body: @Sendable (CrashRun, _ variant: Int) throws -> Void

  init(
    _ description: String, variants: Int = 1,
    _ body: @escaping @Sendable (CrashRun, _ variant: Int) throws -> Void
  ) {
    self.description = description
    self.variants = variants
    self.body = body
  }

  static let all = appending + durability + together + dying
}
