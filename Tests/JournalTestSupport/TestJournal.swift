package import JournalEngine

/// One journal on a ``MemoryDisk``, and whoever works on it.
package final class TestJournal: Sendable {
  package let name: JournalName
  package let root = "/journals"
  package let disk = MemoryDisk()
  package let clock = ManualClock()
  package let random: SeededRandom

  package init(_ name: String = "j", seed: UInt64 = 1) throws {
    self.name = try JournalName(name)
    random = SeededRandom(seed: seed)
  }

  package var folder: String { root + "/" + name.text }

  package func path(_ segment: Int64 = 1) -> String {
    folder + "/" + SegmentName.file(firstSeq: segment)
  }

  package func bytes(_ segment: Int64 = 1) -> [UInt8] { disk.bytes(of: path(segment)) ?? [] }

  package func put(_ lines: RawLines, segment: Int64 = 1, durable: Bool = true) {
    disk.put(lines.bytes, at: path(segment), durable: durable)
  }

  /// - Parameter aside: other threads; by default there are none, and all goes in one order.
  package func system(
    _ fileSystem: MemoryFileSystem, aside: JournalSystem.Aside? = nil
  ) -> JournalSystem {
    JournalSystem(fileSystem: fileSystem, clock: clock, random: random, aside: aside)
  }

  /// Another process that opens the journal for writing.
  package func writer<P: Projection>(
    _ type: P.Type = Tally.self, on fileSystem: MemoryFileSystem? = nil,
    options: WriteOptions = WriteOptions()
  ) throws -> JournalWriter<P> {
    try JournalWriter(
      name, in: root, system: system(fileSystem ?? MemoryFileSystem(on: disk)), options: options)
  }

  package func reader(on fileSystem: MemoryFileSystem? = nil) -> JournalReader {
    JournalReader(name, in: root, system: system(fileSystem ?? MemoryFileSystem(on: disk)))
  }

  /// Everything that counts, read anew.
  package func entries() throws -> [Entry] {
    var entries: [Entry] = []
    try reader().forEach { entry in
      entries.append(entry)
      return true
    }
    return entries
  }

  /// Everything that does not count, read anew.
  package func voidLines() throws -> [VoidLine] {
    var lines: [VoidLine] = []
    try reader().forEachLine { line in
      if case .void(let line, _) = line { lines.append(line) }
      return true
    }
    return lines
  }

  /// The state, read anew.
  package func tally() throws -> Tally { try reader().replay(Tally.self).state }
}
