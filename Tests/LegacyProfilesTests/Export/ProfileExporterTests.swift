import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("Writing the files of an export")
struct ProfileExporterTests {
  /// Four sessions and a profile.
  private static func journal() throws -> ExportedJournal {
    let journal = try ExportedJournal()
    try journal.record(.created(["name": "Acme"]))
    for number in 1...4 {
      try journal.record(.started("s\(number)"))
      try journal.record(.failed("s\(number)", "e"))
    }
    return journal
  }

  @Test("Sessions that are settled in tables are written as all others")
  func settled() throws {
    let journal = try ExportedJournal(settling: true)
    for number in 0..<40 {
      try journal.record(.started("s\(number)", "t"))
      try journal.record(
        number.isMultiple(of: 3) ? .failed("s\(number)", "e") : .completed("s\(number)"))
    }
    let before = try journal.export(to: "/before")
    let writer = try JournalWriter<Profile>(
      journal.name, in: "/journals", system: journal.profiles().system, options: journal.options)
    _ = try writer.compact()
    try writer.close()
    #expect(journal.disk.paths.contains { $0.hasSuffix(".table") })
    let files = MemoryFileSystem(on: journal.disk)
    let after = try journal.export(to: "/after", on: files)
    #expect(before.written == 41)
    #expect(after.written == 41)
    #expect(try journal.documents(in: "/before") == journal.documents(in: "/after"))
    #expect(try journal.export(to: "/after").same == 41)
  }

  @Test("Sessions that ran at the same time are each written once")
  func overlapping() throws {
    let journal = try ExportedJournal(settling: true)
    for number in stride(from: 0, to: 30, by: 3) {
      let ids = (number..<number + 3).map { "s\($0)" }
      for (index, id) in ids.enumerated() {
        try journal.record(
          .earlierSessionStarted(
            session: id, tracks: [], params: [:], .init(beside: Array(ids[..<index]))))
      }
      for id in [ids[1], ids[0], ids[2]] { try journal.record(.completed(id)) }
    }
    let before = try journal.export(to: "/before")
    let writer = try JournalWriter<Profile>(
      journal.name, in: "/journals", system: journal.profiles().system, options: journal.options)
    _ = try writer.compact()
    try writer.close()
    #expect(journal.disk.paths.contains { $0.hasSuffix(".table") })
    #expect(before.written == 31)
    #expect(try journal.export(to: "/after").written == 31)
    #expect(try journal.documents(in: "/before") == journal.documents(in: "/after"))
  }

  @Test("A file that holds the same is left, whatever its spelling; another is an error")
  func there() throws {
    let journal = try Self.journal()
    try journal.export(to: "/first")
    let path = "/out/acme/sessions/s2.json"
    let same = try #require(try journal.documents(in: "/first")["acme/sessions/s2.json"])
    let respelled = Array((" " + same.text + "\n").utf8)
    journal.disk.put(respelled, at: path)
    let other = "/out/acme/profile.json"
    journal.disk.put(Array("{}".utf8), at: other)
    let result = try journal.export()
    #expect(result.written == 3)
    #expect(result.same == 1)
    #expect(result.failures.map(\.code) == [.exists])
    #expect(result.failures.first?.file == other)
    #expect(journal.disk.bytes(of: path) == respelled)
    #expect(journal.disk.bytes(of: other) == Array("{}".utf8))
  }

  @Test("A file that comes meanwhile is not replaced")
  func race() throws {
    let journal = try Self.journal()
    let files = MemoryFileSystem(on: journal.disk)
    let path = "/out/acme/sessions/s3.json"
    files.onOperation = { operation in
      if operation.kind == .rename, operation.path == path {
        journal.disk.put([1, 2, 3], at: path)
      }
    }
    let result = try journal.export(on: files)
    #expect(result.failures.map(\.file) == [path])
    #expect(journal.disk.bytes(of: path) == [1, 2, 3])
    #expect(journal.disk.paths.allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test("It stops between two files where it is asked to, and the next one does the rest")
  func stopped() throws {
    let journal = try Self.journal()
    let files = MemoryFileSystem(on: journal.disk)
    let exporter = ProfileExporter(to: "/out", in: .folders, from: journal.profiles(files)) {
      files.count(.rename) >= 2
    }
    #expect(throws: ProfileExporter.Stopped.self) { try exporter.export(journal.name) }
    #expect(try journal.documents().count == 2)
    let result = try journal.export()
    #expect((result.written, result.same) == (3, 2))
  }

  @Test(
    "Whatever call fails, it is told, no file is written in part, and the next one does the rest")
  func faults() throws {
    let sound = try Self.journal()
    let log = MemoryFileSystem(on: sound.disk)
    try sound.export(on: log)
    let expected = try sound.documents()
    for index in log.log.indices where log.log[index].path.hasPrefix("/out") {
      for fault in Self.faults(of: log.log[index]) {
        let journal = try Self.journal()
        let files = MemoryFileSystem(on: journal.disk)
        var calls = 0
        files.chooseFault = { _ in
          calls += 1
          return calls == index + 1 ? fault : nil
        }
        let place = "call \(index), \(log.log[index].kind) \(log.log[index].path), \(fault)"
        var isTold = false
        do {
          isTold = try !journal.export(on: files).failures.isEmpty
        } catch is ExportError {
          isTold = true
        }
        if case .short = fault {} else { #expect(isTold, "\(place)") }
        #expect(files.openHandles == 0, "\(place)")
        let left = journal.disk.paths.filter { $0.hasPrefix("/out/") && $0.hasSuffix(".json") }
        for path in left {
          let name = String(path.dropFirst("/out/".count))
          let document = try? JSON(parsing: journal.disk.bytes(of: path) ?? [])
          #expect(document == expected[name], "\(place): \(path)")
        }
        let next = try journal.export()
        #expect(next.failures.isEmpty, "\(place): \(next.failures)")
        #expect(next.written + next.same == expected.count, "\(place)")
      }
    }
  }

  private static func faults(of operation: Operation) -> [Fault] {
    switch operation.kind {
    case .dropCache, .remove: []
    case .append:
      [.error(.planned(.diskFull)), .late(.planned(.io)), .short(0), .short(operation.count / 2)]
    default: [.error(.planned(.diskFull)), .late(.planned(.io))]
    }
  }

  @Test("Whenever the power fails, a file that is there by its name is whole")
  func powerFailure() async throws {
    try await Property.check("power failures of an export", rounds: 3) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try Self.journal()
      let before = journal.disk.changeCount
      try journal.export()
      let expected = try journal.documents()
      let history = journal.disk.history
      var cache = WriteCache(history, sectorSize: random.pick([512, 64, 16]))
      var images = 0
      for (index, change) in history.changes.enumerated() {
        cache.take(change)
        guard index >= before else { continue }
        var sampler = SurvivorSampler(cache.powerFailure, limit: 12, seed: random.next())
        let failure = cache.powerFailure
        while let survivors = sampler.nextSurvivors() {
          images += 1
          for (path, bytes) in failure.image(survivors).files
          where path.hasPrefix("/out/") && path.hasSuffix(".json") {
            let name = String(path.dropFirst("/out/".count))
            try Violation.unless(
              (try? JSON(parsing: bytes)) == expected[name], "after change \(index): \(path)")
          }
        }
      }
      try Violation.unless(images > 100, "only \(images) images were tried")
      // Once it is done, all of it stays.
      let done = cache.powerFailure
      let nothing = Survivors(choices: done.radices.map { _ in 0 })
      let kept = done.image(nothing).files.keys.filter { $0.hasPrefix("/out/") }
      try Violation.unless(kept.count == expected.count, "\(kept.count) files are durable")
    }
  }
}
