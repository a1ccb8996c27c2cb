import JournalEngine

/// Lines of a journal as they are shown.
enum EntryView {
  /// All members of the line in its order, and its hash. A member that cannot be a value (it is
  /// nested too deep, or has a name twice) is shown as its text, `data` as `data_text`.
  static func json(_ entry: Entry) -> JSON {
    var object = JSONObject()
    for (name, text) in LineMembers(entry.line).members {
      if let value = try? JSON(parsing: text) {
        object[name] = value
      } else {
        object[name + "_text"] = .string(String(decoding: text, as: UTF8.self))
      }
    }
    object["hash"] = .string(entry.hash.description)
    return .object(object)
  }

  /// A line that does not count: why, and where it is.
  static func json(_ line: VoidLine, at place: LinePlace) -> JSON {
    [
      "void": [
        "kind": .string(line.kind.name), "run": .number(JSONNumber(line.run)),
        "seq": line.seq.map { .number(JSONNumber($0)) } ?? .null,
        "file": .string(place.file), "offset": .number(JSONNumber(place.offset)),
        "length": .number(JSONNumber(place.length)), "damage": .bool(line.provesDamage),
      ]
    ]
  }

  static func json(_ line: JournalLine) -> JSON {
    switch line {
    case .entry(let entry): json(entry)
    case .void(let line, let place): json(line, at: place)
    }
  }

  static func print(_ lines: [JournalLine], to call: Call) throws {
    var table = Table(columns: [
      .init("SEQ", alignment: .right, priority: 9), .init("TIME", priority: 7),
      .init("TYPE", priority: 8), .init("SUBJECT", priority: 5), .init("BY", priority: 4),
      .init("DATA", flexible: true, priority: 3),
    ])
    for line in lines {
      switch line {
      case .entry(let entry):
        let data = entry.data.map { String(decoding: $0, as: UTF8.self) } ?? ""
        table.addRow([
          .init(String(entry.seq)), .init(entry.time.description),
          .init(entry.type, tone: tone(of: entry)), .init(entry.subject ?? "-"),
          .init(entry.by ?? "-"), .init(data),
        ])
      case .void(let line, let place):
        let reason = line.provesDamage ? "\(line.kind.rawValue), damage" : line.kind.rawValue
        table.addRow([
          .init(line.seq.map(String.init) ?? "-", tone: .dim), .init("-", tone: .dim),
          .init("void: \(reason)", tone: line.provesDamage ? .red : .yellow),
          .init("-", tone: .dim), .init("-", tone: .dim),
          .init("\(place.file) byte \(place.offset), \(place.length) bytes", tone: .dim),
        ])
      }
    }
    try call.output.write(
      table.render(width: call.terminal.outputWidth, style: call.terminal.style))
  }

  private static func tone(of entry: Entry) -> Style.Tone? {
    if entry.isEngines { return .dim }
    if entry.type.hasSuffix(".failed") { return .red }
    return entry.type.hasSuffix(".completed") ? .green : nil
  }
}
