import JournalEngine
import JournalTestSupport
import Testing

@Suite("A segment is split into lines")
struct SegmentReaderTests {
  /// What a reader hands out: lines as texts, and those that are too long as their length.
  private enum Seen: Equatable {
    case line(String, Int64)
    case tooLong(Int64, Int64)
  }

  private struct Bench {
    let disk = MemoryDisk()
    let system: MemoryFileSystem
    let file: any SegmentFile

    init(_ bytes: [UInt8]) throws {
      disk.put(bytes, at: "/r/j/f")
      system = MemoryFileSystem(on: disk)
      let folder = try #require(try system.journalFolder("j", in: "/r"))
      file = try #require(try folder.openForReading("f"))
    }

    /// Reads to the end, or up to so many lines.
    func read(_ reader: inout SegmentReader, atMost limit: Int = .max) throws -> ([Seen], Bool) {
      var seen: [Seen] = []
      let ended = try reader.read(file) { piece throws(JournalError) in
        switch piece {
        case .line(let bytes, let offset):
          seen.append(.line(String(decoding: bytes, as: UTF8.self), offset))
        case .tooLong(let offset, let length): seen.append(.tooLong(offset, length))
        }
        return seen.count < limit
      }
      return (seen, ended)
    }
  }

  @Test("at its newlines, blank lines too, and an unfinished tail is kept back")
  func split() throws {
    let bench = try Bench(Array("ab\n\n\ncde\nrest".utf8))
    var reader = SegmentReader()
    let (seen, ended) = try bench.read(&reader)
    #expect(seen == [.line("ab", 0), .line("", 3), .line("", 4), .line("cde", 5)])
    #expect(ended)
    #expect(reader.offset == 9)
    #expect(reader.unfinished == 4)
  }

  @Test("and an unfinished tail is read again once it is whole")
  func goesOn() throws {
    let bench = try Bench(Array("ab\ncd".utf8))
    var reader = SegmentReader()
    _ = try bench.read(&reader)
    bench.disk.append(Array("ef\ng".utf8), to: "/r/j/f")
    #expect(try bench.read(&reader).0 == [.line("cdef", 3)])
    #expect(reader.offset == 8 && reader.unfinished == 1)
    #expect(try bench.read(&reader).0 == [])
  }

  @Test("up to where the file ended when it was opened, and from then on to its end")
  func firstEnd() throws {
    let bench = try Bench(Array("ab\ncd".utf8))
    func reads() -> Int { bench.system.count(.read) }
    var reader = SegmentReader(firstEnd: bench.file.sizeWhenOpened)
    #expect(bench.file.sizeWhenOpened == 5)
    let (seen, ended) = try bench.read(&reader)
    #expect(seen == [.line("ab", 0)] && ended && reader.unfinished == 2)
    #expect(reads() == 1)
    #expect(try bench.read(&reader).0 == [])
    #expect(reads() == 3)
    bench.disk.append(Array("ef\ng".utf8), to: "/r/j/f")
    #expect(try bench.read(&reader).0 == [.line("cdef", 3)])
    // Of an empty file nothing is read.
    var empty = SegmentReader(offset: 9, firstEnd: 9)
    let before = reads()
    #expect(try bench.read(&empty).1 && reads() == before)
  }

  @Test("the same way whatever the buffer's size and however little each read gives")
  func chunks() async throws {
    try await Property.check("segment reader", rounds: 60) { seed in
      var random = SeededGenerator(seed: seed)
      let lines = (0..<random.below(40)).map { _ in
        String(repeating: "x", count: random.pick([0, 1, 5, 60, 64, 300, 5000]))
      }
      let tail = String(repeating: "t", count: random.pick([0, 1, 100]))
      let bench = try Bench(Array((lines.map { $0 + "\n" }.joined() + tail).utf8))
      let most = random.pick([1, 2, 7, 64, 4096])
      bench.system.chooseFault = { $0.kind == .read ? .short(most) : nil }
      var reader = SegmentReader(buffer: LineBuffer(capacity: random.pick([1, 2, 16, 100, 8192])))
      var expected: [Seen] = []
      var offset: Int64 = 0
      for line in lines {
        expected.append(.line(line, offset))
        offset += Int64(line.utf8.count) + 1
      }
      // Pauses at random lines.
      var seen: [Seen] = []
      while true {
        let (part, ended) = try bench.read(&reader, atMost: 1 + random.below(10))
        seen += part
        if ended { break }
      }
      try Violation.unless(seen == expected, "\(seen.count) of \(expected.count) lines")
      try Violation.unless(
        reader.offset == offset && reader.unfinished == tail.utf8.count, "the end")
    }
  }

  @Test("and a line that is longer than any may be is skipped in bounded memory")
  func tooLong() throws {
    let long = [UInt8](repeating: 0x78, count: 5 << 20)
    let bench = try Bench(Array("a\n".utf8) + long + Array("\nb\n".utf8) + long)
    let buffer = LineBuffer()
    var reader = SegmentReader(buffer: buffer)
    let (seen, _) = try bench.read(&reader)
    #expect(
      seen == [.line("a", 0), .tooLong(2, Int64(long.count)), .line("b", Int64(long.count) + 3)])
    #expect(reader.unfinished == Int64(long.count))
    let largest = bench.system.log.filter { $0.kind == .read }.map(\.count).max()
    #expect(try #require(largest) <= LineFormat.longestLine + 1024)
  }

  @Test("and a line of the longest size is handed out whole")
  func longest() throws {
    let line = String(repeating: "x", count: LineFormat.longestLine - 1)
    let bench = try Bench(Array("a\n\(line)\nb\n".utf8))
    var reader = SegmentReader()
    let (seen, _) = try bench.read(&reader)
    #expect(
      seen == [.line("a", 0), .line(line, 2), .line("b", 2 + Int64(LineFormat.longestLine))])
  }

  @Test("each with its own hash, wherever the reading pauses")
  func hashes() async throws {
    try await Property.check("hashed lines", rounds: 60) { seed in
      var random = SeededGenerator(seed: seed)
      let lines = (0..<random.below(400)).map { _ in
        random.bytes(random.below(random.pick([1, 80, 500]))).filter { $0 != 10 }
      }
      let bench = try Bench(lines.flatMap { $0 + [10] })
      var reader = SegmentReader(buffer: LineBuffer(capacity: random.pick([16, 1000, 65_536])))
      let pauses = random.once(in: 3)
      var place = 0
      var isEnd = false
      while !isEnd {
        isEnd = try reader.readHashed(bench.file) { piece, hash throws(JournalError) in
          guard case .line(let bytes, _) = piece, place < lines.count,
            Array(bytes) == lines[place], hash == SHA256.digest(of: lines[place])
          else { throw .planned(.io) }
          place += 1
          return !(pauses && random.once(in: 10))
        }
      }
      try Violation.unless(place == lines.count, "\(place) of \(lines.count) lines")
    }
  }

  @Test("and a line that its taker could not take is handed out again")
  func throwing() throws {
    let bench = try Bench(Array("ab\ncd\nef\n".utf8))
    var reader = SegmentReader()
    #expect(throws: JournalError.self) {
      _ = try reader.read(bench.file) { piece throws(JournalError) in
        if case .line(_, offset: 3) = piece { throw .planned(.io) }
        return true
      }
    }
    #expect(try bench.read(&reader).0 == [.line("cd", 3), .line("ef", 6)])
  }

  @Test("and after a read that fails it goes on where it was")
  func readFails() throws {
    let bench = try Bench(Array("ab\ncd\nef\n".utf8))
    bench.system.chooseFault = { $0.kind == .read ? .short(4) : nil }
    bench.system.fail(.read, call: 2, .error(.planned(.io)))
    var reader = SegmentReader()
    #expect(throws: JournalError.self) { _ = try bench.read(&reader) }
    #expect(try bench.read(&reader).0 == [.line("cd", 3), .line("ef", 6)])
  }
}
