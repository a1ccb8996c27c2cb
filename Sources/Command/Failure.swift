package import Discovery
package import JournalEngine
import LegacyProfiles

/// An error as the command line tells it: fact, message, exit status.
package struct Failure: Error {
  package let code: String
  package let message: String
  package let hint: String?
  package let status: ExitStatus

  package init(code: String, message: String, hint: String?, status: ExitStatus) {
    self.code = code
    self.message = message
    self.hint = hint
    self.status = status
  }

  package init(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as UsageError: self.init(error)
    case let error as DiscoveryError: self.init(error)
    case let error as JournalError: self.init(error)
    case let error as ExportError: self.init(error)
    case let error as SourceError:
      self.init(
        code: error.isTooLong ? "too_large" : "io", message: error.description, hint: nil,
        status: .failed)
    case let error as OutputError:
      self.init(code: "io", message: "\(error)", hint: nil, status: .failed)
    default: self.init(code: "failed", message: "\(error)", hint: nil, status: .failed)
    }
  }

  package init(_ error: UsageError) {
    let hint = error.hint ?? error.usage.map { "call it as `\($0)`" }
    self.init(code: "usage", message: error.message, hint: hint, status: .usage)
  }

  package init(_ error: DiscoveryError) {
    let status: ExitStatus =
      switch error.code {
      case .notFound: .notFound
      case .conflict: .conflict
      default: .usage
      }
    self.init(
      code: error.code.description, message: error.message, hint: error.hint, status: status)
  }

  package init(_ error: JournalError) {
    let status: ExitStatus =
      switch error.code {
      case .invalidName, .invalidEvent: .usage
      case .notFound, .pruned: .notFound
      case .gaveUp: .conflict
      case .damaged, .cursorLost, .snapshotDiffers: .damage
      default: .failed
      }
    var place = ""
    if let file = error.file {
      place = " (" + file + (error.offset.map { ", byte \($0)" } ?? "") + ")"
    }
    self.init(
      code: error.code.description, message: error.message + place, hint: error.hint,
      status: status)
  }

  /// Whether it says that something is not there; not that it is there no more.
  package var isNotFound: Bool { code == JournalError.Code.notFound.description }

  /// The same, said of one profile among others.
  package func of(_ profile: JournalName) -> Failure {
    Failure(code: code, message: "\(profile): \(message)", hint: hint, status: status)
  }

  /// What stands on standard error, with its line ends.
  package func text(json: Bool, style: Style) -> String {
    if json { return self.json.text + "\n" }
    var text = style.red("error:") + " \(message.escapedForTerminal)\n"
    if let hint { text += style.dim("hint:") + " \(hint.escapedForTerminal)\n" }
    return text
  }

  /// The error for programs.
  package var json: JSON {
    [
      "error": [
        "code": .string(code), "message": .string(message),
        "hint": hint.map(JSON.string) ?? .null,
      ]
    ]
  }
}
