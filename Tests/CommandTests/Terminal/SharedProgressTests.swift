import Synchronization
import Testing

@testable import Command

@Suite("Progress of several threads")
struct SharedProgressTests {
  private final class Screen: Sendable {
    private let state = Mutex<(time: UInt64, text: String)>((0, ""))

    var text: String { state.withLock { $0.text } }
    @Sendable func write(_ text: String) { state.withLock { $0.text += text } }
    /// A second later with every look.
    @Sendable func time() -> UInt64 {
      state.withLock { state in
        state.time += 1_000_000_000
        return state.time
      }
    }
  }

  private let screen = Screen()
  private let progress: SharedProgress

  init() {
    progress = SharedProgress(
      Progress(
        "reading", total: 1_000_000, terminal: Terminal(errorIsTerminal: true),
        clock: screen.time, output: screen.write))
  }

  @Test("It counts what all parts have done, also the rest of each")
  func sums() {
    for _ in 0..<4 {
      progress.part { advance in
        advance(60_000)
        advance(125_000)
      }
    }
    #expect(screen.text.contains("12%"))
    #expect(screen.text.contains("50%"))
    #expect(!screen.text.contains("6%"))
  }

  @Test("Where parts are counted, each is one, done well or not")
  func counted() {
    struct Failed: Error {}
    let progress = SharedProgress(
      Progress(
        "reading", total: 4, unit: .items("profiles"), terminal: Terminal(errorIsTerminal: true),
        clock: screen.time, output: screen.write))
    for _ in 0..<2 { progress.part(counting: .items("profiles")) { $0(500_000) } }
    #expect(throws: Failed.self) {
      try progress.part(counting: .items("profiles")) { _ in throw Failed() }
    }
    #expect(screen.text.contains("25%"))
    #expect(screen.text.contains("75%"))
    #expect(!screen.text.contains("100%"))
  }

  @Test("A part that fails has done what it has done")
  func failure() {
    struct Failed: Error {}
    #expect(throws: Failed.self) {
      try progress.part { advance in
        advance(250_000)
        throw Failed()
      }
    }
    #expect(screen.text.contains("25%"))
  }

  @Test("A long part tells of itself meanwhile")
  func meanwhile() {
    progress.part { advance in
      advance(500_000)
      #expect(screen.text.contains("50%"))
    }
  }

  @Test("Nothing of the line stands where something else is written")
  func aside() {
    progress.part { $0(250_000) }
    progress.aside { screen.write("result\n") }
    let lines = screen.text.split(separator: "\r")
    #expect(lines.last == "result\n")
    #expect(lines.dropLast().last?.allSatisfy { $0 == " " } == true)
  }
}
