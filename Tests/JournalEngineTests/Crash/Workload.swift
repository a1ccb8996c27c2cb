import JournalEngine
import JournalTestSupport

/// Something that processes do with a journal while the power may fail.
struct Workload: Sendable, CustomStringConvertible {
  private(set) var description: String
  /// How many ways there are to do it.
  let variants: Int
  /// How large segments grow, in the recovery from it too.
  private(set) var segmentLimit: Int64 = 64 << 20
  let body: @Sendable (CrashRun, _ variant: Int) throws -> Void

  init(
    _ description: String, variants: Int = 1,
    _ body: @escaping @Sendable (CrashRun, _ variant: Int) throws -> Void
  ) {
    self.description = description
    self.variants = variants
    self.body = body
  }

  /// The same in a journal whose segments hold a few lines only.
  var inShortSegments: Workload {
    var workload = self
    workload.description += ", in short segments"
    workload.segmentLimit = 500
    return workload
  }

  static let all = appending + durability + together + dying + rotating

  private static let rotating = (appending.dropFirst() + durability + together + dying)
    .map(\.inShortSegments)
}
