import JournalEngine

/// Reads what the user writes as `NAME=VALUE`.
enum Fields {
  /// `FIELD=VALUE …`: VALUE is JSON if it parses as JSON, else a string.
  static func parse(_ arguments: some Sequence<String>) throws(UsageError) -> JSONObject {
    var fields = JSONObject()
    for argument in arguments {
      let (name, value) = try split(argument, "FIELD=VALUE")
      guard fields[name] == nil else {
        throw UsageError(message: "the field \(name) is given twice", hint: "give it once")
      }
      fields[name] = (try? JSON(parsing: value)) ?? .string(value)
    }
    return fields
  }

  /// `TRACK=N …`
  static func counts(_ arguments: [String]) throws(UsageError) -> [(track: String, count: Int64)] {
    var counts: [(String, Int64)] = []
    for argument in arguments {
      let (track, text) = try split(argument, "TRACK=N")
      guard let count = Int64(text), count >= 0 else {
        throw UsageError(
          message: "“\(text)” of the track \(track) is not a count",
          hint: "a whole number is expected, zero or more")
      }
      counts.append((track, count))
    }
    return counts
  }

  private static func split(
    _ argument: String, _ form: String
  ) throws(UsageError) -> (String, String) {
    // Of its bytes: a combining mark behind it would make another character of it.
    guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")),
      equals != argument.startIndex
    else {
      throw UsageError(message: "“\(argument)” is not \(form)", hint: "name=value is expected")
    }
    return (String(argument[..<equals]), String(argument[argument.utf8.index(after: equals)...]))
  }
}
