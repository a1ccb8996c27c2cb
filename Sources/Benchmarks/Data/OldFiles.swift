internal import Glibc
internal import JournalEngine

/// A folder of files as an earlier program left it: profiles with their sessions.
enum OldFiles {
  /// - Returns: the paths of all files.
  static func make(_ bench: Bench, in root: String, profiles: Int, sessions: Int) throws
    -> [String]
  {
    var random = SeededGenerator(seed: bench.options.seed)
    var paths: [String] = []
    for number in 0..<profiles {
      let profile = "profile_" + hex(number)
      let folder = root + "/" + profile
      try Folder.make(folder)
      try Folder.make(folder + "/sessions")
      paths.append(folder + "/profile.json")
      try write(
        [
          "profile_id": .string(profile), "organization_name": .string("Organization \(number)"),
          "focus_areas": ["health", "education"], "status": "active",
          "created_at": "2025-01-01T08:00:00.000000", "updated_at": "2025-01-01T08:00:00.000000",
        ], to: folder + "/profile.json")
      for place in 0..<sessions {
        let id = "session_" + hex(number * sessions + place)
        let found = Int64.random(in: 0..<50, using: &random)
        let path = folder + "/sessions/" + id + ".json"
        paths.append(path)
        try write(
          [
            "session_id": .string(id), "profile_id": .string(profile),
            "started_at": .string("2025-02-\(two(1 + place % 28))T10:\(two(place / 28)):07.120034"),
            "completed_at": .string(
              "2025-02-\(two(1 + place % 28))T10:\(two(place / 28)):48.650911"),
            "status": "completed", "tracks_executed": ["government", "foundation"],
            "opportunities_found": ["government": .number(JSONNumber(found)), "foundation": 3],
            "total_opportunities": .number(JSONNumber(found + 3)), "execution_time_seconds": 41,
            "error_messages": [], "notes": "Unified discovery with 2 funding source types",
          ], to: path)
      }
    }
    return paths
  }

  private static func hex(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func write(_ json: JSON, to path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure("make", path) }
    defer { close(descriptor) }
    let bytes = Array(json.prettyText().utf8)
    let count = unsafe bytes.withUnsafeBytes { bytes in
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
    guard count == bytes.count else { throw SystemFailure("write", path) }
  }
}
