import Foundation
import Glibc
import JournalEngine
import Testing

@Suite("daybook export --to")
struct ExportFilesTests {
  @Test(
    "On a full disk it is an error, nothing is left in part, and the next one does the rest",
    .enabled(if: Volume.canMount, "only a privileged user can mount a file system"))
  func fullDisk() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("profile", "create", "p", "text=" + String(repeating: "x", count: 9000))
    for _ in 0..<20 { try journals.done("start", "p") }
    let volume = try Volume(kilobytes: 64)
    let ballast = volume.path + "/ballast"
    try Data(count: 20_000).write(to: URL(fileURLWithPath: ballast))
    let full = try journals.daybook("export", "--to", volume.path + "/out", "--json")
    #expect(full.status == .exit(1), "\(full)")
    #expect(full.error.contains(#""code":"disk_full""#), "\(full)")
    for (path, bytes) in try documents(volume.path + "/out") {
      #expect((try? JSON(parsing: bytes)) != nil, "\(path) is not whole")
    }
    // The same files on a disk that has room.
    let rest = try Volume(kilobytes: 512)
    try FileManager.default.copyItem(
      atPath: volume.path + "/out", toPath: rest.path + "/out")
    let next = try journals.daybook("export", "--to", rest.path + "/out")
    #expect(next.status == .exit(0), "\(next)")
    #expect(try documents(rest.path + "/out").count == 21)
  }

  @Test(
    "Ctrl-C ends it between two files",
    .enabled(if: Programs.canTrace, "strace(1) is needed"))
  func interrupted() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for _ in 0..<6 { try journals.done("start", "p") }
    let out = scratch.path + "/out"
    let result = try Child.run(
      [
        "strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
        "inject=fdatasync:signal=INT:when=3",
      ] + journals.command(["export", "p", "--to", out]))
    #expect(result.status == .signal(SIGINT), "\(result)")
    #expect(try documents(out).count == 3)
    let all = try FileManager.default.subpathsOfDirectory(atPath: out)
    #expect(all.allSatisfy { !$0.hasSuffix(".tmp") })
    let next = try journals.daybook("export", "p", "--to", out)
    #expect(next.output == "\(out): 4 files written of 1 profile, 3 held the same already\n")
  }

  private func documents(_ folder: String) throws -> [String: [UInt8]] {
    let manager = FileManager.default
    var documents: [String: [UInt8]] = [:]
    for path in try manager.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".json") {
      documents[path] = Array(manager.contents(atPath: folder + "/" + path) ?? Data())
    }
    return documents
  }
}
