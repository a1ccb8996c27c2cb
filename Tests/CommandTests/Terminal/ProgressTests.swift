import Synchronization
import Testing

@testable import Command

@Suite("Progress")
struct ProgressTests {
  /// A clock to set, and a record of what is drawn.
  private final class Stage: Sendable {
    private let time = Atomic<UInt64>(1_000)
    private let drawn = Mutex<[String]>([])

    func pass(milliseconds: UInt64) {
      time.wrappingAdd(milliseconds * 1_000_000, ordering: .relaxed)
    }

    var output: [String] { drawn.withLock { $0 } }

    func progress(
      total: Int64? = 1000, unit: ProgressLine.Unit = .bytes, isTerminal: Bool = true,
      quiet: Bool = false, width: Int = 80
    ) -> Progress {
      Progress(
        "verifying p", total: total, unit: unit,
        terminal: Terminal(errorIsTerminal: isTerminal, width: width), quiet: quiet,
        clock: { self.time.load(ordering: .relaxed) },
        output: { text in self.drawn.withLock { $0.append(text) } })
    }
  }

  @Test("Short work shows nothing")
  func short() {
    let stage = Stage()
    var progress = stage.progress()
    stage.pass(milliseconds: 500)
    progress.advance(by: 999)
    progress.finish()
    #expect(stage.output.isEmpty)
  }

  @Test("Long work shows share, rate and time left, and leaves nothing behind")
  func long() {
    let stage = Stage()
    var progress = stage.progress()
    stage.pass(milliseconds: 1000)
    progress.advance(by: 250)
    let line = "verifying p  25%  250 B/s  3 s left"
    #expect(stage.output == ["\r" + line])
    progress.finish()
    #expect(stage.output.last == "\r" + String(repeating: " ", count: line.count) + "\r")
    stage.pass(milliseconds: 1000)
    progress.advance(by: 250)
    progress.finish()
    #expect(stage.output.count == 2)
  }

  @Test("It is drawn ten times a second at most")
  func paced() {
    let stage = Stage()
    var progress = stage.progress(total: 100_000)
    for _ in 0..<10_000 {
      stage.pass(milliseconds: 1)
      progress.advance(by: 1)
    }
    #expect((90...96).contains(stage.output.count))
  }

  @Test("Nothing is shown where nobody watches, or silence was asked for")
  func hidden() {
    let stage = Stage()
    for var progress in [stage.progress(isTerminal: false), stage.progress(quiet: true)] {
      stage.pass(milliseconds: 2000)
      progress.advance(by: 1)
      progress.finish()
    }
    #expect(stage.output.isEmpty)
  }

  @Test("A shorter line covers the longer before it")
  func covered() {
    let stage = Stage()
    var progress = stage.progress()
    stage.pass(milliseconds: 1000)
    progress.advance(to: 999)
    stage.pass(milliseconds: 1000)
    progress.advance(to: 1000)
    #expect(
      stage.output == [
        "\rverifying p  99%  999 B/s  1 s left", "\rverifying p  100%  500 B/s         ",
      ])
  }

  @Test("A line that is cleared for a warning comes back")
  func cleared() {
    let stage = Stage()
    var progress = stage.progress()
    progress.clear()
    stage.pass(milliseconds: 1000)
    progress.advance(to: 10)
    progress.clear()
    progress.clear()
    stage.pass(milliseconds: 1000)
    progress.advance(to: 20)
    #expect(stage.output.count == 3)
  }

  @Test("The line never reaches the last column", arguments: [1, 2, 10, 20, 35, 36])
  func narrow(width: Int) {
    let stage = Stage()
    var progress = stage.progress(width: width)
    stage.pass(milliseconds: 1000)
    progress.advance(to: 250)
    #expect(stage.output.allSatisfy { String($0.dropFirst()).displayWidth <= max(1, width - 1) })
  }

  @Test("Without a total no end is foretold")
  func noTotal() {
    let line = ProgressLine(label: "reading", total: nil, unit: .items("entries"))
    #expect(
      line.text(done: 30_000, nanoseconds: 2_000_000_000)
        == "reading  30k entries  15k entries/s")
    #expect(line.text(done: 0, nanoseconds: 0) == "reading  0 entries")
  }

  @Test("More than everything is everything, and a label is harmless")
  func odd() {
    let line = ProgressLine(label: "p\u{1B}", total: 10, unit: .bytes)
    #expect(line.text(done: 20, nanoseconds: 1_000_000_000) == "p\\u{1B}  100%  20 B/s")
    #expect(line.text(done: -1, nanoseconds: 1_000_000_000) == "p\\u{1B}  0%")
  }

  @Test(
    "Sizes are in powers of ten",
    arguments: [
      (0, "0 B"), (999, "999 B"), (999.6, "1.0 kB"), (1234, "1.2 kB"), (9_960, "10 kB"),
      (42_000_000, "42 MB"), (999_600_000, "1.0 GB"), (1.25e9, "1.3 GB"), (3e18, "3000 PB"),
      (-5, "0 B"), (.infinity, "1000000000000000 PB"), (.nan, "0 B"),
    ] as [(Double, String)])
  func sizes(count: Double, expected: String) {
    #expect(ProgressLine.bytes(count) == expected)
  }

  @Test(
    "Durations have two units at most",
    arguments: [
      (0, "0 s"), (2.1, "3 s"), (59.5, "1 min 0 s"), (125, "2 min 5 s"), (3725, "1 h 2 min"),
      (100_000, "1 d 3 h"),
    ] as [(Double, String)])
  func durations(seconds: Double, expected: String) {
    #expect(ProgressLine.duration(seconds: seconds) == expected)
  }
}
