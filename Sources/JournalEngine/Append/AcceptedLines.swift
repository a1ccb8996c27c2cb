/// Which lines of a write were accepted, and where they stand.
enum AcceptedLines {
  /// All, where they were expected.
  case all
  /// These, by their hashes.
  case some([Digest: LinePlace])

  func contain(_ hash: Digest) -> Bool {
    switch self {
    case .all: true
    case .some(let places): places[hash] != nil
    }
  }
}
