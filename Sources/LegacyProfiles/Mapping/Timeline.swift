import Discovery
import JournalEngine

/// Puts what happened to sessions into the order in which it happened.
struct Timeline {
  typealias Step = SessionHistory.Step

  private(set) var steps: [Step] = []
  /// What runs, in the order of the starts.
  private(set) var running: [String]

  /// - Parameters:
  ///   - histories: of sessions that begin, in any order.
  ///   - endings: of sessions that run already: what is to follow.
  ///   - running: what runs before.
  ///
  /// At one moment, what ends comes before what begins; sessions that begin then keep their order.
  /// Cost: the number of steps, times the number of sessions that run at once.
  init(_ histories: [SessionHistory], endings: [(String, [Step])] = [], running: [String] = []) {
    self.running = running
    let sorted = histories.enumerated().sorted {
      ($0.element.session.start, $0.offset) < ($1.element.session.start, $1.offset)
    }.map(\.element)
    var open: [(session: String, rest: ArraySlice<Step>)] =
      endings.filter { !$1.isEmpty }.map { ($0, $1[...]) }
    var next = 0
    while true {
      // Of those that run, the one with the earliest step.
      let earliest = open.indices.min {
        (open[$0].rest.first?.time ?? .latest, $0) < (open[$1].rest.first?.time ?? .latest, $1)
      }
      let time = earliest.flatMap { open[$0].rest.first?.time }
      if next < sorted.count, time.map({ sorted[next].session.start < $0 }) ?? true {
        let history = sorted[next]
        steps.append(history.start(beside: self.running))
        self.running.append(history.session.id)
        if !history.rest.isEmpty { open.append((history.session.id, history.rest[...])) }
        next += 1
      } else if let earliest, let step = open[earliest].rest.popFirst() {
        steps.append(step)
        if step.event.endsSession {
          self.running.removeAll { $0.isExactly(open[earliest].session) }
        }
        if open[earliest].rest.isEmpty { open.remove(at: earliest) }
      } else {
        return
      }
    }
  }
}

extension DiscoveryEvent {
  fileprivate var endsSession: Bool {
    switch self {
    case .sessionCompleted, .sessionFailed: true
    default: false
    }
  }
}
