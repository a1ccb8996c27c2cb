import Foundation
import Glibc
import JournalEngine

/// Several processes that write to one journal, killed at random moments and replaced.
struct Torture {
  let journals: Journals
  let profile: String
  let writers: Int
  var random: Seed

  /// What the writers said.
  struct Log {
    var answers: [(slot: Int, answer: Answer)] = []
    var kills = 0
    var acknowledgedAfterKill = 0
  }

  private var log = Log()
  private var running: [WriterProcess] = []
  private var started = 0

  init(_ journals: Journals, profile: String, writers: Int, random: Seed) {
    self.journals = journals
    self.profile = profile
    self.writers = writers
    self.random = random
  }

  /// Runs for so long, then kills all that still run.
  mutating func run(for duration: Duration) throws -> Log {
    for slot in 0..<writers { running.append(try start(slot)) }
    let clock = ContinuousClock()
    let end = clock.now + duration
    var nextKill = clock.now + pause()
    while clock.now < end {
      try listen(until: min(nextKill, end))
      guard clock.now >= nextKill else { continue }
      try replace(Int.random(in: 0..<writers, using: &random))
      nextKill = clock.now + pause()
    }
    for slot in 0..<writers { stop(slot) }
    return log
  }

  /// Long enough that most get to work, short enough that many do not.
  private mutating func pause() -> Duration {
    .milliseconds(Int.random(in: 1..<120, using: &random))
  }

  private mutating func start(_ slot: Int) throws -> WriterProcess {
    started += 1
    return try WriterProcess(
      slot: slot, seed: random.next(), name: "w\(slot).\(started)", profile: profile,
      root: journals.root, limit: limit())
  }

  /// For some, a size that the journal reaches soon: the write that crosses it is cut, as by a
  /// crash in the middle.
  private mutating func limit() -> Int? {
    guard Int.random(in: 0..<4, using: &random) == 0 else { return nil }
    let size = try? FileManager.default.attributesOfItem(atPath: journals.segment(profile))[.size]
    return (size as? Int ?? 0) + Int.random(in: 4096..<65_536, using: &random)
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
      if case .acknowledged = answer, log.kills > 0 { log.acknowledgedAfterKill += 1 }
    }
  }
}
