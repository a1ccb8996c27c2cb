import Glibc
import JournalEngine

/// Several processes that work on one journal, killed at random moments and replaced.
struct Torture {
  let journals: Journals
  let profile: String
  /// What runs in each slot.
  let roles: [Worker.Role]
  var random: Seed

  /// What they said.
  struct Log {
    var answers: [(slot: Int, answer: Answer)] = []
    var kills = 0
    var acknowledgedAfterKill = 0
    var looks = 0
    var snapshots = 0

    /// Whether everything was done at least once that is to be tried.
    var isWorthwhile: Bool { acknowledgedAfterKill > 0 && looks > 0 && snapshots > 0 }

    /// Whether no process of a role has done yet what is to be tried.
    func awaits(_ role: Worker.Role) -> Bool {
      switch role {
      case .write: kills > 0 && acknowledgedAfterKill == 0
      case .compact: snapshots == 0
      case .read, .follow: looks == 0
      }
    }
  }

  private var log = Log()
  private var running: [Worker] = []
  private var started = 0

  init(_ journals: Journals, profile: String, roles: [Worker.Role], random: Seed) {
    self.journals = journals
    self.profile = profile
    self.roles = roles
    self.random = random
  }

  /// Runs for so long, then kills all that still run. On a machine that is slow it goes on, within
  /// bounds, until everything was done that is to be tried, and spares who has yet to do it: the
  /// journal grows meanwhile, and with it the time that takes.
  mutating func run(for duration: Duration) throws -> Log {
    for slot in roles.indices { running.append(try start(slot)) }
    let clock = ContinuousClock()
    let end = clock.now + duration
    var nextKill = clock.now + pause()
    let last = end + duration * 9
    while clock.now < end || (!log.isWorthwhile && clock.now < last) {
      try listen(until: nextKill)
      guard clock.now >= nextKill else { continue }
      let slot = Int.random(in: roles.indices, using: &random)
      if clock.now < end || !log.awaits(roles[slot]) { try replace(slot) }
      nextKill = clock.now + pause()
    }
    for slot in roles.indices { stop(slot) }
    return log
  }

  /// Long enough that most get to work, short enough that many do not.
  private mutating func pause() -> Duration {
    .milliseconds(Int.random(in: 1..<120, using: &random))
  }

  private mutating func start(_ slot: Int) throws -> Worker {
    started += 1
    return try Worker(
      roles[slot], seed: random.next(), name: "w\(slot).\(started)", profile: profile,
      root: journals.root, limit: roles[slot].writes ? limit() : nil)
  }

  /// For some, a size that a segment or a snapshot reaches soon: the write that crosses it is cut,
  /// as by a crash in the middle.
  private mutating func limit() -> Int? {
    guard Int.random(in: 0..<4, using: &random) == 0, !Sanitizer.isThread else { return nil }
    return Int.random(in: 4096..<65_536, using: &random)
  }

  private mutating func replace(_ slot: Int) throws {
    stop(slot)
    running[slot] = try start(slot)
  }

  private mutating func listen(until moment: ContinuousClock.Instant) throws {
    var ends = running.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    let rest = ContinuousClock.now.duration(to: moment) / .milliseconds(1)
    guard poll(&ends, nfds_t(ends.count), Int32(max(0, rest.rounded(.up)))) > 0 else { return }
    for (slot, end) in ends.enumerated() where end.revents != 0 {
      if let answers = running[slot].read() { note(answers, slot) } else { try replace(slot) }
    }
  }

  private mutating func stop(_ slot: Int) {
    note(running[slot].kill(), slot)
    log.kills += 1
  }

  private mutating func note(_ answers: [Answer], _ slot: Int) {
    for answer in answers {
      log.answers.append((slot, answer))
      switch answer {
      case .acknowledged where log.kills > 0: log.acknowledgedAfterKill += 1
      case .seen: log.looks += 1
      case .compacted(let snapshots): log.snapshots += snapshots
      default: break
      }
    }
  }
}
