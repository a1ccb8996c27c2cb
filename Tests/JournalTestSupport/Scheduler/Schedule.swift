/// Who went on at each point, by number: `0*7 1*2 0*5`.
package struct Schedule: Sendable, Equatable, CustomStringConvertible {
  package var choices: [UInt8] = []

  package init(_ choices: [UInt8] = []) { self.choices = choices }

  /// Reads what ``description`` says; nil for anything else.
  package init?(_ text: String) {
    for part in text.split(separator: " ") {
      let numbers = part.split(separator: "*", omittingEmptySubsequences: false)
      guard numbers.count == 2, let choice = UInt8(numbers[0]), let count = Int(numbers[1]),
        count > 0
      else { return nil }
      choices += [UInt8](repeating: choice, count: count)
    }
  }

  package var description: String {
    var runs: [(choice: UInt8, count: Int)] = []
    for choice in choices {
      if runs.last?.choice == choice {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((choice, 1))
      }
    }
    return runs.map { "\($0.choice)*\($0.count)" }.joined(separator: " ")
  }
}
