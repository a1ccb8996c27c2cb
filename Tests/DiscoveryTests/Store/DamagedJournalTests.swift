import Discovery
import Foundation
import JournalEngine
import Testing

@Suite("The store on a journal that was altered")
struct DamagedJournalTests {
  let scratch = Scratch()
  let store: ProfileStore
  let acme: JournalName
  private let sound: Data

  init() async throws {
    acme = try JournalName("acme")
    store = ProfileStore(root: scratch.root, system: scratch.system)
    try scratch.perform(.create(fields: ["a": 1]))
    for value in 2...6 { try scratch.perform(.update(set: ["a": .number(JSONNumber(value))])) }
    sound = try Data(contentsOf: URL(fileURLWithPath: scratch.segment()))
  }

  /// Puts bytes into the very file, as whoever has it open sees it too.
  private func put(_ bytes: Data) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.segment()))
    try file.write(contentsOf: bytes)
    try file.truncate(atOffset: UInt64(bytes.count))
    try file.close()
  }

  /// Changes a digit in the time of the third line.
  private func alter() throws {
    let lines = sound.split(separator: 10)
    var bytes = sound
    let place =
      lines[0].count + lines[1].count + 2 + #"{"seq":3,"time":"2025-10-01T12:0"#.utf8.count
    bytes[place] = bytes[place] == 48 ? 49 : 48
    try put(bytes)
  }

  private func code(_ body: () async throws -> Void) async -> JournalError.Code? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? JournalError)?.code
    }
  }

  @Test("Nothing is read from it or written to it: every call says that it is damaged")
  func everyCall() async throws {
    try alter()
    let before = try scratch.tree()
    #expect(await code { _ = try await store.status(of: acme) } == .damaged)
    #expect(await code { _ = try await store.status(of: acme, at: .seq(2)) } == .damaged)
    #expect(await code { _ = try await store.sessions(of: acme) } == .damaged)
    #expect(await code { try await store.start(acme) } == .damaged)
    #expect(await code { try await store.archive(acme) } == .damaged)
    #expect(await code { _ = try await store.sessions(of: acme) } == .damaged)
    #expect(try scratch.tree() == before)
  }

  @Test("Once the bytes are put back, the same store goes on")
  func mended() async throws {
    try alter()
    #expect(await code { try await store.start(acme) } == .damaged)
    try put(sound)
    let session = try await store.start(acme)
    #expect(try await store.sessions(of: acme) == [session])
    #expect(try await store.status(of: acme).state.fields == ["a": 6])
  }

  @Test("Other profiles of the same store are not touched by it")
  func others() async throws {
    try alter()
    let other = try JournalName("other")
    try await store.create(other)
    #expect(await code { try await store.archive(acme) } == .damaged)
    #expect(try await store.archive(other).state.status == .archived)
  }

  @Test("A handle that met damage while reading is not used again")
  func deadHandle() async throws {
    let session = try await store.start(acme)
    let good = try Data(contentsOf: URL(fileURLWithPath: scratch.segment()))
    // A line of a stranger that vouches for entries which are not there.
    var line = String(decoding: try #require(good.split(separator: 10).last), as: UTF8.self)
    line.replace(#""seq":8"#, with: #""seq":20"#)
    line.replace(#/"durable":\d+/#, with: #""durable":19"#)
    try scratch.append(Array(line.utf8) + [10], to: scratch.segment())
    #expect(await code { _ = try await store.sessions(of: acme) } == .damaged)
    try put(good)
    #expect(try await store.sessions(of: acme) == [session])
  }
}
