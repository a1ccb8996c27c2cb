import JournalEngine

extension JSON {
  /// As it stands in a message, and not much longer than a line.
  var shown: String {
    let whole = string ?? text
    let cut = whole.count > 60 ? whole.prefix(60) + "…" : whole[...]
    return string == nil ? String(cut) : "“\(cut)”"
  }
}
