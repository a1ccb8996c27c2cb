import Foundation
import JournalEngine

/// Compares what two readers make of a text, and explains each difference: the text is mended where
/// they part, and compared again, until they agree or nobody knows why they do not.
struct JSONComparison {
  /// Why they part; empty where they agree from the start.
  private(set) var differences: Set<JSONDifference> = []
  /// What nobody can explain.
  private(set) var unexplained: String?
  /// Whether ours takes the text as it is.
  let isAccepted: Bool

  private let reader: FoundationJSON.Reader
  private var bytes: [UInt8]
  private var depth = JSONLimits().depth
  private var mended = 0

  init(_ text: [UInt8], with reader: FoundationJSON.Reader) {
    self.reader = reader
    bytes = text
    isAccepted = JSONTest.error(text) == nil
    while !agrees() {
      guard unexplained == nil else { return }
      mended += 1
    }
  }

  /// Whether they agree on the text as it is now; if not it has been mended, or is unexplained.
  private mutating func agrees() -> Bool {
    let theirs = FoundationJSON(bytes, by: reader)
    do throws(JSONError) {
      let ours = try JSON(parsing: bytes, limits: JSONLimits(depth: depth))
      guard let theirs else {
        mendNumbers(of: ours)
        return false
      }
      if same(ours, theirs) { return true }
      mendMarks()
      return false
    } catch {
      if theirs == nil { return true }
      mend(error)
      return false
    }
  }

  /// They take what we refuse: finds out why, and takes the reason away.
  private mutating func mend(_ error: JSONError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      differences.insert(.byteOrderMark)
      bytes.removeFirst(3)
    } else if let text = guessedEncoding() {
      differences.insert(.otherEncoding)
      bytes = Array(text.utf8)
    } else if let comma = commaBeforeBracket(error) {
      differences.insert(.commaBeforeBracket)
      bytes.remove(at: comma)
    } else if error.code == .duplicateName {
      differences.insert(.nameTwice)
      let end = bytes.withUnsafeBytes { JSONGrammar.endOfString($0, from: error.offset) }
      bytes.replaceSubrange(
        error.offset..<(end ?? error.offset), with: #""mended \#(mended)""#.utf8)
    } else if error.code == .tooDeep, depth < 512 {
      differences.insert(.depth)
      depth = 512
    } else {
      unexplained = "\(error), and \(reader) takes it: \(JSONTest.show(bytes))"
    }
  }

  /// They read another value: spells the marks in strings with escapes.
  private mutating func mendMarks() {
    let text = String(decoding: bytes, as: UTF8.self)
    let mended = text.unicodeScalars.map { $0 == "\u{FEFF}" ? #"\ufeff"# : String($0) }.joined()
    guard reader == .serialization, mended.utf8.count != bytes.count else {
      unexplained = "\(reader) reads another value of \(JSONTest.show(bytes))"
      return
    }
    differences.insert(.markInString)
    bytes = Array(mended.utf8)
  }

  /// We take what they refuse: puts zeros in the place of numbers that they cannot hold.
  private mutating func mendNumbers(of ours: JSON) {
    var found: Set<JSONDifference> = []
    let mended = ours.mapNumbers { number in
      let digits = number.text.prefix { !"eE".contains($0) }
      let double = number.double
      if double.isInfinite || (double == 0 && digits.contains { "123456789".contains($0) }) {
        found.insert(.beyondDouble)
      } else if reader == .decoder, number.text.wholeMatch(of: /-?0(\.0+)?[eE][+-]?[0-9]+/) != nil {
        found.insert(.zeroWithExponent)
      } else {
        return .number(number)
      }
      return 0
    }
    if found.isEmpty { unexplained = "\(reader) refuses \(JSONTest.show(bytes))" }
    differences.formUnion(found)
    bytes = Array(mended.text.utf8)
  }

  /// The text, where it is one by the rules that the toolchain guesses by.
  private func guessedEncoding() -> String? {
    let marks: [([UInt8], String.Encoding)] = [
      ([0, 0, 0xFE, 0xFF], .utf32BigEndian), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian),
      ([0xFE, 0xFF], .utf16BigEndian), ([0xFF, 0xFE], .utf16LittleEndian),
    ]
    for (mark, encoding) in marks where bytes.starts(with: mark) {
      return String(data: Data(bytes.dropFirst(mark.count)), encoding: encoding)
    }
    // Four bytes tell the four, and two the two; what fills no unit at the end is left out.
    let zeros = bytes.prefix(bytes.count < 4 ? 2 : 4).map { $0 == 0 }
    let (encoding, unit): (String.Encoding, Int) =
      switch (
        zeros.count, zeros.first, zeros.dropFirst().first, zeros.dropFirst(2).first, zeros.last
      )
      {
      case (4, true, true, true, _): (.utf32BigEndian, 4)
      case (4, _, true, true, true): (.utf32LittleEndian, 4)
      case (4, true, _, true, _), (2, true, _, _, _): (.utf16BigEndian, 2)
      case (4, _, true, _, true), (2, _, true, _, _): (.utf16LittleEndian, 2)
      default: (.utf8, 1)
      }
    guard unit > 1 else { return nil }
    return String(data: Data(bytes.prefix(bytes.count / unit * unit)), encoding: encoding)
  }

  private func commaBeforeBracket(_ error: JSONError) -> Int? {
    guard error.code == .unexpected, error.offset < bytes.count,
      "]}".utf8.contains(bytes[error.offset]),
      let comma = bytes[..<error.offset].lastIndex(where: { !" \t\r\n".utf8.contains($0) }),
      bytes[comma] == UInt8(ascii: ",")
    else { return nil }
    return comma
  }

  private mutating func same(_ ours: JSON, _ theirs: FoundationJSON) -> Bool {
    switch (ours, theirs) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.number(let a), .number(let b)): return same(a, b)
    case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.object(let a), .object(let b)):
      // As a dictionary of Swift strings sees it.
      let members = a.map { ($0.name, $0.value) }
      let merged = Dictionary(members) { reader == .serialization ? $1 : $0 }
      if merged.count < a.count { differences.insert(.equivalentNames) }
      return merged.count == b.count
        && merged.allSatisfy { name, value in b[name].map { same(value, $0) } ?? false }
    default: return false
    }
  }

  private mutating func same(_ ours: JSONNumber, _ theirs: Double) -> Bool {
    let double = ours.double
    if double == theirs { return true }
    // 900719925474009E91 is four units too many, and `strtod` gives what we give.
    guard reader == .serialization, abs(double - theirs) <= 32 * max(double.ulp, theirs.ulp),
      strtod(ours.text, nil) == double
    else { return false }
    differences.insert(.lastPlaces)
    return true
  }
}

extension JSON {
  fileprivate func mapNumbers(_ change: (JSONNumber) -> JSON) -> JSON {
    switch self {
    case .number(let number): change(number)
    case .array(let elements): .array(elements.map { $0.mapNumbers(change) })
    case .object(let object):
      .object(JSONObject(object.map { ($0.name, $0.value.mapNumbers(change)) }))
    default: self
    }
  }
}
