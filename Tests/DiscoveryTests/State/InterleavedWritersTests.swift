import Discovery
import JournalEngine
import Testing

@Suite("Writers that take turns on one journal")
struct InterleavedWritersTests {
  /// Commands that often fit the state, and sometimes do not.
  private func command(
    for state: Profile, _ random: inout SeededGenerator, new: inout Int
  ) throws -> ProfileCommand {
    let ids = try state.sessions(limit: 3).map(\.id) + ["nobody"]
    let session = state.currentSession ?? random.pick(ids)
    switch random.below(12) {
    case 0: return .create(fields: random.object())
    case 1: return .update(set: ["f\(random.below(4))": random.json()], origin: random.sound())
    case 2: return .update(set: [:], unset: ["f\(random.below(4))"])
    case 3: return random.pick([.archive(), .delete(reason: "r")])
    case 4: return .restore()
    case 5, 6, 7:
      new += 1
      return .start(session: "s\(new)", tracks: random.texts().filter { !$0.isEmpty })
    case 8: return .found(session: session, track: "t\(random.below(3))", count: random.count())
    case 9: return .complete(session: random.pick(ids), .init(total: random.maybe { $0.count() }))
    case 10: return .complete(session: session)
    default: return .fail(session: session, errors: ["e"])
    }
  }

  @Test("fold the state that a replay gives, at every entry, and record each command once")
  func agree() throws {
    var random = SeededGenerator.forTest()
    for _ in 0..<8 {
      let scratch = Scratch(random: SeededRandom(seed: random.next()))
      let name = try JournalName("acme")
      let options = WriteOptions(durability: .none)
      let writers = try (0..<2 + random.below(3)).map { _ in
        try JournalWriter<Profile>(name, in: scratch.root, system: scratch.system, options: options)
      }
      let profiles = Profiles(root: scratch.root, system: scratch.system, options: options)
      var recorded: [Int64: Profile] = [:]
      var acknowledged: [String: ClosedRange<Int64>] = [:]
      var new = 0
      for turn in 0..<120 {
        scratch.clock.advance(microseconds: Int64(random.below(3)) * 1_000_000)
        let writer = random.pick(writers)
        // Decided on a state that may be old: the writer must find out by itself.
        let command = try command(for: writer.state, &random, new: &new)
        do {
          // Most turns are of a writer that stays open, some of one that comes and goes.
          let (receipt, state) =
            if random.below(4) == 0 {
              try comeAndGo(command, turn, profiles, name)
            } else {
              try (
                writer.decide(by: "w", id: "turn\(turn)") { try command.decide(on: $0) },
                writer.state
              )
            }
          acknowledged["turn\(turn)"] = receipt.seqs
          recorded[receipt.head.seq] = state
        } catch is DiscoveryError {
          continue
        }
      }
      guard let last = recorded.keys.max() else { continue }
      #expect(try scratch.state() == recorded[last])
      for writer in writers {
        try writer.refresh()
        #expect(writer.state == recorded[last])
        #expect(try writer.state.digest == recorded[last]?.digest)
      }
      for (seq, state) in recorded {
        let replay = try scratch.profiles.reader(name).replay(Profile.self, until: .seq(seq))
        #expect(replay.state == state)
      }
      try check(scratch.entries(), acknowledged, scratch)
      for writer in writers { try writer.close() }
    }
  }

  private func comeAndGo(
    _ command: ProfileCommand, _ turn: Int, _ profiles: Profiles, _ name: JournalName
  ) throws -> (Receipt, Profile) {
    let outcome = try profiles.perform(command, on: name, by: "w", id: "turn\(turn)")
    return (outcome.receipt, outcome.state)
  }

  private func check(
    _ entries: [Entry], _ acknowledged: [String: ClosedRange<Int64>], _ scratch: Scratch
  ) throws {
    #expect(entries.map(\.seq) == (1...Int64(entries.count)).map { $0 })
    var keys: [String: [Int64]] = [:]
    for entry in entries { if let id = entry.id { keys[id, default: []].append(entry.seq) } }
    #expect(keys == acknowledged.mapValues { [$0.upperBound] })

    // Told from the lines alone, without the state's own code: never two at once.
    var running: Set<String> = []
    for entry in entries {
      let subject = entry.subject ?? ""
      switch entry.type {
      case "session.started": #expect(running.insert(subject).inserted)
      case "session.completed", "session.failed": #expect(running.remove(subject) != nil)
      default: break
      }
      #expect(running.count <= 1, "at \(entry.seq)")
    }
    #expect(try scratch.state().currentSession == running.first)
  }

  @Test("Of two that complete one session, the first one wins, whoever looked first")
  func race() throws {
    let scratch = Scratch()
    try scratch.perform(.start(session: "s1"))
    let name = try JournalName("acme")
    let one = try JournalWriter<Profile>(name, in: scratch.root, system: scratch.system)
    let two = try JournalWriter<Profile>(name, in: scratch.root, system: scratch.system)
    try two.decide { try ProfileCommand.complete(session: "s1").decide(on: $0) }
    #expect(one.state.currentSession == "s1")
    let code = try refusal {
      try one.decide { try ProfileCommand.complete(session: "s1").decide(on: $0) }
    }
    #expect(code == .conflict)
    #expect(one.state == two.state)
  }
}

extension SeededGenerator {
  /// An origin that the rules allow.
  fileprivate mutating func sound() -> DiscoveryEvent.Origin {
    .init(source: maybe { $0.text() }, confidence: JSONNumber(text: pick(["0.5", "1", "0.00"])))
  }
}
