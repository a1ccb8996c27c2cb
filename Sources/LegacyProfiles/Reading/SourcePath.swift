/// Where a file stands, from the folder that is imported.
struct SourcePath: Sendable {
  private let parts: [Substring]

  init(_ path: String) {
    // A file's name may begin with what makes one character with the slash.
    parts = path.unicodeScalars.split(separator: "/").map { Substring($0) }
  }

  var name: Substring { parts.last ?? "" }

  /// The file's name without `.json`.
  var stem: String {
    String(name.ends(in: ".json") ? Substring(name.unicodeScalars.dropLast(5)) : name)
  }

  /// The folder that it stands in.
  var parent: String? { parts.count > 1 ? String(parts[parts.count - 2]) : nil }

  /// Whether it stands in a folder of that name, or in one that does.
  func isInside(_ folder: String) -> Bool { parts.dropLast().contains { $0 == folder } }

  /// The folder above another one, as `ID` in `ID/sessions/SESSION.json`.
  func folder(above name: String) -> String? {
    guard let place = parts.dropLast().lastIndex(where: { $0 == name }), place > 0 else {
      return nil
    }
    return String(parts[place - 1])
  }
}
