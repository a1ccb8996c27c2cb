import Foundation
import JournalEngine
import JournalTestSupport
import Testing

/// The conformance cases in `Golden/`: bytes, and what every reader must make of them.
@Suite("The conformance cases")
struct GoldenTests {
  private static let folder = Bundle.module.bundlePath + "/Golden"

  private static let cases: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    return (names ?? []).filter { !$0.contains(".") }.sorted()
  }()

  private func expected(_ name: String) throws -> JSON {
    let path = Self.folder + "/" + name + "/expected.json"
    return try JSON(parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
  }

  @Test("are all there")
  func all() {
    #expect(
      Self.cases == [
        "altered", "cut-out", "debris", "groups", "missing-seal", "missing-segment",
        "other-history", "plain", "races", "sealed", "segments", "spellings", "torn",
      ])
  }

  @Test("say of each line what this reader says of it", arguments: cases)
  func lines(_ name: String) throws {
    let expected = try #require(try expected(name)["lines"]?.array)
    var found: [JSON] = []
    var runs: [Int: String] = [:]
    try JournalReader(try JournalName(name), in: Self.folder).forEachLine { line in
      switch line {
      case .entry(let entry):
        found.append(
          describe(
            entry.place, "accepted",
            ["seq": .number(JSONNumber(entry.seq)), "hash": .string(entry.hash.description)]))
      case .void(let line, let place):
        var more = JSONObject()
        let run = runs[line.run, default: "\(place.segment):\(place.offset)"]
        runs[line.run] = run
        if let seq = line.seq {
          more["seq"] = .number(JSONNumber(seq))
          more["run"] = .string(run)
        }
        more["beyondDoubt"] = line.lastBeyondDoubt.map { .number(JSONNumber($0)) }
        found.append(describe(place, line.kind.rawValue, more))
      }
      return true
    }
    // A group that has not ended is not handed out, and void ones come when it is known.
    let decided = expected.filter { $0["verdict"]?.string != "pending" }
    #expect(decided.count == found.count)
    #expect(decided.sorted(by: isEarlier) == found.sorted(by: isEarlier))
  }

  @Test("say what the head is, and what is damaged", arguments: cases)
  func head(_ name: String) throws {
    let expected = try expected(name)
    let reader = JournalReader(try JournalName(name), in: Self.folder)
    let found = try reader.verify()
    #expect(found.head.seq == expected["head"]?["seq"]?.int)
    #expect(found.head.hash.description == expected["head"]?["hash"]?.string)
    let damage = try #require(expected["damage"])
    #expect(found.damage?.lastBeyondDoubt == damage["beyondDoubt"]?.int)
    #expect(found.damage?.offset == damage["offset"]?.int)
    if let segment = damage["segment"]?.int {
      #expect(found.damage?.file.hasSuffix("/" + SegmentName.file(firstSeq: segment)) == true)
    }
    let replay = try reader.replay(Blind.self)
    #expect(replay.head.seq == damage["beyondDoubt"]?.int ?? found.head.seq)
  }

  @Test("say how much stands behind the last newline", arguments: cases)
  func unfinished(_ name: String) throws {
    let found = try JournalReader(try JournalName(name), in: Self.folder).verify()
    let lengths = found.findings.filter { $0.kind == .unfinished }.map(\.length)
    #expect(Int64(lengths.reduce(0, +)) == (try expected(name)["unfinished"]?.int))
  }

  @Test("can be gone on with where there is no damage, and not where there is", arguments: cases)
  func append(_ name: String) throws {
    let journal = try TestJournal(name)
    let path = Self.folder + "/" + name
    for file in try FileManager.default.contentsOfDirectory(atPath: path) {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + file)))
      journal.disk.put(bytes, at: journal.folder + "/" + file)
    }
    let expected = try expected(name)
    if expected["damage"]?.isNull == false {
      #expect(throws: JournalError.self) { try journal.writer(Blind.self) }
      return
    }
    let writer = try journal.writer(Blind.self)
    let head = try #require(expected["head"]?["seq"]?.int)
    let seq = try #require(try writer.append(RecordedEvent(type: "more")).seqs?.upperBound)
    // Where a crash left something behind, an entry that notes it comes first.
    let noted = try journal.entries().contains { $0.type == "journal.recovered" }
    #expect(seq == head + (noted ? 2 : 1))
    #expect(try journal.reader().replay(Blind.self).head.seq == seq)
  }

  /// Knows no type, so that it reads whatever is there.
  private struct Blind: Projection {
    static let name = "blind"
    mutating func apply(_ event: RecordedEvent, from entry: Entry) {}
    static func encode(_ event: RecordedEvent) -> RecordedEvent { event }
    static func decode(_ recorded: RecordedEvent) -> RecordedEvent? { nil }
  }

  private func describe(_ place: LinePlace, _ verdict: String, _ more: JSONObject) -> JSON {
    var line: JSONObject = [
      "segment": .number(JSONNumber(place.segment)), "offset": .number(JSONNumber(place.offset)),
      "length": .number(JSONNumber(place.length)), "verdict": .string(verdict),
    ]
    for member in more { line[member.name] = member.value }
    return .object(line)
  }

  private func isEarlier(_ a: JSON, _ b: JSON) -> Bool {
    func place(_ line: JSON) -> (Int64, Int64) {
      (line["segment"]?.int ?? 0, line["offset"]?.int ?? 0)
    }
    return place(a) < place(b)
  }
}
