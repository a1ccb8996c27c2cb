/// Who set each current field.
public struct FieldOrigins: Sendable, Hashable {
  private var origins: [ExactName: Profile.Provenance] = [:]

  /// The origin of a field; nil where there is no such field.
  public internal(set) subscript(_ field: String) -> Profile.Provenance? {
    get { origins[ExactName(field)] }
    set { origins[ExactName(field)] = newValue }
  }

  /// All of them, in the order of the fields' names.
  var inOrder: [(field: String, origin: Profile.Provenance)] {
    origins.sorted { $0.key.text.utf8.lexicographicallyPrecedes($1.key.text.utf8) }
      .map { ($0.key.text, $0.value) }
  }
}
