import JournalEngine
import JournalTestSupport
import Testing

@testable import Discovery

@Suite("The runs of the index")
struct HintRunsTests {
  private let disk = MemoryDisk()
  private let file = "/root/.sessions"
  private let folder = "/root/.sessions.runs/"

  private func system(_ files: MemoryFileSystem) -> JournalSystem {
    JournalSystem(fileSystem: files, random: SeededRandom(seed: 1))
  }

  /// What is found by runs, and how many bytes are read for it.
  private func places(
    of session: String, on files: MemoryFileSystem? = nil
  ) throws -> (journals: Set<String>, bytes: Int) {
    let files = files ?? MemoryFileSystem(on: disk)
    let index = try #require(files.derivedFile(".sessions", in: "/root"))
    let runs = try #require(HintRuns(of: index, in: "/root", system: system(files)))
    let journals = Set(try runs.places(of: session).map(\.text))
    return (journals, files.reads.reduce(0) { $0 + $1.got })
  }

  private func expected(_ session: String) throws -> Set<String> {
    let bytes = try #require(disk.bytes(of: file))
    return Set(IndexContents(bytes).places(of: session).map(\.text))
  }

  private var runs: [String] {
    disk.paths.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }
  }

  private func hints(_ numbers: Range<Int>) throws -> [UInt8] {
    let names = try (0..<3).map { try JournalName("journal-\($0)") }
    return numbers.flatMap { Array(IndexContents.hint("session_\($0)", in: names[$0 % 3]).utf8) }
  }

  @Test("end a line that no line is as long as")
  func longLine() throws {
    let zeros = [UInt8](repeating: 0, count: 40 << 20)
    disk.put(try hints(0..<2000) + zeros + hints(2000..<2100), at: file)
    let first = try places(of: "session_7")
    #expect(try first.journals == expected("session_7") && !first.journals.isEmpty)
    #expect(try places(of: "session_2050").journals == expected("session_2050"))
    // Each stretch once, and a line's length behind it.
    #expect(first.bytes < 50 << 20)
    #expect(runs.count > 1)
  }

  @Test("cover all but the end, each as long as it can be, and each where others of its length are")
  func stretches() throws {
    var random = SeededGenerator.forTest()
    for _ in 0..<200 {
      let size = Int64(random.below(100 << 20))
      var end: Int64 = 0
      for stretch in HintStretch.all(in: size) {
        #expect(stretch.start == end)
        let length = stretch.end - stretch.start
        #expect(stretch.start % length == 0)
        #expect(size - end < length * 4 || length == 16 << 20)
        #expect(HintStretch(file: stretch.file) == stretch)
        end = stretch.end
      }
      #expect(size - end < 64 << 10)
    }
    for name in ["", "-", "1", "a-b", "01-2", "+1-2", "1-2-3", "1--2", "1-2.tmp"] {
      #expect(HintStretch(file: name) == nil, "\(name)")
    }
  }

  @Test("find what reading the whole file finds, whatever stands in it")
  func sameAsAll() throws {
    var random = SeededGenerator.forTest()
    var bytes: [UInt8] = []
    func litter() throws -> [UInt8] {
      let name = try JournalName("journal-\(random.below(5))")
      let session = "session_\(random.below(3000))"
      switch random.below(12) {
      case 0: return Array("\ntorn_\(session)".utf8)
      case 1:
        return Array(IndexContents.batch("\(session) \(name)\n", journal: name, extent: 9).utf8)
      case 2: return [10, 10, 0, 32, 10, 0xFF, 32, 10]
      case 3: return Array("\n\(session) ../no name\n".utf8)
      case 4:
        return Array("\n\(String(repeating: "long", count: random.below(9000))) \(name)\n".utf8)
      default: return Array(IndexContents.hint(session, in: name).utf8)
      }
    }
    for _ in 0..<12 {
      let size = bytes.count + 1 + random.below(300 << 10)
      while bytes.count < size { bytes += try litter() }
      disk.put(bytes, at: file)
      for _ in 0..<40 {
        let session = "session_\(random.below(3100))"
        #expect(try places(of: session).journals == expected(session), "\(session) of \(size)")
      }
    }
    #expect(bytes.count > 1 << 20)
  }

  @Test("are read by pages, and the end of the file as it stands")
  func cost() throws {
    disk.put(try hints(0..<120_000), at: file)
    _ = try places(of: "session_5")
    for session in ["session_5", "session_119999", "nobody"] {
      let (journals, bytes) = try places(of: session)
      #expect(try journals == expected(session))
      #expect(bytes < 400 << 10, "\(bytes) bytes of \(disk.bytes(of: file)?.count ?? 0)")
    }
  }

  @Test("are made for what is complete, and go where one of them has all that they have")
  func merged() throws {
    var bytes = try hints(0..<30_000)
    for size in [60, 64, 200, 1023, 1024, 1100].map({ ($0 << 10) + 64 }) {
      while bytes.count < size { bytes += try hints(bytes.count..<bytes.count + 99) }
      disk.put(Array(bytes[..<size]), at: file)
      disk.put([1], at: folder + ".left.tmp")
      _ = try places(of: "session_5")
      let complete = HintStretch.all(in: Int64(size)).map(\.file)
      #expect(Set(runs) == Set(complete.isEmpty ? [".left.tmp"] : complete), "\(size)")
    }
    #expect(runs.contains("0-1048576"))
  }

  @Test("are not made of a line that has no end yet")
  func unfinished() throws {
    var bytes = try hints(0..<1000)
    bytes += Array(repeating: UInt8(ascii: "x"), count: (64 << 10) - bytes.count - 4)
    disk.put(bytes + Array("\nlast jour".utf8), at: file)
    #expect(try places(of: "session_7").journals == ["journal-1"])
    #expect(runs == [])
    disk.put(bytes + Array("\nlast journal-9\n".utf8), at: file)
    #expect(try places(of: "last").journals == ["journal-9"])
    #expect(runs == ["0-65536"])
    #expect(try places(of: "last").journals == ["journal-9"])
  }

  @Test("of another file are not believed, and those that were altered do no harm")
  func notBelieved() throws {
    disk.put(try hints(0..<8000), at: file)
    _ = try places(of: "session_5")
    disk.put(Array(try hints(500..<9000).prefix(disk.bytes(of: file)?.count ?? 0)), at: file)
    for session in ["session_5", "session_501", "session_7777"] {
      #expect(try places(of: session).journals == expected(session))
    }
    for run in runs {
      let bytes = try #require(disk.bytes(of: folder + run))
      for spoilt in [
        [], Array(bytes.prefix(40)), bytes.prefix(32) + bytes.dropFirst(32).map { ~$0 },
      ] {
        disk.put(spoilt, at: folder + run)
        let journals = try places(of: "session_501").journals
        #expect(journals.isSubset(of: try expected("session_501")))
      }
    }
  }

  @Test("that lead to no line of a session do not hide it")
  func astray() throws {
    let system = system(MemoryFileSystem(on: disk))
    let index = SessionIndex(root: "/root", system: system)
    let acme = try JournalName("acme")
    _ = try Profiles(root: "/root", system: system).perform(.start(session: "s1"), on: acme)
    // The journal was scanned, and stands there as it was: nobody would look into it again.
    disk.remove(file)
    #expect(try index.journal(of: "nobody") == nil)
    disk.put((disk.bytes(of: file) ?? []) + (try hints(0..<4000)), at: file)
    #expect(try places(of: "s1").journals == ["acme"])
    let bytes = try #require(disk.bytes(of: folder + "0-65536"))
    disk.put(Array(bytes.prefix(32)) + bytes.dropFirst(32).map { ~$0 }, at: folder + "0-65536")
    #expect(try places(of: "s1").journals == [])
    #expect(try index.journal(of: "s1") == acme)
  }

  @Test(
    "lead nowhere outside the file, whatever places they name",
    arguments: [Int64.min, -1, 0, 65_535, 65_536, 1 << 40, .max - 1, .max])
  func hostilePlaces(_ place: Int64) throws {
    disk.put(try hints(0..<4000), at: file)
    _ = try places(of: "session_5")
    let bytes = try #require(disk.bytes(of: folder + "0-65536"))
    let offset = withUnsafeBytes(of: place.bigEndian) { Array($0) }
    var spoilt = Array(bytes.prefix(32))
    for start in stride(from: 32, to: bytes.count, by: 16) {
      spoilt += bytes[start..<start + 8] + offset
    }
    disk.put(spoilt, at: folder + "0-65536")
    for session in ["session_0", "session_5", "session_3999", "nobody"] {
      let journals = try places(of: session).journals
      #expect(journals.isSubset(of: try expected(session)), "\(session)")
    }
  }

  @Test("are made also where something else lies in their folder, and late ones are removed")
  func litterInFolder() throws {
    disk.put(try hints(0..<20_000), at: file)
    let files = MemoryFileSystem(on: disk)
    files.failAll(.remove, .error(.planned(.io)))
    disk.put([1], at: folder + ".left.tmp")
    _ = try places(of: "session_5", on: files)
    #expect(runs.contains("0-262144"))
    // By a process that was slower.
    disk.put([1], at: folder + "65536-131072")
    _ = try places(of: "session_5")
    #expect(!runs.contains("65536-131072"))
    #expect(runs.contains("0-262144"))
  }

  @Test("are done without where they cannot be made, or say nothing")
  func faults() throws {
    let profiles = Profiles(root: "/root", system: system(MemoryFileSystem(on: disk)))
    let acme = try JournalName("acme")
    _ = try profiles.perform(.start(session: "s1"), on: acme)
    let hint = try #require(disk.bytes(of: file))
    disk.put(hint + (try hints(0..<8000)), at: file)
    for kind in [Operation.Kind.makeFolder, .createFile, .append, .rename, .syncData] {
      let files = MemoryFileSystem(on: disk)
      files.failAll(kind, .error(.planned(.diskFull)))
      let index = SessionIndex(root: "/root", system: system(files))
      #expect(try index.journal(of: "s1") == acme, "\(kind)")
      #expect(!runs.contains { $0.hasPrefix("0-") })
    }
    #expect(try places(of: "s1").journals == ["acme"])
    for run in runs {
      let bytes = try #require(disk.bytes(of: folder + run))
      disk.put(bytes.prefix(32) + bytes.dropFirst(32).map { ~$0 }, at: folder + run)
    }
    #expect(try places(of: "s1").journals == [])
    let index = SessionIndex(root: "/root", system: system(MemoryFileSystem(on: disk)))
    #expect(try index.journal(of: "s1") == acme)
  }
}
