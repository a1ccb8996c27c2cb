import Discovery
import JournalEngine
import Testing

@Suite("Numbers keep their exact text")
struct ExactNumberTests {
  let scratch = Scratch()

  static let numbers = [
    "1.50", "1e2", "1E+02", "12345678901234567890.5", "-0", "0.10", "1e400", "2.50e-3",
    "100000000000000000000000000000000000000001",
  ]

  @Test("in fields, through the journal and the status", arguments: numbers)
  func fields(number: String) throws {
    let value = try JSON.parsed(#"{"deep":[\#(number)]}"#)
    try scratch.perform(.create(fields: ["x": value]))
    let line = String(decoding: try #require(try scratch.entries().last).line, as: UTF8.self)
    #expect(line.contains(#""fields":{"x":{"deep":[\#(number)]}}"#))
    #expect(try scratch.status().json.text.contains(#""fields":{"x":{"deep":[\#(number)]}}"#))
  }

  @Test("in a session's parameters and what was found", arguments: numbers)
  func sessions(number: String) throws {
    let value = try JSON.parsed(number)
    try scratch.perform(.start(session: "s1", params: ["x": value]))
    try scratch.perform(
      .found(session: "s1", track: "t", count: nil, opportunities: [["amount": value]]))
    let session = try #require(try scratch.state().session("s1"))
    let view = session.json(profile: try JournalName("acme")).text
    #expect(view.contains(#""params":{"x":\#(number)}"#))
    let line = String(decoding: try #require(try scratch.entries().last).line, as: UTF8.self)
    #expect(line.contains(#""opportunities":[{"amount":\#(number)}]"#))
  }

  @Test("in the confidence of a field", arguments: ["0.90", "1e-1", "1.0", "0", "0.0"])
  func confidence(number: String) throws {
    try scratch.perform(
      .update(set: ["x": 1], origin: .init(confidence: JSONNumber(text: number))), on: try made())
    let blame = FieldProvenance(try scratch.state()).json["x"]
    #expect(blame?["confidence"]?.number?.text == number)
  }

  private func made() throws -> String {
    try scratch.perform(.create(fields: [:]))
    return "acme"
  }
}
