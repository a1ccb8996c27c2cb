import JournalEngine

/// Why a file of an export was not written.
package struct ExportError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// Something else stands there.
    case exists
    /// The way there leads through a link, or something that is no folder.
    case notAFolder = "not_a_folder"
    case diskFull = "disk_full"
    case denied
    case io
  }

  package let code: Code
  /// What is wrong, as one sentence without a full stop.
  package let message: String
  /// What to do about it.
  package let hint: String
  /// The file or folder.
  package let file: String
  /// Whether no other profile can be exported either.
  package private(set) var isOfAll = false

  init(_ code: Code, _ message: String, hint: String, file: String) {
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
  }

  /// What the file system said, in the words of an export.
  init(_ error: JournalError, at path: String) {
    let file = error.file ?? path
    switch error.code {
    case .notAFolder:
      self.init(
        .notAFolder, "a link stands there, or something that is not a folder",
        hint: "move it away, or export to another folder", file: file)
    case .diskFull:
      self.init(
        .diskFull, error.message, hint: "free some space, and export once more", file: file)
    case .denied:
      self.init(
        .denied, error.message, hint: "\(error.hint); or export to another folder", file: file)
    case .notFound:
      self.init(
        .io, error.message, hint: "make the folder above it, or export to another folder",
        file: file)
    case .syncFailed:
      self.init(
        .io, "what was written could not be made durable",
        hint: "check the disk, and export once more", file: file)
    default: self.init(.io, error.message, hint: error.hint, file: file)
    }
  }

  /// The same, as an error of the whole export.
  func ofAll() -> ExportError {
    var error = self
    error.isOfAll = true
    return error
  }

  package var description: String { "\(message) (\(file)); \(hint)" }
}
