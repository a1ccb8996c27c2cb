internal import Synchronization

/// Tables that follow one another from record 0 on, and what was read of each so far.
///
/// A table is asked for by its place among them: looking a name up would take longer than the page.
final class KnownTables: Sendable {
  let names: [TableName]

  /// 16 MiB at most; which page goes then matters little.
  static let limit = 4096

  private struct Known {
    var layout: TableLayout?
    var pages: [Int: TablePage] = [:]
  }

  private struct State {
    var tables: [Known]
    var pages = 0
    /// Whose turn it is to lose one.
    var turn = 0

    mutating func dropAny() {
      for _ in tables.indices {
        turn = (turn + 1) % tables.count
        guard let page = tables[turn].pages.keys.first else { continue }
        tables[turn].pages[page] = nil
        pages -= 1
        return
      }
    }
  }

  private let state: Mutex<State>

  init(_ names: [TableName]) {
    self.names = names
    state = Mutex(State(tables: names.map { _ in Known() }))
  }

  func layout(of table: Int) -> TableLayout? { state.withLock { $0.tables[table].layout } }

  func keep(_ layout: TableLayout, of table: Int) {
    state.withLock { $0.tables[table].layout = layout }
  }

  func page(_ number: Int, of table: Int) -> TablePage? {
    state.withLock { $0.tables[table].pages[number] }
  }

  func keep(_ page: TablePage, _ number: Int, of table: Int) {
    state.withLock { state in
      if state.tables[table].pages[number] == nil {
        if state.pages >= Self.limit { state.dropAny() }
        state.pages += 1
      }
      state.tables[table].pages[number] = page
    }
  }
}
