/// A place that a line may lack, as large as one that it has: an optional would take a byte more, and
/// room around it.
@propertyWrapper
package struct OptionalPlace: Sendable, Equatable {
  /// An empty one where there is none: a string has its quotes, an object its braces.
  private var place = TextRange()

  package init() {}

  package var wrappedValue: TextRange? {
    get { place.upper == 0 ? nil : place }
    set { place = newValue ?? TextRange() }
  }
}
