import Glibc

/// How far some work has come, on one line of a terminal that is redrawn in place.
///
/// Nothing is shown in the first half second, and nothing at all where standard error is not a
/// terminal. For one task at a time.
package struct Progress: Sendable {
  private let line: ProgressLine
  private let isShown: Bool
  private let width: Int
  private let clock: @Sendable () -> UInt64
  private let output: @Sendable (String) -> Void
  private let start: UInt64
  private var nextDrawing: UInt64
  private var drawnWidth = 0
  private var done: Int64 = 0

  /// In nanoseconds: what may pass without a word, and between two drawings.
  private static let patience: UInt64 = 500_000_000
  private static let interval: UInt64 = 100_000_000

  /// The clock counts nanoseconds, and never goes back.
  package init(
    _ label: String, total: Int64? = nil, unit: ProgressLine.Unit = .bytes,
    terminal: Terminal, quiet: Bool = false,
    clock: @escaping @Sendable () -> UInt64 = Progress.monotonicNanoseconds,
    output: @escaping @Sendable (String) -> Void = Progress.writeToStandardError
  ) {
    line = ProgressLine(label: label, total: total, unit: unit)
    isShown = terminal.errorIsTerminal && !quiet
    width = terminal.width
    self.clock = clock
    self.output = output
    start = isShown ? clock() : 0
    nextDrawing = start + Self.patience
  }

  /// So much more is done. Costs a look at the clock, and ten times a second a drawing.
  package mutating func advance(by amount: Int64) {
    advance(to: done + amount)
  }

  /// So much is done in all.
  package mutating func advance(to amount: Int64) {
    done = amount
    guard isShown else { return }
    let now = clock()
    guard now > nextDrawing else { return }
    nextDrawing = now + Self.interval
    draw(line.text(done: done, nanoseconds: now - start))
  }

  /// Takes the line away, as before a warning; the next drawing brings it back.
  package mutating func clear() {
    guard drawnWidth > 0 else { return }
    output("\r" + String(repeating: " ", count: drawnWidth) + "\r")
    drawnWidth = 0
  }

  /// The work is over, well or not: nothing of the line stays.
  package mutating func finish() {
    clear()
    nextDrawing = .max
  }

  /// Blanks cover what an earlier, longer line left; not every terminal can erase. The last
  /// column stays free, where some terminals would begin a new line.
  private mutating func draw(_ text: String) {
    let text = text.shortened(toWidth: max(1, width - 1))
    let textWidth = text.displayWidth
    let rest = max(0, drawnWidth - textWidth)
    output("\r" + text + String(repeating: " ", count: rest))
    drawnWidth = textWidth + rest
  }

  /// Time since some moment in the past, whatever is done to the calendar clock.
  @Sendable package static func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// At once and without a buffer. Progress that cannot be written is no reason to stop.
  @Sendable package static func writeToStandardError(_ text: String) {
    try? StandardOutput(descriptor: STDERR_FILENO, capacity: 1).write(text)
  }
}
