import JournalEngine
internal import JournalTestSupport

/// Takes bytes for a list of what writers, crashes and meddlers do: chance alone never finds the
/// hash that a line must carry.
struct JournalScript {
  private(set) var segments: [Int64: [UInt8]] = [1: []]
  private var current: Int64 = 1
  /// What the next line chains on.
  private var tip = Head.none
  /// All lines so far, and their places in the chain.
  private var lines: [(bytes: [UInt8], head: Head)] = []
  private var nonce: UInt64 = 0

  private static let mostLines = 256
  private static let mostBytes = 1 << 21

  mutating func run(_ supply: inout ByteSupply) {
    while !supply.isEmpty, lines.count < Self.mostLines,
      (segments[current]?.count ?? 0) < Self.mostBytes
    {
      step(&supply)
    }
  }

  private mutating func step(_ supply: inout ByteSupply) {
    switch supply.byte() % 15 {
    case 0: add(line(on: tip, durable: supply.byte()))
    case 1: add(line(on: tip, durable: supply.byte(), more: true))
    case 2: add(line("journal.sealed", on: tip, durable: supply.byte()))
    case 3:  // on any other line, which is a race or a history of its own
      let base = earlier(&supply)
      let seq = base.seq &+ Int64(Int8(bitPattern: supply.byte()) >> 4)
      let flags = supply.byte()
      let bytes = line(
        on: Head(seq: max(0, seq), hash: base.hash), durable: supply.byte(), more: flags & 1 == 1)
      if flags & 2 == 2 { add(bytes) } else { put(bytes + [10]) }
    case 4: put(supply.bytes(Int(supply.byte())))
    case 5:  // the torn end of a write, closed by a newline or not
      let bytes = line(on: tip, durable: supply.byte())
      put(Array(bytes.prefix(Int(supply.byte()))))
      if supply.byte() & 1 == 1 { put([10]) }
    case 6:
      let choice = supply.byte()
      current = choice == 0 ? tip.seq &+ 1 : Int64(choice)
      if segments[current] == nil { segments[current] = [] }
    case 7: meddle(UInt16(supply.byte()) << 8 | UInt16(supply.byte()), supply.byte())
    case 8:
      if !lines.isEmpty { put(lines[supply.number(below: lines.count)].bytes + [10]) }
    case 9:
      let count = segments[current]?.count ?? 0
      segments[current]?.removeLast(min(supply.number(below: 256), count))
    case 10:
      let padding = String(repeating: "x", count: supply.number(below: 64) << 8)
      add(line(on: tip, durable: supply.byte(), data: "{\"pad\":\"\(padding)\"}"))
    case 11: put([10])
    case 12: repair(from: earlier(&supply), seq: supply.byte(), truth: supply.byte())
    case 13: drop(supply.byte(), supply.byte())
    default:
      let format = supply.byte() == 255 ? 2 : 1
      add(
        line(
          "journal.opened", on: tip, durable: 0, data: "{\"format\":\(format),\"journal\":\"j\"}"))
    }
  }

  /// A line that gives up what stands behind an entry; `truth` says what of it is right.
  private mutating func repair(from base: Head, seq: UInt8, truth: UInt8) {
    let highest = lines.map(\.head.seq).max() ?? 0
    let offset = (segments[current]?.count ?? 0) + Int(truth & 1)
    let data = """
      {"from":{"seq":\(base.seq &+ Int64(truth >> 1 & 1)),"hash":"\(base.hash)"},\
      "at":{"segment":\(current),"offset":\(offset)}}
      """
    nonce += 1
    add(
      RawLines.line(
        "journal.repaired",
        seq: seq == 255 ? .max : max(1, min(highest, .max / 2) + 1 &+ Int64(Int8(bitPattern: seq))),
        prev: base.hash, nonce: nonce, data: data))
  }

  /// What stands in place of a segment that was dropped.
  private mutating func drop(_ count: UInt8, _ choice: UInt8) {
    let last = count == 255 ? .max - 1 : min(tip.seq, .max / 2) + 1 &+ Int64(count)
    let hash = SHA256.digest(of: [choice])
    let stone = """
      {"tombstone":1,"format":1,"journal":"j","first":\(min(tip.seq, .max / 2) + 1),"last":\(last),\
      "head":"\(hash)","time":"\(RawLines.time)","bytes":0,"sha256":"\(hash)"}
      """
    current = min(tip.seq, .max / 2) + 1
    segments[current] = Array(stone.utf8) + [10] + (choice & 1 == 0 ? [] : segments[current] ?? [])
    tip = Head(seq: last, hash: hash)
    current = last + 1
    segments[current, default: []] += []
  }

  private func earlier(_ supply: inout ByteSupply) -> Head {
    let choice = supply.number(below: lines.count + 1)
    return choice == 0 ? .none : lines[lines.count - choice].head
  }

  private mutating func line(
    _ type: String = "x", on base: Head, durable: UInt8, more: Bool = false, data: String? = nil
  ) -> [UInt8] {
    nonce += 1
    let base = Head(seq: min(base.seq, .max - 1), hash: base.hash)
    let known = durable > 200 ? base.seq : min(base.seq, Int64(durable))
    return RawLines.line(
      type, seq: base.seq &+ 1, prev: base.hash, durable: known, nonce: nonce, more: more,
      data: data
    )
  }

  /// Adds a line that the next one chains on.
  private mutating func add(_ bytes: [UInt8]) {
    put(bytes + [10])
    guard let fields = bytes.withUnsafeBytes({ LineScanner.scan($0) }) else { return }
    tip = Head(seq: fields.seq, hash: SHA256.digest(of: bytes))
    lines.append((bytes, tip))
  }

  private mutating func put(_ bytes: [UInt8]) { segments[current, default: []] += bytes }

  private mutating func meddle(_ place: UInt16, _ change: UInt8) {
    guard let count = segments[current]?.count, count > 0 else { return }
    segments[current]?[Int(place) % count] ^= change
  }
}
