import Foundation
import JournalEngine
import Testing

/// A JSON Schema of draft 7, as far as the schema of CloudEvents needs one. What it does not know
/// it refuses to judge.
struct JSONSchema {
  private let root: JSON

  init(_ root: JSON) { self.root = root }

  /// The schema that the specification of CloudEvents 1.0 gives for its JSON format (Apache License
  /// 2.0), as it stands beside `json-format.md` there.
  static func cloudEvents() throws -> JSONSchema {
    let url = try #require(
      Bundle.module.url(forResource: "cloudevents", withExtension: "json", subdirectory: "Schemas"))
    return JSONSchema(try JSON(parsing: Array(Data(contentsOf: url))))
  }

  struct Unknown: Error {
    let what: String
  }

  /// What is wrong with a value, one sentence each; empty where it is valid.
  func faults(in value: JSON) throws -> [String] {
    try faults(in: value, by: root, at: "$")
  }

  private func faults(in value: JSON, by schema: JSON, at path: String) throws -> [String] {
    var faults: [String] = []
    for (keyword, rule) in schema.object ?? [:] {
      switch keyword {
      case "$schema", "description", "examples", "definitions", "contentEncoding": break
      case "$ref":
        let name = rule.string?.split(separator: "/").last.map(String.init) ?? ""
        guard let definition = root["definitions"]?[name] else { throw Unknown(what: name) }
        faults += try self.faults(in: value, by: definition, at: path)
      case "type":
        let types = rule.array?.compactMap(\.string) ?? [rule.string ?? ""]
        if !types.contains(Self.type(of: value)) { faults.append("\(path) is not \(types)") }
      case "required":
        for name in rule.array ?? [] where value[name.string ?? ""] == nil {
          faults.append("\(path) has no \(name)")
        }
      case "properties":
        for (name, property) in rule.object ?? [:] {
          guard let member = value[name] else { continue }
          faults += try self.faults(in: member, by: property, at: path + "." + name)
        }
      case "minLength":
        if let text = value.string, text.unicodeScalars.count < Int(rule.int ?? 0) {
          faults.append("\(path) is too short")
        }
      case "format":
        if let text = value.string, try !Self.matches(text, format: rule.string ?? "") {
          faults.append("\(path) is no \(rule)")
        }
      default: throw Unknown(what: keyword)
      }
    }
    return faults
  }

  private static func type(of value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  private static func matches(_ text: String, format: String) throws -> Bool {
    switch format {
    case "date-time":
      // RFC 3339, section 5.6.
      let form = /\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)/
      return text.wholeMatch(of: form) != nil
    case "uri-reference":
      // RFC 3986: its characters, and no percent sign but before two digits.
      let form = /([A-Za-z0-9\-._~:\/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*/
      return text.wholeMatch(of: form) != nil
    case "uri": return try matches(text, format: "uri-reference") && text.contains(":")
    default: throw Unknown(what: format)
    }
  }
}
