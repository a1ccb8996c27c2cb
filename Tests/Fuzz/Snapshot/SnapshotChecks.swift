import JournalEngine
internal import JournalTestSupport

/// What must hold of the reader of snapshots, whatever stands in the file.
enum SnapshotChecks {
  static func check(_ input: [UInt8]) throws {
    let bench = try SnapshotBench.made.get()
    let file = file(of: input, bench)
    let snapshot = try? Snapshot(file)
    if let snapshot { try encodesBack(snapshot) }
    try reads(file, snapshot, bench)
  }

  /// The first byte says how the rest is taken: as the file; as its text, with a hash that holds;
  /// or as changes to a sound one, with a hash that holds.
  private static func file(of input: [UInt8], _ bench: SnapshotBench) -> [UInt8] {
    var supply = ByteSupply(input)
    switch supply.byte() % 3 {
    case 0: return supply.all()
    case 1: return sealed(supply.all())
    default:
      var object = (try? JSON(parsing: bench.snapshot))?.object ?? JSONObject()
      object["sha256"] = nil
      while !supply.isEmpty {
        let name = object.names[supply.number(below: object.count)]
        object[name] = value(&supply, object[name])
        if object.isEmpty { break }
      }
      return sealed(Array(JSON.object(object).text.utf8.dropLast()))
    }
  }

  /// Another value of a member; nil drops it.
  private static func value(_ supply: inout ByteSupply, _ old: JSON?) -> JSON? {
    switch supply.byte() % 6 {
    case 0: return nil
    case 1:
      return old?.int.map { .number(JSONNumber($0 &+ Int64(Int8(bitPattern: supply.byte())))) }
    case 2: return .number(JSONNumber(Int64.max &- Int64(supply.byte())))
    case 3: return .string(String(decoding: supply.bytes(Int(supply.byte())), as: UTF8.self))
    case 4: return .array([old ?? .null, .null])
    default: return try? JSON(parsing: supply.bytes(Int(supply.byte())))
    }
  }

  private static func sealed(_ body: [UInt8]) -> [UInt8] {
    body + Array(",\"sha256\":\"\(SHA256.digest(of: body))\"}\n".utf8)
  }

  /// What was read is written so that it reads the same.
  private static func encodesBack(_ snapshot: Snapshot) throws {
    let bytes = snapshot.encoded()
    let again = try? Snapshot(bytes)
    try Violation.unless(again?.encoded() == bytes, "a snapshot does not read back")
    let isSame =
      again?.head == snapshot.head && again?.place == snapshot.place
      && again?.time == snapshot.time && again?.state == snapshot.state
      && again?.journal == snapshot.journal && again?.version == snapshot.version
      && again?.stateDigest == snapshot.stateDigest
    try Violation.unless(isSame, "a snapshot reads as another")
  }

  /// A snapshot makes reading faster or does nothing; it is damage only where it vouches for what
  /// is not there, and an error never.
  private static func reads(
    _ file: [UInt8], _ snapshot: Snapshot?, _ bench: SnapshotBench
  ) throws {
    let journal = try bench.journal(with: file)
    let replay = try journal.reader().state(Tally.self)
    let head = Head(seq: 5, hash: try Snapshot(bench.snapshot).head.hash)
    try Violation.unless(
      file != bench.snapshot || replay.start == head, "a sound snapshot is not used")
    if replay.start != .none {
      try Violation.unless(replay.start == head, "reading begins where no snapshot is")
      try Violation.unless(
        snapshot.map { $0.head == head } == true, "what is no snapshot is used")
    }
    if snapshot == nil {
      try Violation.unless(!replay.warnings.isEmpty, "a bad snapshot is not told")
      try Violation.unless(replay.damage == nil, "a bad snapshot is damage")
    }
    if replay.damage == nil {
      try Violation.unless(replay.head == bench.head, "another head")
      // The digest vouches for a state, and a forged one is believed.
      try Violation.unless(
        replay.start != .none || replay.state == bench.state, "another state")
    }
    let again = try journal.reader().replay(Tally.self)
    try Violation.unless(
      again.damage != nil || again.state == bench.state, "a snapshot changes history")
    _ = try journal.reader().verify()
    do {
      _ = try journal.writer(Tally.self).append(.init("e"))
    } catch let error as JournalError {
      let isExpected = error.code == .damaged && again.damage != nil
      try Violation.unless(isExpected, "a writer is refused: \(error)")
    }
  }
}
