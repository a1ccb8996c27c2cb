import JournalEngine
import JournalTestSupport

/// Something that processes do with a journal while the power may fail.
struct Workload: Sendable, CustomStringConvertible {
  var description: String
  /// How many ways there are to do it.
  let variants: Int
  /// How it is done, and the recovery from it too.
  var options: WriteOptions
  let body: @Sendable (CrashRun, _ variant: Int) throws -> Void

  init(
    _ description: String, variants: Int = 1,
    options: WriteOptions = WriteOptions(snapshots: .never),
    _ body: @escaping @Sendable (CrashRun, _ variant: Int) throws -> Void
  ) {
    self.description = description
    self.variants = variants
    self.options = options
    self.body = body
  }

  /// The same in a journal whose segments hold a few lines only.
  private var inShortSegments: Workload {
    var workload = self
    workload.description += ", in short segments"
    workload.options.segmentLimit = 500
    return workload
  }

  /// The same with a snapshot after every few entries.
  private var withSnapshots: Workload {
    var workload = inShortSegments
    workload.description += ", with snapshots"
    workload.options.snapshots = .every(2)
    return workload
  }

  /// How much of the states is for it, set against the others. Whatever is done with whole files
  /// has more steps than the rest.
  var weight: Int {
    (Self.compacting + Self.settling).contains { description.hasPrefix($0.description) } ? 3 : 1
  }

  static let all =
    plain + compacting + repairing + plain.dropFirst().map(\.inShortSegments)
    + plain.dropFirst().map(\.withSnapshots)
    + settling + compacting.map(\.withTables)

  private static let plain = appending + durability + together + dying
}
