/// What a table says of itself, in its first page: one JSON object, a newline, and blanks.
struct TableHeader: Equatable {
  let name: TableName
  let journal: JournalName
  let measures: Int

  private static let form = 1

  var layout: TableLayout { TableLayout(rows: name.count, measures: measures) }

  init(name: TableName, journal: JournalName, measures: Int) {
    self.name = name
    self.journal = journal
    self.measures = measures
  }

  var bytes: [UInt8] {
    let object: JSONObject = [
      "table": .number(JSONNumber(Self.form)),
      "journal": .string(journal.text),
      "format": .number(JSONNumber(LineFormat.version)),
      "projector": .string(name.projector),
      "version": .number(JSONNumber(name.version)),
      "seq": .number(JSONNumber(name.last)),
      "first": .number(JSONNumber(name.first)),
      "records": .number(JSONNumber(name.count)),
      "measures": .number(JSONNumber(measures)),
    ]
    return object.bytes + [UInt8(ascii: "\n")]
  }

  /// Reads a first page; nil for anything else.
  init?(_ page: ArraySlice<UInt8>) {
    guard let newline = page.firstIndex(of: UInt8(ascii: "\n")),
      let object = (try? JSON(parsing: Array(page[..<newline])))?.object,
      object["table"]?.int == Int64(Self.form),
      object["format"]?.int == Int64(LineFormat.version),
      let journal = object["journal"]?.string.flatMap({ try? JournalName($0) }),
      let projector = object["projector"]?.string,
      let version = object["version"]?.int.flatMap({ Int(exactly: $0) }),
      let last = object["seq"]?.int,
      let first = object["first"]?.int.flatMap({ Int(exactly: $0) }),
      let count = object["records"]?.int.flatMap({ Int(exactly: $0) }),
      let measures = object["measures"]?.int.flatMap({ Int(exactly: $0) }),
      measures >= 0, measures <= count,
      let name = TableName(
        last: last, projector: projector, version: version, first: first, count: count)
    else { return nil }
    self.init(name: name, journal: journal, measures: measures)
  }
}
