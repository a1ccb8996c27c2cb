import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@Suite("Watching folders", .timeLimit(.minutes(1)))
struct FolderWatchTests {
  let scratch: ScratchFolder
  let watch: FolderWatch

  init() throws {
    scratch = try ScratchFolder()
    watch = try FolderWatch()
    for name in ["a", "b"] { try scratch.write([], to: name + "/file") }
  }

  @Test("What changed before the wait ends it at once, and says where")
  func before() throws {
    let a = try watch.add(scratch.path + "/a", for: .contents)
    _ = try watch.add(scratch.path + "/b", for: .contents)
    try scratch.append([1], to: "a/file")
    #expect(try watch.wait() == .changed([a], gone: []))
  }

  @Test("A folder has one watch")
  func same() throws {
    let first = try watch.add(scratch.path + "/a", for: .contents)
    #expect(try watch.add(scratch.path + "/a", for: .contents) == first)
  }

  @Test("Of a folder whose names are of interest, what its files hold is not told")
  func names() throws {
    let names = try watch.add(scratch.path, for: .names)
    let a = try watch.add(scratch.path + "/a", for: .contents)
    try scratch.write([], to: "file")
    #expect(try watch.wait() == .changed([names], gone: []))
    try scratch.append([1], to: "file")
    try scratch.append([1], to: "a/file")
    #expect(try watch.wait() == .changed([a], gone: []))
  }

  @Test("A folder that is removed is told as gone")
  func gone() throws {
    let a = try watch.add(scratch.path + "/a", for: .contents)
    try FileManager.default.removeItem(atPath: scratch.path + "/a")
    #expect(try watch.wait() == .changed([a], gone: [a]))
  }

  @Test("What is not a folder is not watched: a file, a link, nothing")
  func refused() throws {
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link", withDestinationPath: "a")
    for name in ["a/file", "link", "missing"] {
      let path = scratch.path + "/" + name
      #expect(throws: JournalError.self) { try watch.add(path, for: .contents) }
    }
  }

  @Test("A descriptor that can be read ends the wait")
  func interrupt() throws {
    _ = try watch.add(scratch.path + "/a", for: .contents)
    let pipe = Foundation.Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data([1]))
    #expect(
      try watch.wait(interrupt: pipe.fileHandleForReading.fileDescriptor) == .interrupted)
  }

  @Test("A pipe that nobody reads any more ends the wait")
  func outputClosed() throws {
    _ = try watch.add(scratch.path + "/a", for: .contents)
    let pipe = Foundation.Pipe()
    try pipe.fileHandleForReading.close()
    #expect(
      try watch.wait(output: pipe.fileHandleForWriting.fileDescriptor) == .outputClosed)
  }
}
