import Foundation
import Testing

/// Code that was written against the earlier services compiles against `LegacyService`, and each
/// call warns with what takes its place.
@Suite("Calls of the earlier services", .enabled(if: Compiler.isThere, "swiftc is needed"))
struct OldCallsTests {
  @Test("of the one with folders")
  func unified() throws {
    try expectWarnings(
      of: """
        let service = UnifiedProfileService()
        let id: String? = try await service.startDiscoverySession(
          profileID: "p", tracks: ["a"], sessionParams: ["max": 10])
        if let id {
          let isDone = try await service.completeDiscoverySession(
            sessionID: id, opportunitiesFound: ["a": 1], totalOpportunities: 1)
          if !isDone { try await service.failDiscoverySession(sessionID: id, errors: ["e"]) }
          if let session = try await service.getSession(sessionID: id) {
            print(session.status, session.totalOpportunities)
          }
        }
        for session in try await service.getProfileSessions(profileID: "p", limit: 5) {
          print(session.sessionID)
        }
        var profile = LegacyProfile(profileID: "p", members: ["organization_name": "P"])
        _ = try await service.createProfile(profile)
        profile["notes"] = "n"
        _ = try await service.updateProfile(profile)
        print(try await service.getProfile(profileID: "p")?.name ?? "")
        print(try await service.listProfiles(limit: 50).count)
        _ = try await service.deleteProfile(profileID: "p")
        """,
      [
        "'UnifiedProfileService' is deprecated: use ProfileStore of the module Discovery",
        "'init(dataDir:by:)' is deprecated: use ProfileStore(root:)",
        "'startDiscoverySession(profileID:tracks:sessionParams:)' is deprecated: use "
          + "ProfileStore.start(_:tracks:params:), which returns the Session",
        "'completeDiscoverySession(sessionID:opportunitiesFound:totalOpportunities:notes:)' is "
          + "deprecated: use ProfileStore.complete(_:_:), which throws notFound where this returns "
          + "false",
        "'failDiscoverySession(sessionID:errors:)' is deprecated: use "
          + "ProfileStore.fail(_:errors:), which throws notFound where this returns false",
        "'getSession(sessionID:)' is deprecated: use ProfileStore.session(_:), which throws "
          + "notFound where this returns nil",
        "'getProfileSessions(profileID:statusFilter:limit:)' is deprecated: use "
          + "ProfileStore.sessions(of:status:limit:)",
        "'LegacyProfile' is deprecated: use ProfileStatus of the module Discovery",
        "'createProfile' is deprecated: use ProfileStore.create(_:fields:)",
        "'updateProfile' is deprecated: use ProfileStore.update(_:set:unset:)",
        "'getProfile(profileID:)' is deprecated: use ProfileStore.status(of:), which throws "
          + "notFound where this returns nil",
        "'listProfiles(limit:offset:search:)' is deprecated: use ProfileStore.list() and "
          + "ProfileStore.status(of:)",
        "'deleteProfile(profileID:)' is deprecated: use ProfileStore.delete(_:)",
      ])
  }

  @Test("of the flat one")
  func flat() throws {
    try expectWarnings(
      of: """
        let service = ProfileService(dataDir: "Journals")
        let profile = try await service.createProfile(["name": "P"])
        guard let session = try await service.startDiscoverySession(
          profileID: profile.profileID, tracks: ["a"])
        else { return }
        _ = try await service.completeDiscoverySession(
          sessionID: session.sessionID, opportunitiesFound: ["a": 1], totalOpportunities: 1,
          executionTime: 7, errorMessages: [])
        _ = try await service.failDiscoverySession(
          sessionID: session.sessionID, errorMessages: ["e"])
        print(try await service.getSession(sessionID: session.sessionID)?.status ?? "")
        print(try await service.getProfileSessions(profileID: profile.profileID).count)
        print(try await service.isDiscoveryInProgress(profileID: profile.profileID))
        print(try await service.getProfile(profileID: profile.profileID)?.status ?? "")
        _ = try await service.updateProfile(
          profileID: profile.profileID, updateData: ["a": 1])
        print(try await service.listProfiles(status: "active").count)
        _ = try await service.deleteProfile(profileID: profile.profileID)
        """,
      [
        "'ProfileService' is deprecated: use ProfileStore of the module Discovery",
        "'init(dataDir:by:)' is deprecated: use ProfileStore(root:)",
        "'createProfile' is deprecated: use ProfileStore.create(_:fields:), under an id of your own",
        "'startDiscoverySession(profileID:tracks:)' is deprecated: use "
          + "ProfileStore.start(_:tracks:), which makes the profile's journal where it is not",
        "'completeDiscoverySession(sessionID:opportunitiesFound:totalOpportunities:"
          + "executionTime:errorMessages:)' is deprecated: use ProfileStore.complete(_:_:), which "
          + "throws notFound where this returns false",
        "'failDiscoverySession(sessionID:errorMessages:)' is deprecated: use "
          + "ProfileStore.fail(_:errors:), which throws notFound where this returns false",
        "'getSession(sessionID:)' is deprecated: use ProfileStore.session(_:), which throws "
          + "notFound where this returns nil",
        "'getProfileSessions(profileID:limit:)' is deprecated: use "
          + "ProfileStore.sessions(of:status:limit:)",
        "'isDiscoveryInProgress(profileID:)' is deprecated: use ProfileStore.status(of:) and its "
          + "discovery == .inProgress",
        "'getProfile(profileID:)' is deprecated: use ProfileStore.status(of:), which throws "
          + "notFound where this returns nil",
        "'updateProfile(profileID:updateData:)' is deprecated: use "
          + "ProfileStore.update(_:set:unset:)",
        "'listProfiles(status:organizationType:limit:offset:)' is deprecated: use "
          + "ProfileStore.list() and ProfileStore.status(of:)",
        "'deleteProfile(profileID:)' is deprecated: use ProfileStore.archive(_:), or delete(_:) "
          + "to hide it",
      ])
  }

  private func expectWarnings(of body: String, _ expected: Set<String>) throws {
    let scratch = try Scratch()
    let source = "import LegacyService\nfunc old() async throws {\n\(body)\n}\n"
    let file = scratch.path + "/Old.swift"
    try Data(source.utf8).write(to: URL(fileURLWithPath: file))
    let result = try Compiler.check(file)
    #expect(result.status == .exit(0), "\(result.error)")
    let warnings = result.error.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix(file), let start = line.range(of: ": warning: ") else { return nil }
      return String(line[start.upperBound...]).replacing(" [#DeprecatedDeclaration]", with: "")
    }
    let (found, missing) = (Set(warnings), expected.subtracting(warnings))
    #expect(missing.isEmpty)
    #expect(found.subtracting(expected).isEmpty)
  }
}

/// The compiler of the toolchain, on the modules that were just built.
enum Compiler {
  static let isThere: Bool =
    (try? Child.run(["swiftc", "--version"]).status == .exit(0)) ?? false

  /// Looks a file over without compiling it.
  static func check(_ file: String) throws -> Child.Result {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let built = tests.deletingLastPathComponent().path
    let modules = ["CLinux", "CQuotes", "CSHA256"].flatMap {
      ["-Xcc", "-fmodule-map-file=\(built)/\($0).build/module.modulemap"]
    }
    return try Child.run(
      ["swiftc", "-typecheck", "-swift-version", "6", "-I", built + "/Modules"] + modules + [file])
  }
}
