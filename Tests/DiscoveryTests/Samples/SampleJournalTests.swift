import Discovery
import Foundation
import JournalEngine
import Testing

/// The journals that come with the package are what the program writes. To write them anew, set
/// `DAYBOOK_WRITE_SAMPLES` to a folder that does not hold them, and run these tests.
@Suite
struct SampleJournalTests {
  @Test("A sample is byte for byte what the program writes", arguments: SampleJournal.all)
  func sampleIsReproduced(_ sample: SampleJournal) throws {
    try SampleFolder.withScratch { root in
      try sample.write(into: root.path)
      let written = try SampleFolder.contents(of: root.appending(path: sample.name))
      let kept = try SampleFolder.contents(of: SampleFolder.journals.appending(path: sample.name))
      #expect(written.keys.sorted() == kept.keys.sorted())
      for (file, bytes) in written { #expect(kept[file] == bytes, "\(sample.name)/\(file)") }
    }
  }

  @Test("The samples hold every type of event")
  func everyType() throws {
    var types: Set<String> = []
    try JournalReader(try SampleJournal.everyEvent.profile(), in: SampleFolder.journals.path)
      .forEach { entry in
        types.insert(entry.type)
        return true
      }
    #expect(
      types == [
        "journal.opened", "journal.imported", "profile.created", "profile.updated",
        "profile.archived", "profile.restored", "profile.deleted", "session.started",
        "session.found", "session.completed", "session.failed",
      ])
  }

  @Test("All that is left of a sample's lines adds up to its file", arguments: SampleJournal.all)
  func linesAddUp(
    _ sample: SampleJournal
  ) throws {
    let folder = SampleFolder.journals.appending(path: sample.name)
    let segment = "00000000000000000001.ndjson"
    let bytes = try #require(try SampleFolder.contents(of: folder)[segment])
    let reader = JournalReader(try sample.profile(), in: SampleFolder.journals.path)
    var rebuilt = Data()
    try reader.forEachLine { line in
      switch line {
      case .entry(let entry): rebuilt.append(contentsOf: entry.line)
      case .void(_, let place): rebuilt.append(contentsOf: try reader.bytes(at: place))
      }
      rebuilt.append(UInt8(ascii: "\n"))
      return true
    }
    // The void lines of a group are told once it is known that they are: later than they stand.
    #expect(lines(rebuilt).sorted() == lines(bytes).sorted())
  }

  @Test(
    "Writes the samples where it is asked to",
    .enabled(if: SampleFolder.setting("DAYBOOK_WRITE_SAMPLES") != nil))
  func writeSamples() throws {
    let root = try #require(SampleFolder.setting("DAYBOOK_WRITE_SAMPLES"))
    for sample in SampleJournal.all { try sample.write(into: root) }
  }

  private func lines(_ bytes: Data) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}
