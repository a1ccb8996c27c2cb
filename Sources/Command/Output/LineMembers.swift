import JournalEngine

/// The members of a journal's line, in its order, each value as its text.
///
/// A line may hold what no JSON value can be: `data` that is nested as deep as it may be makes the
/// whole one level too deep, and strangers may name a member of `data` twice.
struct LineMembers {
  private(set) var members: [(name: String, text: ArraySlice<UInt8>)] = []

  /// - Parameter line: well-formed, as every line that counts is.
  init(_ line: [UInt8]) {
    var depth = 0
    var isInString = false
    var isEscaped = false
    var start = 1
    var colon: Int?
    for (place, byte) in line.enumerated() {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ":") where depth == 1: colon = place
      case UInt8(ascii: ",") where depth == 1:
        add(line, start, colon, place)
        start = place + 1
        colon = nil
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { add(line, start, colon, place) }
      default: break
      }
    }
  }

  private mutating func add(_ line: [UInt8], _ start: Int, _ colon: Int?, _ end: Int) {
    guard let colon, let name = try? JSON(parsing: line[start..<colon]).string else { return }
    members.append((name, line[colon + 1..<end]))
  }
}
