import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("daybook export --to")
struct ExportFilesTests {
  let world = World()
  let folder: String

  init() throws {
    folder = world.base + "/out"
    try world.done("profile", "create", "acme", "name=Acme")
    try world.done("start", "acme", "--track", "government")
    try world.done("complete", "session_000000000002", "--found", "government=3")
    try world.done("start", "beta")
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
  }

  private func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
      .sorted()
  }

  @Test(
    "Among the journals nothing is written: its folders would be taken for some",
    arguments: ["", "/", "/out", "/out/deeper/", "/acme", "/../link", "/../link/out"])
  func amongJournals(place: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: world.base + "/link", withDestinationPath: world.root)
    let before = try world.tree()
    let outcome = try world.run("export", "--to", world.root + place)
    #expect(outcome.status == .usage, "\(outcome)")
    #expect(outcome.errors.contains("is the folder of the journals, or in it"))
    #expect(try world.tree() == before)
    #expect(try world.run("export", "--to", world.root + "-beside").status == .done)
  }

  @Test("The folders layout is the one where none is named")
  func folders() throws {
    let outcome = try world.run("export", "--to", folder)
    #expect(outcome == .init(.done, "\(folder): 4 files written of 2 profiles\n"))
    #expect(
      try files() == [
        "acme/profile.json", "acme/sessions/session_000000000002.json", "beta/profile.json",
        "beta/sessions/session_000000000005.json",
      ])
    #expect(
      try text("acme/profile.json") == """
        {
          "profile_id": "acme",
          "name": "Acme",
          "organization_name": "Acme",
          "status": "active",
          "created_at": "2025-10-01T12:00:01.000000",
          "updated_at": "2025-10-01T12:00:03.000000",
          "discovery_status": "completed",
          "last_discovery_at": "2025-10-01T12:00:03.000000"
        }
        """)
    #expect(
      try text("acme/sessions/session_000000000002.json") == """
        {
          "session_id": "session_000000000002",
          "profile_id": "acme",
          "started_at": "2025-10-01T12:00:02.000000",
          "completed_at": "2025-10-01T12:00:03.000000",
          "status": "completed",
          "tracks_executed": [
            "government"
          ],
          "opportunities_found": {
            "government": 3
          },
          "total_opportunities": 3,
          "execution_time_seconds": 1,
          "error_messages": [],
          "notes": null
        }
        """)
  }

  @Test("The flat layout keeps all profiles together")
  func flat() throws {
    try world.done("export", "acme", "--to", folder, "--layout", "flat")
    #expect(
      try files() == [
        "profiles/acme.json", "sessions/session_000000000002_acme_20251001_120002.json",
      ])
  }

  @Test("Done again it writes nothing; programs see the counts")
  func again() throws {
    try world.done("export", "--to", folder)
    #expect(
      try world.run("export", "--to", folder)
        == .init(
          .done, "\(folder): 0 files written of 2 profiles, 4 held the same already\n"))
    #expect(
      try world.done("export", "acme", "--to", folder, "--json")
        == pretty(
          """
          {"folder":"\(folder)","layout":"folders","profiles":1,"written":0,"same":2,"failed":0}
          """))
  }

  @Test("An earlier state is exported with --at")
  func asOf() throws {
    try world.done("export", "acme", "--to", folder, "--at", "3")
    #expect(try text("acme/sessions/session_000000000002.json").contains("in_progress"))
  }

  @Test("A file that has changed since is an error that names it, and the others are written")
  func changed() throws {
    try world.done("export", "--to", folder)
    try world.done("fail", "session_000000000005", "--error", "e")
    try world.done("start", "beta")
    let outcome = try world.run("export", "--to", folder)
    #expect(
      outcome
        == .init(
          .failed,
          "\(folder): 1 file written of 2 profiles, 2 held the same already, "
            + "2 could not be written\n",
          errors: """
            error: beta: another file stands there \
            (\(folder)/beta/sessions/session_000000000005.json)
            hint: move it away, or export to another folder
            error: beta: another file stands there (\(folder)/beta/profile.json)
            hint: move it away, or export to another folder

            """))
  }

  @Test("Links are not followed, wherever they stand")
  func links() throws {
    let outside = world.base + "/outside"
    let manager = FileManager.default
    for link in ["acme", "acme/sessions", "acme/profile.json"] {
      try? manager.removeItem(atPath: folder)
      try? manager.removeItem(atPath: outside)
      try manager.createDirectory(atPath: outside, withIntermediateDirectories: true)
      let path = folder + "/" + link
      try manager.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      let isFile = link.hasSuffix(".json")
      try manager.createSymbolicLink(
        atPath: path, withDestinationPath: isFile ? outside + "/file" : outside)
      let outcome = try world.run("export", "--to", folder, "--json")
      #expect(outcome.status == .failed, "\(link): \(outcome)")
      let error = try JSON(parsing: outcome.errors)["error"]
      #expect(error?["code"] == "not_a_folder", "\(link): \(outcome)")
      #expect(error?["message"]?.string?.contains(path) == true, "\(link): \(outcome)")
      #expect(try manager.contentsOfDirectory(atPath: outside).isEmpty)
      #expect(manager.fileExists(atPath: folder + "/beta/profile.json"))
    }
  }

  @Test("A file where a folder is to be, and a folder where a file is to be, stay as they are")
  func obstacles() throws {
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: folder + "/beta/profile.json", withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/acme"))
    let outcome = try world.run("export", "--to", folder)
    #expect(outcome.status == .failed)
    #expect(outcome.errors.contains("\(folder)/acme"))
    #expect(outcome.errors.contains("\(folder)/beta/profile.json"))
    #expect(try text("acme") == "x")
    #expect(try manager.contentsOfDirectory(atPath: folder + "/beta/profile.json").isEmpty)
  }

  @Test("A folder that cannot be made is told once for the one profile that is named")
  func noParent() throws {
    let outcome = try world.run("export", "acme", "--to", world.base + "/a/b/c")
    #expect(outcome.status == .failed)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error: cannot make the folder: No such file"), "\(outcome)")
  }

  @Test(
    "What is wrong with the folder itself is told once, with what to do",
    arguments: ["folders", "flat"])
  func badFolder(layout: String) throws {
    let file = world.base + "/file"
    try Data("x".utf8).write(to: URL(fileURLWithPath: file))
    // The kernel lets nobody make a folder in /proc.
    for (place, named, hint) in [
      (file, file, "move it away, or export to another folder"),
      (world.base + "/a/b", world.base + "/a/b", "make the folder above it, or export to another"),
      ("/proc/daybook-x", "/proc/daybook-x", "make the folder above it, or export to another"),
      ("/proc", "/proc/", "export to another folder"),
    ] {
      let outcome = try world.run("export", "--to", place, "--layout", layout)
      #expect(outcome.status == .failed, "\(outcome)")
      #expect(outcome.output.isEmpty, "\(outcome)")
      let lines = outcome.errors.split(separator: "\n")
      #expect(lines.count == 2, "\(outcome)")
      #expect(lines.first?.contains("(\(named)") == true, "\(outcome)")
      #expect(lines.last?.hasPrefix("hint: ") == true, "\(outcome)")
      #expect(lines.last?.contains(hint) == true, "\(outcome)")
    }
  }

  @Test("A file in the place of a folder that all profiles share is told once")
  func sharedFolder() throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/sessions"))
    let outcome = try world.run("export", "--to", folder, "--layout", "flat")
    #expect(outcome.status == .failed)
    #expect(
      outcome.errors == """
        error: a link stands there, or something that is not a folder (\(folder)/sessions)
        hint: move it away, or export to another folder

        """)
  }

  @Test("What is beyond doubt of a damaged journal is exported, and the damage told")
  func damaged() throws {
    try world.flipByte(inLine: 3, of: "acme")
    let outcome = try world.run("export", "--to", folder)
    #expect(outcome.status == .damage)
    #expect(outcome.errors.hasPrefix("warning: acme: "))
    #expect(try files().contains("acme/profile.json"))
    #expect(try files().count == 3)
  }

  @Test(
    "What makes no sense together is refused, and nothing is written",
    arguments: [
      (["--to", "x", "--format", "csv"], "--to and --format are two different exports"),
      (["--layout", "flat"], "nothing says what to export"),
      (["--to", "x", "--since", "3"], "--since goes with --format"),
      (["--to", "x", "--follow"], "--follow goes with --format"),
      (["--format", "csv", "--layout", "flat"], "--layout goes with --to DIR"),
      (["--format", "csv", "--at", "3"], "--at goes with --to DIR"),
      (["--to", ""], "the folder to export to has no name"),
      (["--to", "x", "--layout", "tree"], "'--layout' takes flat or folders, not 'tree'"),
    ])
  func refused(options: [String], message: String) throws {
    let outcome = try world.run(["export"] + options)
    #expect(outcome.status == .usage)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome)")
    #expect(outcome.errors.contains("\nhint: ") || message.contains(" takes "), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: "x"))
  }
}
