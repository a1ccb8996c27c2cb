import JournalEngine
import JournalTestSupport
import Testing

/// What the engine may rely on, tried on the real file system and on the one of the tests alike.
@Suite("A file system")
struct FileSystemContractTests {
  enum Kind: CaseIterable { case real, memory }

  private struct Bench {
    let scratch: ScratchFolder
    let system: any FileSystem
    let root: String

    init(_ kind: Kind) throws {
      scratch = try ScratchFolder()
      system = kind == .real ? PosixFileSystem() : MemoryFileSystem()
      root = scratch.path + "/root"
    }

    func file(_ name: String = "f") throws -> any SegmentFile {
      try system.makeJournalFolder("j", in: root).openForAppending(name)
    }
  }

  @Test("has no journal, no root and no file where nothing was made", arguments: Kind.allCases)
  func nothing(_ kind: Kind) throws {
    let bench = try Bench(kind)
    #expect(try bench.system.journalFolder("j", in: bench.root) == nil)
    #expect(try bench.system.folders(in: bench.root) == nil)
    let folder = try bench.system.makeJournalFolder("j", in: bench.root)
    #expect(try bench.system.journalFolder("other", in: bench.root) == nil)
    #expect(try folder.openForReading("f") == nil)
    #expect(try folder.names() == [])
  }

  @Test("makes a folder once, with its root, and finds it again", arguments: Kind.allCases)
  func folders(_ kind: Kind) throws {
    let bench = try Bench(kind)
    for _ in 0..<2 { _ = try bench.system.makeJournalFolder("j", in: bench.root) }
    _ = try bench.system.makeJournalFolder("k", in: bench.root)
    let folder = try #require(try bench.system.journalFolder("j", in: bench.root))
    #expect(folder.path == bench.root + "/j")
    #expect(try bench.system.folders(in: bench.root)?.sorted() == ["j", "k"])
    _ = try folder.openForAppending("b")
    _ = try folder.openForAppending("a")
    #expect(try folder.names().sorted() == ["a", "b"])
    try folder.syncNames()
  }

  @Test("lists what is there now, however often and however much", arguments: Kind.allCases)
  func listing(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let folder = try bench.system.makeJournalFolder("j", in: bench.root)
    var made: Set<String> = []
    for round in 0..<3 {
      for number in 0..<400 {
        // Of many lengths, and together more than one call gives.
        let name = "\(round)-\(number)-" + String(repeating: "x", count: number % 200)
        _ = try folder.createFile(name)
        made.insert(name)
      }
      #expect(Set(try folder.names()) == made)
    }
    let again = try #require(try bench.system.journalFolder("j", in: bench.root))
    #expect(try again.names().count == made.count)
    #expect(try again.names().count == made.count)
  }

  @Test(
    "takes word of a sync to come, of any size, and syncs the same without",
    arguments: Kind.allCases)
  func begunSyncs(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let file = try bench.file()
    var start: Int64 = 0
    for count in [1, 300, 4096, 4097, 20_000, 1] {
      for begins in [true, true, false] {
        let (_, end) = try file.append([UInt8](repeating: 1, count: count))
        if begins { try file.beginSync(of: start..<end) }
        try file.syncData()
        start = end
      }
    }
    #expect(try file.size() == start)
  }

  @Test("makes bytes and names durable together, again and again", arguments: Kind.allCases)
  func syncs(_ kind: Kind) throws {
    let bench = try Bench(kind)
    for number in 0..<5 {
      let folder = try bench.system.makeJournalFolder("j\(number)", in: bench.root)
      let file = try folder.openForAppending("f")
      _ = try file.append([1])
      try folder.sync(file)
      _ = try file.append([2])
      try folder.sync(file)
      let found = try #require(try bench.system.journalFolder("j\(number)", in: bench.root))
      try found.sync(try #require(try found.openForReading("f")))
      if let memory = bench.system as? MemoryFileSystem {
        #expect(memory.disk.durableBytes(of: bench.root + "/j\(number)/f") == [1, 2])
        #expect(memory.disk.isNameDurable(bench.root + "/j\(number)"))
      }
    }
  }

  @Test("appends at the very end, whoever else does, and says where", arguments: Kind.allCases)
  func append(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let one = try bench.file()
    let two = try bench.file()
    #expect(try one.append([1, 2, 3]) == (3, 3))
    #expect(try two.append([4, 5]) == (2, 5))
    #expect(try one.append([6]) == (1, 6))
    #expect(try one.size() == 6)
    #expect(try two.bytes(at: 0, count: 10) == [1, 2, 3, 4, 5, 6])
    #expect(try two.bytes(at: 4, count: 1) == [5])
    #expect(try two.bytes(at: 6, count: 1) == [])
  }

  @Test("shows a reader what is appended later", arguments: Kind.allCases)
  func readers(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let writer = try bench.file()
    let folder = try #require(try bench.system.journalFolder("j", in: bench.root))
    let reader = try #require(try folder.openForReading("f"))
    #expect(try reader.bytes(at: 0, count: 4) == [])
    _ = try writer.append([7, 8])
    #expect(try reader.bytes(at: 0, count: 4) == [7, 8])
    try reader.syncData()
  }

  @Test("sets space aside without making the file any longer", arguments: Kind.allCases)
  func reserve(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let file = try bench.file()
    _ = try file.append([1])
    try file.reserve(upTo: 100_000)
    try file.reserve(upTo: 10)
    #expect(try file.size() == 1)
    #expect(try file.append([2]) == (1, 2))
    try file.syncData()
  }

  @Test("yields a change that comes after the call, in that folder", arguments: Kind.allCases)
  func changes(_ kind: Kind) async throws {
    let bench = try Bench(kind)
    let file = try bench.file()
    let other = try bench.system.makeJournalFolder("other", in: bench.root)
    for _ in 0..<3 {
      var changes = try bench.system.changes("j", in: bench.root).makeAsyncIterator()
      _ = try other.openForAppending("x").append([1])
      _ = try file.append([1])
      #expect(await changes.next() != nil)
    }
    var made = try bench.system.changes("j", in: bench.root).makeAsyncIterator()
    _ = try bench.file("g")
    #expect(await made.next() != nil)
  }

  @Test("keeps a file that may be lost in its root", arguments: Kind.allCases)
  func derived(_ kind: Kind) throws {
    let bench = try Bench(kind)
    _ = try bench.system.makeJournalFolder("j", in: bench.root)
    let file = try #require(bench.system.derivedFile("table", in: bench.root))
    _ = try file.append([1])
    let again = try #require(bench.system.derivedFile("table", in: bench.root))
    #expect(try again.append([2]) == (1, 2))
    #expect(try bench.system.folders(in: bench.root) == ["j"])
  }

  @Test("makes a new file only where the name is free", arguments: Kind.allCases)
  func createFile(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let folder = try bench.system.makeJournalFolder("j", in: bench.root)
    _ = try folder.createFile("f").append([1, 2])
    #expect(throws: JournalError.self) { _ = try folder.createFile("f") }
    #expect(try folder.openForReading("f")?.size() == 2)
  }

  @Test("renames, and puts nothing over another file unless told to", arguments: Kind.allCases)
  func rename(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let folder = try bench.system.makeJournalFolder("j", in: bench.root)
    _ = try folder.createFile("a").append([1])
    let open = try folder.createFile("b")
    _ = try open.append([1, 2])
    #expect(try !folder.rename("a", to: "b", replacing: false))
    #expect(try folder.openForReading("b")?.size() == 2)
    #expect(try folder.rename("a", to: "b", replacing: true))
    #expect(try folder.names() == ["b"])
    #expect(try folder.openForReading("b")?.size() == 1)
    // Whoever has the old file open keeps it.
    #expect(try open.size() == 2)
    #expect(try folder.rename("b", to: "c", replacing: false))
    #expect(try folder.names() == ["c"])
    let error = #expect(throws: JournalError.self) {
      _ = try folder.rename("a", to: "d", replacing: false)
    }
    #expect(error?.code == .notFound)
  }

  @Test("removes a file, and nothing where there is none", arguments: Kind.allCases)
  func remove(_ kind: Kind) throws {
    let bench = try Bench(kind)
    let folder = try bench.system.makeJournalFolder("j", in: bench.root)
    _ = try folder.createFile("a")
    try folder.remove("a")
    try folder.remove("a")
    #expect(try folder.names() == [])
  }
}
