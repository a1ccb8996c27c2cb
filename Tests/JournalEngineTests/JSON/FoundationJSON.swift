import Foundation

/// What a reader of the toolchain makes of a text: values with numbers as doubles and objects as
/// dictionaries, which is all that both of them have.
enum FoundationJSON {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([FoundationJSON])
  case object([String: FoundationJSON])

  enum Reader: CaseIterable {
    case serialization, decoder
  }

  /// Reads with one of them; nil where it refuses.
  init?(_ bytes: [UInt8], by reader: Reader) {
    switch reader {
    case .serialization:
      let any = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      guard let any else { return nil }
      self.init(any)
    case .decoder:
      guard let value = try? JSONDecoder().decode(FoundationJSON.self, from: Data(bytes)) else {
        return nil
      }
      self = value
    }
  }

  private init?(_ any: Any) {
    switch any {
    case is NSNull: self = .null
    case let string as String: self = .string(string)
    case let elements as [Any]: self = .array(elements.compactMap { FoundationJSON($0) })
    case let members as [String: Any]:
      self = .object(members.compactMapValues { FoundationJSON($0) })
    case let number as NSNumber:
      // A truth value is a number of one byte; the numbers of a text have more.
      self =
        number.objCType.pointee == CChar(UInt8(ascii: "c"))
        ? .bool(number.boolValue) : .number(number.doubleValue)
    default: return nil
    }
  }
}

extension FoundationJSON: Decodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      let members = try container.allKeys.map {
        ($0.stringValue, try container.decode(FoundationJSON.self, forKey: $0))
      }
      self = .object(Dictionary(members) { first, _ in first })
      return
    }
    if var container = try? decoder.unkeyedContainer() {
      var elements: [FoundationJSON] = []
      while !container.isAtEnd { elements.append(try container.decode(FoundationJSON.self)) }
      self = .array(elements)
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }
}
