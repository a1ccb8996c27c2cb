/// One way for a power failure to end: what of the things that were left to chance is there.
///
/// For each thing a number: 0 where nothing of it was written, the highest where all of it was.
package struct Survivors: Sendable, Hashable {
  package var choices: [UInt16]
  package var filler: Filler

  package init(choices: [UInt16], filler: Filler = .zeros) {
    self.choices = choices
    self.filler = filler
  }
}

extension Survivors: CustomStringConvertible {
  package var description: String {
    let text = choices.map(String.init).joined(separator: " ")
    if case .stale(let seed) = filler { return "[\(text)] on stale bytes of seed \(seed)" }
    return "[\(text)]"
  }
}
