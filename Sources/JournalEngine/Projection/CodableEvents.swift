internal import FoundationEssentials

/// How any `Codable` event becomes a type and fields, and back.
///
/// An enum with associated values is recorded by its case: `.deposited(cents: 5)` has the type
/// `deposited` and the fields `{"cents":5}`. Name the cases otherwise by `CodingKeys` (of type
/// `String`). Any other type is recorded under its Swift name, and what is not an object under
/// the field `value`. The coding is the toolchain's `JSONEncoder` and `JSONDecoder`.
extension Projection where Event: Codable {
  public static func encode(_ event: Event) throws -> RecordedEvent {
    let encoded = try JSONEncoder().encode(event)
    let json = try JSON(parsing: [UInt8](encoded))
    let isEnum = Mirror(reflecting: event).displayStyle == .enum
    if isEnum, let object = json.object, object.count == 1,
      let member = object.first(where: { _ in true }),
      let fields = member.value.object
    {
      return RecordedEvent(type: member.name, data: fields)
    }
    return RecordedEvent(type: swiftName, data: json.object ?? ["value": json])
  }

  public static func decode(_ recorded: RecordedEvent) throws -> Event? {
    if recorded.type == swiftName {
      return try decodeWhole(recorded.data)
    }
    let json = JSON.object([recorded.type: .object(recorded.data)])
    do {
      return try JSONDecoder().decode(Event.self, from: Data(json.text.utf8))
    } catch DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty {
      return nil  // no case of that name
    } catch DecodingError.keyNotFound(_, let context) where context.codingPath.isEmpty {
      return nil  // not an enum, and recorded under another name
    }
  }

  private static func decodeWhole(_ data: JSONObject) throws -> Event {
    do {
      return try JSONDecoder().decode(Event.self, from: Data(JSON.object(data).text.utf8))
    } catch let error as DecodingError {
      guard data.count == 1, let value = data["value"] else { throw error }
      return try JSONDecoder().decode(Event.self, from: Data(value.text.utf8))
    }
  }

  private static var swiftName: String { String(describing: Event.self) }
}
