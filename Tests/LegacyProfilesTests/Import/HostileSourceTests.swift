import Discovery
import Foundation
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("A folder that was not made by an earlier program alone")
struct HostileSourceTests {
  let store: OldStore

  init() throws {
    store = try OldStore()
    try store.put(
      OldStore.session("good", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00"),
      at: "acme/sessions/good.json")
  }

  /// Imports; the good session is there, and what stood in the folder stands there as it was.
  private func importAll() throws -> OldStore.Outcome {
    let before = try contents()
    let outcome = try store.importAll()
    #expect(try contents() == before)
    #expect(outcome.failures.isEmpty)
    #expect(try store.state("acme").session("good")?.status == .completed)
    return outcome
  }

  /// The names and the sizes of all that is there.
  private func contents() throws -> [String] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: store.folder.path)
    return files.sorted().map { file in
      let path = store.folder.path + "/" + file
      // One whose name is no text is not found by it.
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      return "\(file) \(attributes?[.size] ?? 0) \(attributes?[.modificationDate] ?? 0)"
    }
  }

  @Test(
    "names no journal outside of the root, or none at all",
    arguments: [
      "../../etc", "..", ".", "", "a/b", "/etc/passwd", ".hidden", "a\u{0}b", "a\nb",
      String(repeating: "x", count: 300),
    ])
  func names(_ name: String) throws {
    try store.put(
      OldStore.session("bad", of: name, from: "2025-01-01 00:00:00"), at: "sessions/bad.json")
    try store.put(["profile_id": .string(name), "name": "x"], at: "profiles/bad.json")
    let outcome = try importAll()
    #expect(outcome.messages(.skipped, "sessions/bad.json").count == 1)
    #expect(outcome.messages(.skipped, "profiles/bad.json").count == 1)
    #expect(try store.profiles().names()?.map(\.text) == ["acme"])
    #expect(
      store.disk.paths.allSatisfy { $0.hasPrefix("/journals/acme/") || $0 == "/journals/.sessions" }
    )
  }

  @Test(
    "hides no session behind a name whose ends make one character with what stands beside it",
    arguments: ["a\u{605}", "\u{301}b", "\u{605}\u{301}"])
  func joiningNames(_ id: String) throws {
    try store.put(
      OldStore.session(id, of: "acme", from: "2025-01-03 00:00:00", to: "2025-01-04 00:00:00"),
      at: "acme/sessions/\(id).json")
    let outcome = try importAll()
    #expect(outcome.messages(.ignored).isEmpty)
    #expect(try store.state("acme").session(id)?.status == .completed)
  }

  @Test("leads nowhere by its links")
  func links() throws {
    let elsewhere = try OldStore()
    try elsewhere.put(
      OldStore.session("bad", of: "other", from: "2025-01-01 00:00:00"), at: "s/bad.json")
    for (name, target) in [
      ("file.json", elsewhere.folder.path + "/s/bad.json"), ("folder", elsewhere.folder.path),
      ("loop", "."), ("nowhere", "/nowhere"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: store.folder.path + "/" + name, withDestinationPath: target)
    }
    let outcome = try importAll()
    #expect(
      outcome.notes.map(\.path).sorted() == ["file.json", "folder", "loop", "nowhere"])
    #expect(
      Set(outcome.messages(.skipped)) == ["it is a link, and links are not followed"])
  }

  @Test("makes no memory go, however long a file is")
  func brackets() throws {
    let path = store.folder.path + "/acme/sessions/long.json"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.write(contentsOf: Data(repeating: UInt8(ascii: "["), count: 1 << 20))
    try file.truncate(atOffset: 1 << 30)
    try file.close()
    let outcome = try importAll()
    #expect(
      outcome.messages(.skipped, "acme/sessions/long.json") == [
        "it has 1073741824 bytes; at most 16777216 are read"
      ])
  }

  @Test(
    "has files that are no documents",
    arguments: [
      (Array("".utf8), "ends too early"), (Array("[1]".utf8), "it is no JSON object"),
      (Array(repeating: UInt8(ascii: "["), count: 1 << 20), "deep"),
      ([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], "UTF-8"),
      (Array(#"{"session_id":"x","session_id":"y"}"#.utf8), "twice"),
      (Array(#"{"session_id":"x","started_at":"2025"#.utf8), "ends too early"),
      (
        [0xEF, 0xBB, 0xBF] + Array(#"{"a":1}"#.utf8),
        "it begins with a byte order mark: save it as UTF-8 without a byte order mark"
      ),
      ([0xFF, 0xFE, 0x7B, 0, 0x7D, 0], "it is UTF-16: save it as UTF-8"),
      ([0xFE, 0xFF, 0, 0x7B, 0, 0x7D], "it is UTF-16: save it as UTF-8"),
      ([0x7B, 0, 0x7D, 0], "it is UTF-16: save it as UTF-8"),
    ])
  func noDocuments(_ bytes: [UInt8], _ cause: String) throws {
    try store.folder.write(bytes, to: "acme/sessions/bad.json")
    let outcome = try importAll()
    let messages = outcome.messages(.skipped, "acme/sessions/bad.json")
    #expect(messages.count == 1)
    #expect(messages.first?.contains(cause) == true, "\(messages)")
  }

  @Test("has two files of one session, of which the first in the order of the paths counts")
  func duplicates() throws {
    let twin = OldStore.session("twin", from: "2025-01-03 00:00:00", to: "2025-01-04 00:00:00")
    let other = OldStore.session("twin", of: "beta", from: "2025-02-03 00:00:00")
    try store.put(twin, at: "acme/sessions/a.json")
    try store.put(twin, at: "acme/sessions/b.json")
    try store.put(other, at: "beta/sessions/c.json")
    let outcome = try importAll()
    #expect(
      outcome.messages(.ignored, "acme/sessions/b.json") == [
        "twin is in acme/sessions/a.json too, with the same content"
      ])
    #expect(
      outcome.messages(.skipped, "beta/sessions/c.json") == [
        "twin is in acme/sessions/a.json too, and differs there"
      ])
    #expect(try store.state("acme").sessions().map(\.id) == ["twin", "good"])
  }

  @Test("has a profile whose id is not its file's name: the id counts")
  func otherName() throws {
    try store.put(["profile_id": "acme", "name": "A"], at: "profiles/beta.json")
    let outcome = try importAll()
    #expect(
      outcome.messages(.changed, "profiles/beta.json") == [
        "it says that it is acme: that is what it is imported as"
      ])
    #expect(try store.state("acme").fields["name"] == "A")
  }

  @Test("has files of others, locks among them")
  func others() throws {
    for path in ["acme/.lock", "acme/profile.json.lock", "notes.txt", "package.json"] {
      try store.put("{}", at: path)
    }
    try #require(mkfifo(store.folder.path + "/pipe.json", 0o600) == 0)
    let outcome = try importAll()
    #expect(
      outcome.messages(.ignored, "acme/profile.json.lock") == [
        "it is a lock, and locks mean nothing any more"
      ])
    #expect(outcome.messages(.ignored).count == 4)
    #expect(outcome.messages(.skipped, "pipe.json") == ["it is neither a file nor a folder"])
  }

  @Test("has names that are no text")
  func noText() throws {
    let name = Array((store.folder.path + "/").utf8).map(CChar.init) + [-1, 0x2E, 0x6A, 0]
    let descriptor = unsafe name.withUnsafeBufferPointer { name in
      unsafe name.baseAddress.map { unsafe open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1
    }
    #expect(descriptor >= 0)
    close(descriptor)
    let outcome = try importAll()
    #expect(outcome.messages(.skipped) == ["its name is not text"])
  }

  @Test("has names of more than one line")
  func lineFeed() throws {
    try store.put("{}", at: "acme/new\nline.json")
    let outcome = try importAll()
    #expect(outcome.messages(.skipped) == ["its name has a line feed in it: rename it"])
  }

  @Test("has sessions that do not say whose they are, or when they were")
  func incomplete() throws {
    try store.put(["session_id": "a", "status": "completed"], at: "a.json")
    try store.put(["session_id": "a", "status": "completed"], at: "beta/sessions/a.json")
    try store.put(
      ["session_id": "", "profile_id": "acme", "started_at": "2025-01-01"], at: "b.json")
    let outcome = try importAll()
    #expect(outcome.messages(.skipped, "a.json") == ["it does not say of which profile it is"])
    #expect(outcome.messages(.skipped, "b.json") == ["its session_id is empty"])
    #expect(outcome.messages(.skipped, "beta/sessions/a.json") == ["started_at is missing"])
  }

  @Test(
    "has sessions whose id is no text, and no profile is made of them",
    arguments: [
      ("acme/sessions/bad.json", #"{"profile_id":"beta","status":"completed"}"#),
      ("acme/sessions/bad.json", #"{"started_at":"2025-01-01"}"#),
      ("sessions/bad.json", #"{"profile_id":"beta","name":"N","started_at":"2025-01-01"}"#),
      ("bad.json", #"{"profile_id":"beta","tracks_executed":[]}"#),
    ])
  func noSessionID(_ path: String, _ text: String) throws {
    try store.put(text, at: path)
    let outcome = try importAll()
    #expect(outcome.messages(.skipped, path) == ["it is a session, and has no session_id"])
    #expect(try store.profiles().names()?.map(\.text) == ["acme"])
  }

  @Test("has sessions of which no more than the id is left, and no profile is made of them")
  func onlyID() throws {
    try store.put(["session_id": "s", "profile_id": "beta"], at: "beta/sessions/s.json")
    let outcome = try importAll()
    #expect(outcome.messages(.skipped) == ["started_at is missing"])
    #expect(try store.profiles().names()?.map(\.text) == ["acme"])
  }

  @Test("has sessions whose id is a number, or null", arguments: ["7", "null", #"{"a":[1]}"#])
  func noText(_ id: String) throws {
    try store.put(
      #"{"session_id":\#(id),"profile_id":"beta","status":"failed"}"#, at: "elsewhere/bad.json")
    let outcome = try importAll()
    #expect(outcome.messages(.skipped) == ["its session_id is \(id), which is no text"])
    #expect(try store.profiles().names()?.map(\.text) == ["acme"])
  }

  @Test("has a profile with members that sessions have")
  func profileLikeASession() throws {
    try store.put(
      ["profile_id": "beta", "name": "B", "status": "active", "started_at": "1987"],
      at: "beta/profile.json")
    #expect(try importAll().messages(.skipped) == [])
    #expect(try store.state("beta").fields["started_at"] == "1987")
  }

  @Test(
    "has two files of one session, of which only the second can be imported",
    arguments: [#""""#, "7", "null", #""soon""#])
  func firstIsUnusable(_ start: String) throws {
    try store.put(
      #"{"session_id":"twin","profile_id":"acme","started_at":\#(start),"status":"completed"}"#,
      at: "acme/sessions/a.json")
    try store.put(
      OldStore.session("twin", from: "2025-01-03 00:00:00", to: "2025-01-04 00:00:00"),
      at: "acme/sessions/b.json")
    let outcome = try importAll()
    let shown = start.hasPrefix("\"") ? "“\(start.dropFirst().dropLast())”" : start
    let reason =
      start == "null" ? "started_at is missing" : "started_at is \(shown), which is not a time"
    #expect(outcome.notes.map(\.path) == ["acme/sessions/a.json"])
    #expect(outcome.messages(.skipped) == [reason])
    #expect(try store.state("acme").session("twin")?.status == .completed)
  }

  @Test("has two files of one session, or of one profile, that say the same in another spelling")
  func sameContent() throws {
    let twin = OldStore.session("twin", from: "2025-01-03 00:00:00", to: "2025-01-04 00:00:00").text
    try store.put(twin, at: "acme/sessions/a.json")
    try store.put(" \(twin)\n", at: "sessions/b.json")
    try store.put(#"{"profile_id":"acme","name":"A"}"#, at: "acme/profile.json")
    try store.put(#"{ "name": "\u0041", "profile_id": "acme" }"#, at: "profiles/acme.json")
    let outcome = try importAll()
    #expect(outcome.messages(.skipped) == [])
    #expect(
      outcome.messages(.ignored) == [
        "acme is in acme/profile.json too, with the same content",
        "twin is in acme/sessions/a.json too, with the same content",
      ])
  }

  @Test("has sessions whose ids only look the same")
  func alike() throws {
    for (name, id) in [("a", "caf\u{E9}"), ("b", "cafe\u{301}")] {
      try store.put(
        OldStore.session(id, from: "2025-01-03 00:00:00"), at: "acme/sessions/\(name).json")
      try store.put(
        ["lead_id": .string(name), "session_id": .string(id)], at: "leads/\(name).json")
    }
    let outcome = try importAll()
    #expect(outcome.notes.isEmpty)
    #expect(outcome.results["acme"]?.opportunities == 2)
    #expect(try store.state("acme").running.map { $0.utf8.count } == [5, 6])
    try store.put(
      OldStore.session("caf\u{E9}", from: "2025-01-03 00:00:00", to: "2027-01-01 00:00:00"),
      at: "acme/sessions/a.json")
    #expect(try store.importAll().results["acme"]?.endings == 1)
    #expect(try store.state("acme").running.map { $0.utf8.count } == [6])
  }

  @Test("has files that say another profile than their folder, or their session: that is told")
  func otherProfile() throws {
    try store.put(["profile_id": "beta", "name": "B"], at: "beta/profile.json")
    try store.put(
      OldStore.session("moved", of: "acme", from: "2025-01-03 00:00:00"),
      at: "beta/sessions/moved.json")
    try store.put(
      ["lead_id": "l", "profile_id": "beta", "session_id": "moved"], at: "leads/l.json")
    try store.put(
      OldStore.session("flat", of: "acme", from: "2025-01-03 00:00:00"),
      at: "nobody/sessions/flat.json")
    let outcome = try importAll()
    #expect(
      outcome.messages(.changed, "beta/sessions/moved.json") == [
        "it stands in the folder of beta and says that it is of acme: it is imported so"
      ])
    #expect(
      outcome.messages(.changed, "leads/l.json") == [
        "it says that it is of beta, and moved, which found it, is of acme: it is imported so"
      ])
    #expect(outcome.notes.count == 2)
    #expect(try store.state("acme").session("moved")?.totalOpportunities == 1)
  }
}
