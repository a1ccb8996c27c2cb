import Foundation
import JournalEngine
import Testing

@Suite("Descriptors")
struct DescriptorTests {
  /// How many descriptors of this process lead into a folder.
  private static func count(in folder: String) -> Int {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return numbers.count { number in
      let path = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/" + number)
      return path?.hasPrefix(folder) == true
    }
  }

  private struct Note: Projection {
    static let name = "note"
    init() {}
    mutating func apply(_ event: RecordedEvent, from entry: Entry) {}
    static func encode(_ event: RecordedEvent) -> RecordedEvent { event }
    static func decode(_ recorded: RecordedEvent) -> RecordedEvent? { recorded }
  }

  @Test("None is left open, whatever succeeded or failed")
  func noLeak() throws {
    let scratch = try Scratch()
    let root = scratch.path + "/Journals"
    let name = try JournalName("j")
    for round in 0..<20 {
      let writer = try JournalWriter<Note>(
        name, in: root, options: WriteOptions(segmentLimit: 300, snapshots: .every(2)))
      try writer.append(RecordedEvent(type: "noted"))
      #expect(throws: JournalError.self) { try writer.append(RecordedEvent(type: "")) }
      #expect(Self.count(in: scratch.path) > 0)
      if round.isMultiple(of: 2) { try writer.close() }
    }
    let reader = JournalReader(name, in: root)
    for _ in 0..<20 {
      _ = try reader.head()
      _ = try reader.verify()
      _ = try reader.replay(Note.self)
      #expect(throws: JournalError.self) { try reader.replay(Note.self, until: .seq(999)) }
      let missing = JournalReader(try JournalName("none"), in: root)
      #expect(throws: JournalError.self) { try missing.head() }
    }
    try Files.write("", to: root + "/file")
    try FileManager.default.createDirectory(
      atPath: root + "/odd/" + Journals.firstSegment, withIntermediateDirectories: true)
    for odd in ["file", "odd"] {
      #expect(throws: JournalError.self) {
        try JournalWriter<Note>(try JournalName(odd), in: root).append(RecordedEvent(type: "noted"))
      }
    }
    #expect(Self.count(in: scratch.path) == 0)
  }

  @Test("Out of them, a program says so and names the file, and works once it may have more")
  func limit() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("profile", "create", "p")
    var refusals = 0
    for limit in 3...12 {
      let limited = try Child.run(
        ["/bin/sh", "-c", "ulimit -n \(limit); exec \"$@\"", "sh"]
          + journals.command(["profile", "set", "p", "limit=\(limit)", "--json"]))
      guard limited.status != .exit(0) else { continue }
      guard limited.error.contains(#""errno":24"#) || limited.error.contains("too many") else {
        continue  // The loader itself found no descriptor for a library.
      }
      refusals += 1
      #expect(limited.status == .exit(1), "\(limited)")
      #expect(limited.error.contains(journals.root), "\(limited)")
    }
    #expect(refusals > 0)
    try journals.done("profile", "set", "p", "after=it")
    #expect(try journals.daybook("verify").status == .exit(0))
  }
}
