import Discovery
import Foundation
import JournalEngine
import Testing

enum AccountEvent: Codable, Sendable {
  case deposited(cents: Int)
  case withdrawn(cents: Int)
}

struct Account: Projection {
  static let name = "account"
  var balance = 0

  mutating func apply(_ event: AccountEvent, from entry: Entry) {
    switch event {
    case .deposited(let cents): balance += cents
    case .withdrawn(let cents): balance -= cents
    }
  }
}

extension Account {
  // Deposits were once recorded as `paidIn`, in whole euros.
  static func upcast(_ old: RecordedEvent) -> RecordedEvent {
    guard old.type == "paidIn", let euros = old.data["euros"]?.int else { return old }
    return RecordedEvent(type: "deposited", data: ["cents": .number(JSONNumber(euros * 100))])
  }
}

struct NotEnough: Error {}

/// What the README shows of the library does what it says.
@Suite
struct ReadmeTests {
  @Test("A projection of one's own is recorded, decided on and followed")
  func projection() async throws {
    try await SampleFolder.withScratch { folder in
      let root = folder.path
      let name = try JournalName("petty-cash")
      let account = try await Journal.open(name, in: root, as: Account.self)

      // Returns once it is durable. The same call with the same id adds nothing a second time.
      try await account.append(.deposited(cents: 10_000), by: "ana", id: "receipt-1")

      // Decides on the newest state; if another process was first, it is called again.
      try await account.decide(by: "ben") { state in
        guard state.balance >= 2_500 else { throw NotEnough() }
        return [.withdrawn(cents: 2_500)]
      }
      let balance = await account.state.balance  // 7500

      // All entries in order, then whatever any process appends, without polling.
      for try await entry in account.follow() {
        print(entry.seq, entry.time, entry.type)
        if entry.type == "withdrawn" { break }
      }
      try await account.close()

      #expect(balance == 7500)
      let before = try JournalReader(name, in: root).replay(Account.self, until: .seq(2))
      #expect(before.state.balance == 10_000)
    }
  }

  @Test("A refused decision records nothing")
  func refusal() async throws {
    try await SampleFolder.withScratch { folder in
      let name = try JournalName("petty-cash")
      let account = try await Journal.open(name, in: folder.path, as: Account.self)
      await #expect(throws: NotEnough.self) { try await account.decide { _ in throw NotEnough() } }
      try await account.close()
      #expect(try !JournalReader(name, in: folder.path).exists())
    }
  }

  @Test("Events of an older form are read in the form of today")
  func upcasting() throws {
    let old = RecordedEvent(type: "paidIn", data: ["euros": 12])
    guard case .deposited(let cents) = try Account.decode(Account.upcast(old)) else {
      Issue.record("not a deposit")
      return
    }
    #expect(cents == 1200)
  }

  @Test("The store runs a session from its start to its end")
  func store() async throws {
    try await SampleFolder.withScratch { folder in
      let root = folder.path
      let store = ProfileStore(root: root)
      let profile = try JournalName("harbor")
      try await store.create(profile, fields: ["name": "Harbor Tool Library"], by: "ana")

      let session = try await store.start(profile, tracks: ["government"], id: "week-44")
      try await store.found(session.id, track: "government", count: 12)
      try await store.complete(session.id, .init(notes: "first run"))

      let status = try await store.status(of: profile)
      print(status.discovery.rawValue, status.analytics.totalOpportunities)  // completed 12
      try await store.close()

      #expect(status.discovery == .completed)
      #expect(status.analytics.totalOpportunities == 12)
    }
  }

  @Test("Every Swift example of the README stands in these tests, line for line")
  func examples() throws {
    let readme = try text(SampleFolder.package.appending(path: "README.md"))
    let tests = lines(try text(URL(filePath: #filePath)))
    let examples = readme.components(separatedBy: "```swift\n").dropFirst()
      .map { lines($0.components(separatedBy: "```")[0]) }
    #expect(examples.count >= 4)
    for example in examples {
      let stands = tests.contains(example)
      #expect(stands, "\(example.joined(separator: "\n"))")
    }
  }

  @Test("Every suite that the guarantees name is there")
  func guarantees() throws {
    let text = try text(SampleFolder.package.appending(path: "Docs/Guarantees.md"))
    let named = Set(text.matches(of: /`(\w+Tests)`/).map { String($0.output.1) })
    let tests = SampleFolder.package.appending(path: "Tests").path
    let paths = try FileManager.default.subpathsOfDirectory(atPath: tests)
    let there = Set(paths.map { ($0 as NSString).lastPathComponent })
    #expect(named.count > 20)
    for name in named.subtracting(["JournalEngineTests", "ProcessTests"]) {
      #expect(there.contains(name + ".swift"), "\(name)")
    }
  }

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// The lines that say something, without their indentation.
  private func lines(_ text: String) -> [String] {
    text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("import ") }
  }
}
