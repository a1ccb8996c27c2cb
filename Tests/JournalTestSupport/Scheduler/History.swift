package import JournalEngine
internal import Synchronization

/// What one process asked of the journal, and what it was told.
package struct Call: Sendable, CustomStringConvertible {
  package enum Answer: Sendable, Equatable {
    /// The tags stand at these numbers.
    case recorded(ClosedRange<Int64>)
    /// The key was used before, by what stands at these numbers; the head was this.
    case repeated(ClosedRange<Int64>, head: Head)
    /// The state had these tags, and refused.
    case refused(seen: [String])
    /// The state had these tags, and the head was this.
    case read([String]?, head: Head)
    /// Nothing was recorded.
    case failed(String)
    /// It may be recorded or not.
    case unknown(String)
  }

  package let process: Int
  package let what: String
  package let tags: [String]
  package let id: String?
  /// When it was called and when it returned, on one clock for all processes.
  package let began: Int
  package let ended: Int
  package let answer: Answer
  /// How many bytes of each file were durable when it returned; nil where that was not promised.
  package let durable: [String: Int]?

  package init(
    process: Int = 0, what: String, tags: [String] = [], id: String? = nil, began: Int, ended: Int,
    answer: Answer, durable: [String: Int]? = nil
  ) {
    self.process = process
    self.what = what
    self.tags = tags
    self.id = id
    self.began = began
    self.ended = ended
    self.answer = answer
    self.durable = durable
  }

  package var description: String {
    let key = id.map { ", key \($0)" } ?? ""
    return "process \(process), \(began)...\(ended): \(what) \(tags)\(key): \(answer)"
  }
}

/// The calls of all processes.
package final class History: Sendable {
  private struct State {
    var now = 0
    var calls: [Call] = []
  }

  private let state = Mutex(State())

  package init() {}

  package var calls: [Call] { state.withLock { $0.calls } }

  /// The next moment.
  package func tick() -> Int {
    state.withLock { state in
      state.now += 1
      return state.now
    }
  }

  package func add(_ call: Call) { state.withLock { $0.calls.append(call) } }
}
