import Foundation

/// Where the samples and their views stand in the package, and scratch folders beside them.
enum SampleFolder {
  /// The package's own folder.
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let journals = package.appending(path: "Journals")
  static let golden = package.appending(path: "Tests/DiscoveryTests/Golden")

  static func setting(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

  /// The files of a folder by their names.
  static func contents(of folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    {
      contents[file.lastPathComponent] = try Data(contentsOf: file)
    }
    return contents
  }

  /// A new folder that is removed again.
  static func withScratch<R>(_ body: (URL) throws -> R) throws -> R {
    let folder = try makeScratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  static func withScratch<R>(_ body: (URL) async throws -> R) async throws -> R {
    let folder = try makeScratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  private static func makeScratch() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "daybook-samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
