import Foundation

@testable import JournalEngine

/// What stands in a folder: every name below it, and of each file its size and SHA-256.
struct FolderImage: Equatable, CustomStringConvertible {
  private let entries: [String: String]

  init(_ path: String) throws {
    var entries: [String: String] = [:]
    for name in FileManager.default.enumerator(atPath: path) ?? .init() {
      guard let name = name as? String else { continue }
      let file = path + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      let type = attributes[.type] as? FileAttributeType ?? .typeUnknown
      guard type == .typeRegular, let bytes = FileManager.default.contents(atPath: file) else {
        entries[name] = type.rawValue
        continue
      }
      entries[name] = "\(bytes.count) \(Digest(of: [UInt8](bytes)))"
    }
    self.entries = entries
  }

  var description: String {
    entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
  }
}
