/// Which known names someone may have meant by an unknown one.
package enum NearestName {
  /// The most names that are worth suggesting at once.
  private static let limit = 3

  /// The names nearest to the word: those it begins, and those at most two edits away (one for
  /// words of two or three letters, where two edits would turn anything into anything).
  package static func suggestions(for word: String, among names: [String]) -> [String] {
    matches(for: word, among: names.map { (word: $0, name: $0) })
  }

  /// The same for names that answer to some other word, as `profile create` does to `create`.
  static func matches(
    for word: String, among candidates: [(word: String, name: String)]
  ) -> [String] {
    let typed = Array(word.lowercased())
    guard !typed.isEmpty else { return [] }
    let allowed = min(2, typed.count / 2)
    var best = allowed + 1
    var found: [String] = []
    for candidate in candidates {
      let known = Array(candidate.word.lowercased())
      var distance = editDistance(typed, known, limit: allowed)
      if known.starts(with: typed) { distance = min(distance, 1) }
      guard distance <= max(allowed, 1), distance <= best else { continue }
      if distance < best { found.removeAll() }
      best = distance
      if !found.contains(candidate.name) { found.append(candidate.name) }
    }
    return Array(found.prefix(limit))
  }

  /// The Damerau–Levenshtein distance in its restricted form (optimal string alignment): edits
  /// are one letter more, less, or other, and two neighbours exchanged. Distances above the
  /// limit come back as limit + 1.
  static func editDistance(_ a: [Character], _ b: [Character], limit: Int) -> Int {
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        var least = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return min(last[b.count], limit + 1)
  }
}
