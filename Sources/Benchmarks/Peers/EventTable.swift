/// A table of events in SQLite: a number and the line's text, nothing checked, nothing chained.
@safe final class EventTable {
  enum Synchronous: String {
    case full = "FULL"
    case off = "OFF"
  }

  private let library: SQLite
  private let database: OpaquePointer
  private let insert: OpaquePointer

  /// A new database with a write-ahead log.
  init(_ library: SQLite, _ path: String, _ synchronous: Synchronous) throws {
    self.library = library
    var opened: OpaquePointer?
    // Read and write, made where it is missing.
    guard unsafe library.open(path, &opened, 0x2 | 0x4, nil) == 0, let database = unsafe opened
    else {
      throw Failed(action: "open")
    }
    unsafe self.database = database
    for text in [
      "PRAGMA journal_mode=WAL", "PRAGMA synchronous=\(synchronous.rawValue)",
      "CREATE TABLE events(seq INTEGER PRIMARY KEY, line TEXT NOT NULL)",
    ] {
      guard unsafe library.execute(database, text, nil, nil, nil) == 0 else {
        throw Failed(action: text)
      }
    }
    unsafe insert = try Self.prepare(
      library, database, "INSERT INTO events(line) VALUES (?1)")
  }

  deinit {
    _ = unsafe library.finalize(insert)
    _ = unsafe library.close(database)
  }

  /// One transaction.
  func append(_ lines: ArraySlice<[UInt8]>) throws {
    if lines.count > 1 { try execute("BEGIN") }
    for line in lines {
      try unsafe line.withUnsafeBytes { bytes in
        // The text stays where it is until the statement has run.
        guard
          unsafe library.bindText(insert, 1, bytes.baseAddress, Int32(bytes.count - 1), nil) == 0,
          unsafe library.step(insert) == 101, unsafe library.reset(insert) == 0
        else { throw Failed(action: "insert") }
      }
    }
    if lines.count > 1 { try execute("COMMIT") }
  }

  /// Hands out every line's length, the line itself read and left alone.
  func readAll() throws -> Int {
    let select = try unsafe Self.prepare(library, database, "SELECT line FROM events ORDER BY seq")
    defer { _ = unsafe library.finalize(select) }
    var bytes = 0
    while true {
      let result = unsafe library.step(select)
      if result == 101 { return bytes }
      guard result == 100 else { throw Failed(action: "read") }
      if unsafe library.column(select, 0) != nil {
        bytes += Int(unsafe library.columnBytes(select, 0))
      }
    }
  }

  private func execute(_ text: String) throws {
    guard unsafe library.execute(database, text, nil, nil, nil) == 0 else {
      throw Failed(action: text)
    }
  }

  private static func prepare(
    _ library: SQLite, _ database: OpaquePointer, _ text: String
  ) throws -> OpaquePointer {
    var statement: OpaquePointer?
    guard unsafe library.prepare(database, text, -1, &statement, nil) == 0,
      let statement = unsafe statement
    else { throw Failed(action: text) }
    return unsafe statement
  }

  private struct Failed: Error, CustomStringConvertible {
    let action: String
    var description: String { "SQLite: '\(action)' failed" }
  }
}
