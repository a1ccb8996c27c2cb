/// Something that an import has to tell of one file, or of what came of it.
package struct ImportNote: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// It was not imported, and should have been.
    case skipped
    /// It was imported, and not quite as it stands there.
    case changed
    /// It is none of what is imported: a lock, another program's file.
    case ignored
  }

  package let kind: Kind
  /// The file, from the folder that is imported.
  package let path: String
  /// Why, as a clause.
  package let message: String

  init(_ kind: Kind, _ path: String, _ message: String) {
    self.kind = kind
    self.path = path
    self.message = message
  }
}
