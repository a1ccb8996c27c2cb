internal import Foundation

/// The checked-in inputs, a folder for each target: small ones that reach what a target can reach,
/// and every input that once broke something.
package enum Corpus {
  package static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    + "/Corpus"

  /// The files of a target, in order.
  package static func files(of target: FuzzTarget) throws -> [String] {
    let folder = folder + "/" + target.rawValue
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { folder + "/" + $0 }
  }

  package static func bytes(of file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
  }
}
