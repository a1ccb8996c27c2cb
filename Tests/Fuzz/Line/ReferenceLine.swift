import JournalEngine

/// The rules of Docs/Format.md, "A line", one after the other, on a value that another reader made.
struct ReferenceLine {
  var seq: Int64 = 0
  var durable: Int64 = 0
  var time = ""
  var type = ""
  var nonce = ""
  var prev = ""
  var more = false
  var subject: String?
  var by: String?
  var id: String?
  var data: [UInt8]?

  /// What a line says; nil where it is not well formed.
  static func read(_ line: [UInt8]) -> ReferenceLine? {
    guard line.count + 1 <= 1_048_576, line.first == UInt8(ascii: "{"),
      line.last == UInt8(ascii: "}"), case .object(let members) = ReferenceJSON.read(line),
      Set(members.map { Array($0.name.utf8) }).count == members.count
    else { return nil }
    var result = ReferenceLine()
    var missing: Set = ["seq", "time", "type", "durable", "nonce", "prev"]
    for member in members {
      guard result.take(member) else { return nil }
      missing.remove(member.name)
    }
    guard missing.isEmpty, result.durable < result.seq,
      !(result.type == "journal.sealed" && result.more)
    else { return nil }
    return result
  }

  private mutating func take(_ member: ReferenceJSON.Member) -> Bool {
    switch (member.name, member.value) {
    case ("seq", let value): return whole(value, into: &seq) && seq >= 1
    case ("durable", let value): return whole(value, into: &durable)
    case ("time", .string(let text)):
      time = text
      return isPlain(member) && isMoment(text)
    case ("nonce", .string(let text)):
      nonce = text
      return isPlain(member) && isHex(text, 16)
    case ("prev", .string(let text)):
      prev = text
      return isPlain(member) && isHex(text, 64)
    case ("type", .string(let text)):
      type = text
      return !text.isEmpty
    case ("subject", .string(let text)): subject = text
    case ("by", .string(let text)): by = text
    case ("id", .string(let text)): id = text
    case ("data", .object): data = Array(member.text)
    case ("more", .bool(true)): more = true
    case ("time", _), ("nonce", _), ("prev", _), ("type", _), ("subject", _), ("by", _),
      ("id", _), ("data", _), ("more", _):
      return false
    default: break
    }
    return true
  }

  private func whole(_ value: ReferenceJSON.Value, into number: inout Int64) -> Bool {
    guard case .number(let text) = value, let whole = Int64(text), text == String(whole),
      whole >= 0
    else { return false }
    number = whole
    return true
  }

  private func isPlain(_ member: ReferenceJSON.Member) -> Bool {
    !member.text.contains(UInt8(ascii: "\\"))
  }

  private func isHex(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private func isMoment(_ text: String) -> Bool {
    let form = Array("0000-00-00T00:00:00.000000Z".utf8)
    let bytes = Array(text.utf8)
    guard bytes.count == form.count,
      zip(bytes, form).allSatisfy({ $1 == 0x30 ? (0x30...0x39).contains($0) : $0 == $1 })
    else { return false }
    func number(_ start: Int, _ count: Int) -> Int {
      bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    let (year, month) = (number(0, 4), number(5, 2))
    guard (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(number(8, 2)) && number(11, 2) < 24
      && number(14, 2) < 60 && number(17, 2) < 60
  }
}
