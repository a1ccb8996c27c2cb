import Foundation
import Testing

@Suite(
  "System calls", .enabled(if: Programs.canTrace, "strace(1) is needed"),
  .disabled(if: Sanitizer.isThere, "it makes calls of its own"))
struct SystemCallTests {
  @Test("An append is one write, and one sync before the answer")
  func append() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let session = try journals.done("start", "p")
    let commands = [
      ["profile", "set", "p", "a=1"],
      ["found", session, "--track", "t", "--count", "1"],
      ["complete", session],
      ["start", "p"],
      ["start", "p"],  // two entries, one atomic group
    ]
    for command in commands {
      let trace = try Trace.run(journals.command(command), in: scratch)
      #expect(trace.result.status == .exit(0), "\(trace.result)")
      let steps = steps(of: trace, journals)
      let afterOpening = steps.drop { $0 != "write segment" }
      #expect(Array(afterOpening) == ["write segment", "sync segment", "answer"], "\(command)")
      #expect(steps.first == "sync segment", "what was there is synced before it is built on")
    }
  }

  @Test("The names of a new journal are durable before its first answer")
  func names() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let trace = try Trace.run(journals.command(["start", "p"]), in: scratch)
    let steps = steps(of: trace, journals)
    #expect(steps.count { $0 == "write segment" } == 1)
    #expect(
      Array(steps.drop { $0 != "write segment" }) == [
        "write segment", "sync segment", "sync journal", "sync root", "answer",
      ])
  }

  @Test("A refusal is told after what it rests on is durable")
  func refusal() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let session = try journals.done("start", "p")
    try journals.done("complete", session)
    let trace = try Trace.run(journals.command(["complete", session]), in: scratch)
    #expect(trace.result.status == .exit(4))
    let steps = steps(of: trace, journals)
    #expect(steps == ["sync segment", "sync journal", "sync root", "error"])
  }

  @Test("Reading changes nothing and makes no file")
  func reading() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let session = try journals.done("start", "p")
    let before = try FolderImage(journals.root)
    for command in [
      ["status"], ["status", "p"], ["sessions", "p"], ["session", session, "--profile", "p"],
      ["history", "p", "--void"], ["replay", "p", "--check"], ["verify"], ["head", "p"],
    ] {
      let trace = try Trace.run(journals.command(command), in: scratch)
      #expect(trace.result.status == .exit(0), "\(trace.result)")
      let changing = trace.calls.filter(\.mayChangeFiles)
      #expect(changing.isEmpty, "\(command): \(changing)")
    }
    #expect(try FolderImage(journals.root) == before)
  }

  @Test("A small journal is read by one call, and its folder and segment are opened once")
  func fewCalls() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("complete", try journals.done("start", "p"))
    let trace = try Trace.run(journals.command(["status", "p"]), in: scratch)
    #expect(trace.result.status == .exit(0), "\(trace.result)")
    let (folder, segment) = (journals.folder("p"), journals.segment("p"))
    let opened = trace.calls.filter { $0.name.hasPrefix("open") }.compactMap(\.path)
    #expect(opened.count { folder.hasSuffix($0) || $0 == folder } == 1, "\(opened)")
    #expect(opened.count { segment.hasSuffix("/" + $0) } == 1, "\(opened)")
    #expect(!opened.contains("."))
    #expect(trace.calls.count { $0.name.hasPrefix("pread") && $0.file == segment } == 1)
  }

  @Test("The names of many new journals are durable before anything is told of them")
  func manyNames() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for number in 0..<4 { try ImportKillTests.put(number, in: scratch.path + "/old") }
    let trace = try Trace.run(journals.command(["import", scratch.path + "/old"]), in: scratch)
    #expect(trace.result.status == .exit(0), "\(trace.result)")
    let calls = trace.calls.prefix { !$0.description.hasPrefix("write(1<") }
    let written = Set(calls.filter { $0.name == "write" }.compactMap(\.file))
      .filter { $0.hasSuffix(".ndjson") }
    #expect(written.count == 4)
    for segment in written {
      let folder = String(segment.prefix { $0 != "." }.dropLast(21))
      #expect(calls.count { $0.name == "fdatasync" && $0.file == segment } == 1, "\(segment)")
      #expect(calls.count { $0.name == "fsync" && $0.file == folder } == 1, "\(folder)")
    }
    #expect(calls.count { $0.name == "fsync" && $0.file == journals.root } == 4)
    #expect(calls.count { $0.name == "fsync" && $0.file == scratch.path } == 4)
  }

  @Test(
    "A folder whose names cannot be made durable is an error, but a read-only one above the root",
    arguments: [
      (1, "EROFS", false), (2, "EROFS", false), (3, "EROFS", true), (1, "EIO", false),
      (2, "EIO", false), (3, "EIO", false),
    ])
  func folderSyncs(call: Int, error: String, isDone: Bool) throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    // The journal's folder, the root, and what holds the root's name.
    let result = try Child.run(
      Trace.failing("fsync", call: call, error, journals.command(["start", "p"])))
    #expect((result.status == .exit(0)) == isDone, "\(result)")
  }

  @Test(
    "Bytes that could not be sent ahead to the disk are not durable, but where none can be sent",
    .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "else none are sent"),
    arguments: [("EIO", false), ("ENOSPC", false), ("ENOSYS", true), ("EPERM", true)])
  func sendingAhead(error: String, isDone: Bool) throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("start", "p")
    let result = try Child.run(
      Trace.failing("sync_file_range", call: 1, error, journals.command(["start", "p"])))
    #expect((result.status == .exit(0)) == isDone, "\(result)")
    #expect(result.error.contains("could not be made durable") != isDone)
  }

  @Test("Two writers at once take no lock, make no lock file, and only append")
  func noLocks() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let logs = (0..<2).map { "\(scratch.path)/writer\($0).strace" }
    let writers = try Gate.race(
      logs.enumerated().map { index, log in
        Trace.command(
          [
            Programs.tortureWriter, "append", journals.root, "p", "\(index + 1)", "w\(index)", "60",
          ], log: log)
      })
    for (writer, log) in zip(writers, logs) {
      #expect(writer.status == .exit(0), "\(writer)")
      #expect(writer.output.contains("ACK "))
      let calls = try Trace(writer, log: log).calls
      #expect(calls.filter(\.locks).isEmpty)
      #expect(calls.filter(\.rewrites).isEmpty)
      let written = calls.filter { $0.file?.hasSuffix(".ndjson") == true && $0.name == "write" }
      #expect(!written.isEmpty)
      let made = calls.filter { $0.name.hasPrefix("open") && $0.description.contains("O_CREAT") }
      #expect(!made.isEmpty)
      #expect(made.allSatisfy { $0.description.contains("O_APPEND") })
      #expect(made.allSatisfy { !($0.path ?? "").lowercased().contains("lock") })
    }
    #expect(try ReadBack(journals.reader("p")).damage == nil)
  }

  /// What of a trace is about durability, step by step.
  private func steps(of trace: Trace, _ journals: Journals) -> [String] {
    let (segment, folder) = (journals.segment("p"), journals.folder("p"))
    return trace.calls.compactMap { call in
      switch (call.name, call.file) {
      case ("write", segment): "write segment"
      case ("fdatasync", segment): "sync segment"
      case ("fsync", folder): "sync journal"
      case ("fsync", journals.root): "sync root"
      case ("write", _) where call.description.hasPrefix("write(1<"): "answer"
      case ("write", _) where call.description.hasPrefix("write(2<"): "error"
      default: nil
      }
    }
  }
}

extension Trace.Call {
  fileprivate var locks: Bool {
    if name == "flock" || description.contains("O_EXCL") { return true }
    return name == "fcntl"
      && ["F_SETLK", "F_OFD_SETLK", "F_SETLEASE"].contains {
        description.contains($0)
      }
  }

  /// Changes bytes that stand already, or names.
  fileprivate var rewrites: Bool {
    [
      "ftruncate", "truncate", "pwrite64", "pwritev", "pwritev2", "rename", "renameat",
      "renameat2", "unlink", "unlinkat", "link", "linkat",
    ].contains(name) || description.contains("O_TRUNC")
  }

  fileprivate var mayChangeFiles: Bool {
    let isOpening = name.hasPrefix("open") && (description.contains("O_CREAT"))
    return rewrites || isOpening || name.hasPrefix("mkdir") || name == "fallocate"
      || name == "write" && file?.hasSuffix(".ndjson") == true
  }
}
