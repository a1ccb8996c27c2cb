import JournalEngine

/// A field of an entry is not what its type says.
struct UnexpectedField: Error, CustomStringConvertible {
  let name: String
  let expected: String

  var description: String { "\(name) is not \(expected)" }
}

/// Reads fields by their name and type; `null` is the same as missing.
struct Fields {
  let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  func text(_ name: String) throws -> String? {
    try value(name, "a string", \.string)
  }

  func object(_ name: String) throws -> JSONObject {
    try value(name, "an object", \.object) ?? JSONObject()
  }

  func array(_ name: String) throws -> [JSON]? {
    try value(name, "an array", \.array)
  }

  func texts(_ name: String) throws -> [String] {
    try (array(name) ?? []).map { element in
      guard let text = element.string else {
        throw UnexpectedField(name: name, expected: "an array of strings")
      }
      return text
    }
  }

  func count(_ name: String) throws -> Int64? {
    let count = try value(name, "a whole number", \.int)
    if let count, count < 0 { throw UnexpectedField(name: name, expected: "zero or more") }
    return count
  }

  func number(_ name: String) throws -> JSONNumber? {
    try value(name, "a number", \.number)
  }

  func flag(_ name: String) throws -> Bool? {
    try value(name, "true or false", \.bool)
  }

  /// A moment as the journal writes it.
  func time(_ name: String) throws -> Timestamp? {
    try value(name, "a time") { $0.string.flatMap { Timestamp($0) } }
  }

  /// One of a few words.
  func word<T: RawRepresentable<String>>(_ name: String, _ type: T.Type = T.self) throws -> T? {
    try value(name, "a word that is known") { $0.string.flatMap { T(rawValue: $0) } }
  }

  /// What must be there.
  func required<T>(_ name: String, _ value: T?) throws -> T {
    guard let value else { throw UnexpectedField(name: name, expected: "there") }
    return value
  }

  func counts(_ name: String) throws -> [TrackCount]? {
    guard let counts = try value(name, "an object", \.object) else { return nil }
    let fields = Fields(counts)
    return try counts.names.map { TrackCount($0, try fields.count($0) ?? 0) }
  }

  func origin() throws -> DiscoveryEvent.Origin {
    DiscoveryEvent.Origin(
      source: try text("source"), confidence: try number("confidence"))
  }

  private func value<T>(_ name: String, _ expected: String, _ read: (JSON) -> T?) throws -> T? {
    guard let json = object[name], !json.isNull else { return nil }
    guard let value = read(json) else { throw UnexpectedField(name: name, expected: expected) }
    return value
  }
}
