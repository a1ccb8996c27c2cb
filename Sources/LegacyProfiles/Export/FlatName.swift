/// Names of sessions in the flat layout: `SESSION_PROFILE_YYYYMMDD_HHMMSS`. Underscores are in ids
/// too, so that two sessions of different profiles may come to the same name.
enum FlatName {
  /// - Parameters:
  ///   - session: as a part of a file's name.
  ///   - stamp: `YYYYMMDD_HHMMSS`.
  /// - Returns: the name without `.json`. Where the ids would be read as others, it ends with a
  ///   hyphen and the session's length in bytes. It depends on nothing but the parameters, and no
  ///   two sessions have the same.
  static func session(_ session: String, of profile: String, at stamp: String) -> String {
    let ids = "\(session)_\(profile)"
    let length = session.utf8.count
    let mark = length == sessionLength(in: Array(ids.utf8)) ? "" : "-\(length)"
    return "\(ids)_\(stamp)\(mark)"
  }

  /// Where the session ends in two ids as they are read: both programs made sessions of a word and
  /// 12 hex digits, and the flat one such profiles; of any others, the profile is the last word.
  private static func sessionLength(in ids: [UInt8]) -> Int {
    let words = ids.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    let isLong = words.count >= 3
    if isLong, isHex(words[1]) { return words[1].endIndex }
    if isLong, isHex(words[words.count - 1]),
      words[words.count - 2].elementsEqual("profile".utf8)
    {
      return words[words.count - 2].startIndex - 1
    }
    return words[words.count - 1].startIndex - 1
  }

  private static func isHex(_ word: ArraySlice<UInt8>) -> Bool {
    word.count == 12
      && word.allSatisfy { digit in
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
      }
  }
}
