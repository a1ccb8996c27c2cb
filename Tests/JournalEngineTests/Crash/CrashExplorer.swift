import JournalEngine
import JournalTestSupport

/// Lets the power fail at every point of a workload, and in the recovery from that again, and
/// checks what is left each time.
struct CrashExplorer {
  private(set) var states = 0
  private(set) var points = 0
  private var lines = AttemptedLines()
  /// The images that were tried, and the heads that were recovered from them.
  private var tried: [Int: Head] = [:]
  private var random: SeededGenerator
  private var origin: CrashRun?
  private let workload: Workload

  private static let sectorSizes = [512, 64, 16]

  init(_ workload: Workload, seed: UInt64) {
    self.workload = workload
    random = SeededGenerator(seed: seed)
  }

  /// - Parameter budget: how many images to try, more or less.
  mutating func explore(budget: Int) throws {
    let share = max(8, budget / workload.variants)
    for variant in 0..<workload.variants {
      lines = AttemptedLines()
      tried = [:]
      do {
        let run = try CrashRun(options: workload.options, seed: random.next())
        defer { run.end() }
        do {
          try workload.body(run, variant)
        } catch let error as JournalError {
          throw Violation("a writer failed: \(error)")
        }
        try lines.add(run.past + run.disk.history.changes)
        if let failure = run.failures.first { throw Violation("a writer failed: \(failure)") }
        origin = run
        let last = states + share
        // The larger the sectors, the fewer images there are: those first, and all of them.
        for (index, size) in Self.sectorSizes.enumerated() {
          let left = (last - states) / (Self.sectorSizes.count - index)
          try explore(run, keeping: [], sectorSize: size, budget: left, depth: 0)
        }
      } catch let violation as Violation {
        throw Violation("\(workload), variant \(variant): \(violation)")
      }
    }
  }

  private mutating func explore(
    _ run: CrashRun, keeping inherited: [Promise], sectorSize: Int, budget: Int, depth: Int
  ) throws {
    let history = run.disk.history
    let count = history.changes.count
    var cache = WriteCache(history, sectorSize: sectorSize)
    // Within a recovery a few points are tried, each time others.
    let chosen = Set((0..<max(1, budget)).map { _ in random.below(count + 1) })
    let all = budget > count
    var failures: [(point: Int, failure: PowerFailure)] = []
    for point in 0...count {
      if point > 0 { cache.take(history.changes[point - 1]) }
      if all || chosen.contains(point) { failures.append((point, cache.powerFailure)) }
    }
    points += failures.count
    // The more is left to chance at a point, the more of the budget is for it.
    let weights = failures.map { 1 + $0.failure.things.count }
    var weight = weights.reduce(0, +)
    let last = states + budget
    for ((point, failure), own) in zip(failures, weights) {
      let limit = max(1, (last - states) * own / weight)
      weight -= own
      try explore(
        failure, keeping: inherited + run.promises.filter { $0.after <= point }, limit: limit,
        depth: depth
      ) { Self.story(history.changes[..<point]) }
    }
  }

  /// Tries images of one power failure.
  private mutating func explore(
    _ failure: PowerFailure, keeping promises: [Promise], limit: Int, depth: Int,
    story: () -> String
  ) throws {
    let last = states + limit
    var sampler = SurvivorSampler(failure, limit: limit * 2, seed: random.next())
    while states < last, let survivors = sampler.nextSurvivors() {
      let image = failure.image(survivors)
      do {
        if let head = tried[image.fingerprint] {
          try Recovery.check(promises, at: head, lines)
          continue
        }
        states += 1
        guard let origin else { return }
        let (head, run) = try Recovery.check(
          image, of: origin, keeping: promises, lines: &lines, seed: random.next(),
          isThorough: random.once(in: 8))
        tried[image.fingerprint] = head
        guard depth < 2, random.once(in: 2) else { continue }
        let kept = promises.map { Promise(after: 0, line: $0.line, what: $0.what) }
        try explore(
          run, keeping: kept, sectorSize: random.pick(Self.sectorSizes), budget: 2,
          depth: depth + 1)
      } catch let violation as Violation {
        throw Violation(
          "\(story())\n  POWER FAILURE, of \(Self.list(failure.things)) leaving \(survivors):\n"
            + violation.description)
      }
    }
  }

  private static func story(_ changes: ArraySlice<DiskChange>) -> String {
    changes.map { "\n  \($0)" }.joined()
  }

  private static func list(_ things: [PowerFailure.Thing]) -> String {
    things.map { "\($0)" }.joined(separator: ", ")
  }
}
