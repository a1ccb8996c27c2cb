internal import FoundationEssentials

/// How any `Codable` event becomes a type and fields, and back.
///
/// An enum with associated values is recorded by its case: `.deposited(cents: 5)` has the type
/// `deposited` and the fields `{"cents":5}`. Name the cases otherwise by `CodingKeys` (of type
/// `String`). Any other type is recorded under its Swift name; what is not an object, or one with a
/// member `value` alone, under the field `value`. The coding is the toolchain's `JSONEncoder` and
/// `JSONDecoder`.
extension Projection where Event: Codable {
  public static func encode(_ event: Event) throws -> RecordedEvent {
    let encoded = try JSONEncoder().encode(event)
    let json = try json([UInt8](encoded))
    let isEnum = Mirror(reflecting: event).displayStyle == .enum
    if isEnum, let object = json.object, object.count == 1,
      let member = object.first(where: { _ in true }),
      let fields = member.value.object
    {
      return RecordedEvent(type: member.name, data: fields)
    }
    // What could be taken for a value that was put into an object is put into one as well.
    guard let object = json.object, object.count != 1 || object["value"] == nil else {
      return RecordedEvent(type: swiftName, data: ["value": json])
    }
    return RecordedEvent(type: swiftName, data: object)
  }

  /// However long: the line's length is judged as a whole.
  private static func json(_ encoded: [UInt8]) throws(JournalError) -> JSON {
    do throws(JSONError) {
      return try JSON(parsing: encoded, limits: JSONLimits(length: encoded.count))
    } catch {
      throw JournalError(
        .invalidEvent, "the event \(swiftName) cannot be recorded: \(error)",
        hint: "record something flatter, no name twice in any object")
    }
  }

  public static func decode(_ recorded: RecordedEvent) throws -> Event? {
    guard recorded.type == swiftName else { return try decodeCase(recorded) }
    do {
      return try decodeWhole(recorded.data)
    } catch let error as DecodingError {
      // A case may be named as its enum.
      guard let event = try? decodeCase(recorded) else { throw error }
      return event
    }
  }

  private static func decodeCase(_ recorded: RecordedEvent) throws -> Event? {
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
    let whole = Data(JSON.object(data).text.utf8)
    guard data.count == 1, let value = data["value"] else {
      return try JSONDecoder().decode(Event.self, from: whole)
    }
    do {
      return try JSONDecoder().decode(Event.self, from: Data(value.text.utf8))
    } catch is DecodingError {
      // As it was recorded once, where it has a member `value` alone.
      return try JSONDecoder().decode(Event.self, from: whole)
    }
  }

  private static var swiftName: String { String(describing: Event.self) }
}
