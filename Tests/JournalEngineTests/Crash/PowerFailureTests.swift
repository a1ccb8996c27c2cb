import JournalEngine
import JournalTestSupport
import Testing

@Suite("What a power failure leaves of a disk")
struct PowerFailureTests {
  private let disk = MemoryDisk()
  private let root = "/journals"

  private func folder() throws -> any JournalFolder {
    try MemoryFileSystem(on: disk).makeJournalFolder("j", in: root)
  }

  /// Every image that can come of a failure now.
  private func images(sectorSize: Int = 4) throws -> [DiskImage] {
    var cache = WriteCache(disk.history, sectorSize: sectorSize)
    for change in disk.history.changes { cache.take(change) }
    var sampler = SurvivorSampler(cache.powerFailure, limit: 4096, seed: 1)
    var images: [Int: DiskImage] = [:]
    while let survivors = sampler.nextSurvivors() {
      let image = cache.powerFailure.image(survivors)
      images[image.fingerprint] = image
    }
    return Array(images.values)
  }

  private func contents(_ name: String, sectorSize: Int = 4) throws -> Set<String?> {
    Set(
      try images(sectorSize: sectorSize).map { image in
        image.files["\(root)/j/\(name)"].map { String(decoding: $0, as: UTF8.self) }
      })
  }

  @Test("What is synced is there, with its name once the names are synced")
  func synced() throws {
    let folder = try folder()
    let file = try folder.createFile("f")
    _ = try file.append(Array("abcdef".utf8))
    try file.syncData()
    #expect(try contents("f") == [nil, "abcdef"])
    try folder.syncNames()
    #expect(try contents("f") == ["abcdef"])
    #expect(try images().count == 1)
  }

  @Test("Of what is not synced any sectors are there, and the file ends anywhere")
  func sectors() throws {
    let folder = try folder()
    let file = try folder.createFile("f")
    _ = try file.append(Array("ab".utf8))
    try file.syncData()
    try folder.syncNames()
    _ = try file.append(Array("cdef".utf8))
    let zeros = "\0\0"
    #expect(
      try contents("f") == [
        "ab", "abcd", "ab" + zeros, "abcdef", "abcd" + zeros, "ab" + zeros + "ef",
        "ab" + zeros + zeros,
      ])
  }

  @Test("Of a sector the later append is not there without the one before")
  func order() throws {
    let folder = try folder()
    let file = try folder.createFile("f")
    try folder.syncNames()
    _ = try file.append(Array("a".utf8))
    _ = try file.append(Array("b".utf8))
    #expect(try contents("f", sectorSize: 16) == ["", "a", "\0", "ab", "a\0", "\0\0"])
  }

  @Test("A space that is set aside does not change the size")
  func reserved() throws {
    let folder = try folder()
    let file = try folder.createFile("f")
    try folder.syncNames()
    try file.reserve(upTo: 100)
    #expect(try contents("f") == [""])
  }

  @Test("A file takes another's name at once, and perhaps before it holds anything")
  func renamed() throws {
    let folder = try folder()
    let old = try folder.createFile("f")
    _ = try old.append(Array("old".utf8))
    try old.syncData()
    try folder.syncNames()
    let new = try folder.createFile("t")
    _ = try new.append(Array("new".utf8))
    #expect(try folder.rename("t", to: "f", replacing: true))
    #expect(try contents("f") == ["old", "", "new", "\0\0\0"])
    try new.syncData()
    #expect(try contents("f") == ["old", "new"])
    #expect(try contents("t") == [nil, "new"])
    #expect(try images().allSatisfy { $0.files["/journals/j/t"] == nil || $0.files.count == 2 })
  }

  @Test("Of changes to different names any are there, of those to one name the first ones")
  func names() throws {
    let folder = try folder()
    try folder.syncNames()
    _ = try folder.createFile("a")
    _ = try folder.createFile("b")
    try folder.remove("a")
    let left = Set(try images().map { Set($0.files.keys.map { String($0.suffix(1)) }) })
    #expect(left == [[], ["a"], ["b"], ["a", "b"]])
    try folder.syncNames()
    #expect(Set(try images().map { Array($0.files.keys) }) == [["/journals/j/b"]])
  }

  @Test("Without its folder a file is not there")
  func orphans() throws {
    let file = try folder().createFile("f")
    try file.syncData()
    #expect(
      try images().allSatisfy { $0.files.isEmpty || $0.folders == ["/journals", "/journals/j"] })
    #expect(try images().contains { $0.folders == ["/journals"] })
  }

  @Test("Old bytes show only where nothing was written")
  func stale() throws {
    let folder = try folder()
    let file = try folder.createFile("f")
    _ = try file.append(Array("synced".utf8))
    try file.syncData()
    try folder.syncNames()
    _ = try file.append(Array(repeating: 0x61, count: 26))
    var cache = WriteCache(disk.history, sectorSize: 16)
    for change in disk.history.changes { cache.take(change) }
    let failure = cache.powerFailure
    var choices = failure.radices.map { _ in UInt16(0) }
    choices[0] = failure.radices[0] - 1
    for seed in 0..<20 {
      let image = failure.image(
        Survivors(choices: choices, filler: .stale(seed: UInt64(seed))))
      let bytes = image.files["/journals/j/f"] ?? []
      #expect(bytes.count == 32)
      #expect(bytes.starts(with: Array("synced".utf8)))
      #expect(bytes[6..<16].allSatisfy { $0 == 0 })
    }
  }

  @Test("Where there are too many ways, nothing and everything are tried all the same")
  func sampled() throws {
    let folder = try folder()
    let file = try folder.createFile("f")
    _ = try file.append(Array(repeating: 0x61, count: 400))
    var cache = WriteCache(disk.history, sectorSize: 4)
    for change in disk.history.changes { cache.take(change) }
    var sampler = SurvivorSampler(cache.powerFailure, limit: 50, seed: 1)
    var images: [DiskImage] = []
    while let survivors = sampler.nextSurvivors() {
      images.append(cache.powerFailure.image(survivors))
    }
    #expect(images.count == 50)
    #expect(images.contains(DiskImage()))
    #expect(images.contains { $0.files["/journals/j/f"] == Array(repeating: 0x61, count: 400) })
  }
}
