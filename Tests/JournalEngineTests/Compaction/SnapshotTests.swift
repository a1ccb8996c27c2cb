import JournalEngine
import JournalTestSupport
import Testing

@Suite("A snapshot")
struct SnapshotTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  private func write(_ count: Int, _ options: WriteOptions = .init(snapshots: .never)) throws {
    let writer = try journal.writer(options: options)
    for index in 0..<count { try writer.append(Tally.Event("\(index)")) }
  }

  private var snapshots: [String] {
    journal.disk.paths.filter { $0.hasSuffix(".snapshot.json") }
  }

  @Test("gives the state that a replay gives, and what follows it is taken in")
  func equal() throws {
    try write(10)
    let writer = try journal.writer()
    let done = try writer.compact()
    #expect(done.snapshot?.path == journal.folder + "/00000000000000000011.tally-1.snapshot.json")
    try write(5)
    let state = try journal.reader().state(Tally.self)
    let replay = try journal.reader().replay(Tally.self)
    #expect(state.state == replay.state)
    #expect(state.head == replay.head && state.time == replay.time)
    #expect(state.start.seq == 11 && replay.start == .none)
    #expect(try journal.writer().state == replay.state)
  }

  @Test("spares reading what lies before it: only the line that it covers is read")
  func bytesRead() throws {
    try write(200)
    try journal.writer().compact()
    let covered = journal.bytes().count
    try write(3)
    let system = MemoryFileSystem(on: journal.disk)
    _ = try journal.reader(on: system).state(Tally.self)
    let reads = system.reads.filter { $0.path == journal.path() }
    let last = try #require(try journal.entries().first { $0.seq == 201 })
    #expect(reads.allSatisfy { $0.offset >= last.place.offset - 1 })
    #expect(reads.reduce(0) { $0 + $1.got } < 2 * (journal.bytes().count - covered) + 400)
  }

  @Test("is made by itself after as many entries as the policy says, and old ones go")
  func policy() throws {
    try write(60, WriteOptions(snapshots: .every(10)))
    #expect(snapshots.count == 2)
    #expect(try journal.reader().state(Tally.self).start.seq > 30)
  }

  private struct Dotted: Projection {
    static let name = "com.acme.bank"
    mutating func apply(_ event: Int, from entry: Entry) {}
    func snapshot() -> JSON? { [:] }
    init() {}
    init(snapshot: JSON, version: Int) {}
  }

  @Test("is not made in silence where the projection's name cannot stand in a file's")
  func badName() throws {
    let writer = try journal.writer(Dotted.self, options: WriteOptions(snapshots: .every(1)))
    try writer.append(1)
    #expect(writer.compactionFailure?.code == .invalidName)
    let error = #expect(throws: JournalError.self) { try writer.compact() }
    #expect(error?.code == .invalidName && error?.message.contains("com.acme.bank") == true)
    try writer.append(2)
    #expect(writer.head.seq == 3)
  }

  @Test("is made where another that stands in its stead cannot be read")
  func garbage() throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .every(10)))
    for index in 0..<8 { try writer.append(Tally.Event("\(index)")) }
    journal.disk.put(
      Array("none".utf8), at: journal.folder + "/00000000000000000005.tally-1.snapshot.json")
    for index in 0..<4 { try writer.append(Tally.Event("\(index)")) }
    #expect(try journal.reader().state(Tally.self).start.seq > 5)
  }

  @Test(
    "is put off while the last one took more than a tenth of the time, and not for ever")
  func putOff() throws {
    let system = MemoryFileSystem(on: journal.disk)
    let clock = journal.clock
    system.onOperation = { operation in
      if operation.path.hasSuffix(".tmp") { clock.advance(by: .milliseconds(10)) }
    }
    let writer = try journal.writer(on: system, options: WriteOptions(snapshots: .every(20)))
    func append(until count: Int) throws {
      while writer.state.tags.count < count { try writer.append(Tally.Event("a")) }
    }
    try append(until: 20)
    #expect(snapshots.count == 1)
    let took = clock.elapsed()
    #expect(took > .zero)
    clock.advance(by: took * 9 - .milliseconds(1))
    try append(until: 70)
    #expect(snapshots.count == 1)
    clock.advance(by: .milliseconds(1))
    try append(until: 71)
    #expect(snapshots.count == 2)
    try append(until: 150)
    #expect(try journal.reader().state(Tally.self).start.seq == 72)
    try append(until: 151)
    #expect(try journal.reader().state(Tally.self).start.seq == 152)
    try append(until: 215)
    try writer.close()
    #expect(try journal.reader().state(Tally.self).start.seq == 216)
  }

  @Test("is not made by a handle that closes and has put off none")
  func nothingPutOff() throws {
    try write(60, WriteOptions(snapshots: .never))
    let writer = try journal.writer(options: WriteOptions(snapshots: .every(2)))
    try writer.close()
    #expect(snapshots.isEmpty)
  }

  @Test("all together, made by itself, are at most half as long as the journal")
  func amount() throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .every(5)))
    var sum = 0
    var seen: Set<String> = []
    for index in 0..<400 {
      try writer.append(Tally.Event("\(index)"))
      for path in snapshots where seen.insert(path).inserted {
        sum += journal.disk.bytes(of: path)?.count ?? 0
      }
    }
    #expect(seen.count > 3)
    #expect(sum <= journal.bytes().count / 2 + 1000)
  }

  @Test("keeps the idempotency keys")
  func keys() throws {
    try journal.writer().append(Tally.Event("a"), id: "k")
    try journal.writer().compact()
    let receipt = try journal.writer().append(Tally.Event("a"), id: "k")
    #expect(receipt.isRepeated && receipt.seqs == 2...2)
  }

  @Test("that fails to be written costs no entry, and is told")
  func failure() throws {
    let system = MemoryFileSystem(on: journal.disk)
    system.failAll(.createFile, .error(.planned(.diskFull)))
    let writer = try journal.writer(on: system, options: WriteOptions(snapshots: .every(2)))
    for tag in ["a", "b", "c"] { try writer.append(Tally.Event(tag)) }
    #expect(writer.compactionFailure?.code == .diskFull)
    #expect(try journal.tally().tags == ["a", "b", "c"])
    #expect(snapshots.isEmpty)
  }

  @Test("whose bytes are not what they were is a warning, whatever byte it is, and never an error")
  func flipped() throws {
    try write(3)
    try journal.writer().compact()
    let path = try #require(snapshots.first)
    let bytes = try #require(journal.disk.bytes(of: path))
    let right = try journal.tally()
    for index in bytes.indices {
      var bad = bytes
      bad[index] ^= 1
      journal.disk.put(bad, at: path)
      let state = try journal.reader().state(Tally.self)
      #expect(state.state == right && state.warnings.count == 1 && state.damage == nil)
    }
    for count in 0..<bytes.count {
      journal.disk.put(Array(bytes[..<count]), at: path)
      #expect(try journal.reader().state(Tally.self).state == right)
    }
  }

  @Test("that covers more than the journal holds shows that its end was cut off")
  func ahead() throws {
    try write(3)
    let before = journal.bytes()
    try write(2)
    try journal.writer().compact()
    journal.disk.put(before, at: journal.path())
    #expect(try journal.reader().state(Tally.self).damage?.lastBeyondDoubt == 4)
    #expect(try journal.reader().replay(Tally.self).damage?.lastBeyondDoubt == 4)
    #expect(throws: JournalError.self) { try journal.writer() }
  }

  @Test("vouches for the entry that it covers, also where another one stands there")
  func rewritten() throws {
    try write(3)
    try journal.writer().compact()
    let other = try TestJournal(seed: 2)
    let writer = try other.writer()
    for index in 0..<8 { try writer.append(Tally.Event("x\(index)")) }
    journal.disk.put(other.bytes(), at: journal.path())
    #expect(try journal.reader().state(Tally.self).damage != nil)
  }

  @Test("can be removed at any time, and nothing is lost")
  func removed() throws {
    try write(4)
    try journal.writer().compact()
    let right = try journal.reader().state(Tally.self).state
    for path in snapshots { journal.disk.remove(path) }
    #expect(try journal.reader().state(Tally.self).state == right)
  }

  @Test("at a seal goes on in the next segment")
  func atSeal() throws {
    try write(1, WriteOptions(segmentLimit: 1, snapshots: .never))
    #expect(try journal.entries().last?.type == "journal.sealed")
    try journal.writer().compact()
    try write(2)
    #expect(try journal.reader().state(Tally.self).state == journal.tally())
    #expect(try journal.tally().tags.count == 3)
  }

  @Test("serves a point at or behind it, and an earlier one is read from the first line")
  func points() throws {
    try write(6)
    try journal.writer().compact()
    try write(2)
    for seq in 0...9 {
      let state = try journal.reader().state(Tally.self, at: .seq(Int64(seq)))
      let replay = try journal.reader().replay(Tally.self, until: .seq(Int64(seq)))
      #expect(state.state == replay.state && state.head == replay.head)
      #expect(state.start.seq == (seq < 7 ? 0 : 7))
    }
  }

  @Test("of another journal, under this one's name, is a warning")
  func foreign() throws {
    try write(3)
    let other = try TestJournal("other")
    let writer = try other.writer()
    for tag in ["x", "y", "z"] { try writer.append(Tally.Event(tag)) }
    let path = try #require(try writer.compact().snapshot?.path)
    let name = try #require(path.split(separator: "/").last)
    journal.disk.put(try #require(other.disk.bytes(of: path)), at: journal.folder + "/" + name)
    let state = try journal.reader().state(Tally.self)
    #expect(try state.state == journal.tally() && state.warnings.count == 1)
    #expect(state.damage == nil)
    #expect(try journal.reader().verify(as: Tally.self).counts[.badSnapshot] == 1)
  }

  @Test("of another projection or version is left alone, and neither blocks the other")
  func projections() throws {
    try write(3)
    try journal.writer().compact()
    try journal.writer(Newer.self).compact()
    #expect(snapshots.count == 2)
    #expect(try journal.reader().state(Tally.self).start.seq == 4)
    #expect(try journal.reader().state(Newer.self).start.seq == 4)
    #expect(try journal.reader().state(Ledger.self).start.seq == 0)
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("under another name than it says is a warning")
  func renamed() throws {
    try write(3)
    try journal.writer().compact()
    let path = try #require(snapshots.first)
    let bytes = try #require(journal.disk.bytes(of: path))
    journal.disk.remove(path)
    journal.disk.put(bytes, at: journal.folder + "/00000000000000000003.tally-1.snapshot.json")
    let state = try journal.reader().state(Tally.self)
    #expect(try state.state == journal.tally() && state.warnings.count == 1)
  }

  /// The same projection, one version later.
  private struct Newer: Projection {
    static let name = Tally.name
    static let version = 2
    var tally = Tally()

    init() {}
    func snapshot() -> JSON? { tally.snapshot() }
    init(snapshot: JSON, version: Int) throws {
      tally = try Tally(snapshot: snapshot, version: version)
    }
    mutating func apply(_ event: Tally.Event, from entry: Entry) throws {
      try tally.apply(event, from: entry)
    }
    static func encode(_ event: Tally.Event) -> RecordedEvent { Tally.encode(event) }
    static func decode(_ recorded: RecordedEvent) throws -> Tally.Event? {
      try Tally.decode(recorded)
    }
  }
}
