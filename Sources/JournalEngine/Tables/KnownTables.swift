internal import Synchronization

/// Tables that follow one another from record 0 on, and what was read of each so far.
///
/// A table is asked for by its place among them: looking a name up would take longer than the page.
final class KnownTables: Sendable {
  let names: [TableName]
  let keys: KnownKeys

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

  /// - Parameter former: the tables of a state that this one's came from: what is known of them
  ///   stays known.
  init(_ names: [TableName], after former: KnownTables? = nil) {
    self.names = names
    let first = names.first?.first ?? 0
    // Where the first tables go, what is known of them goes too, now and then.
    let keys = former.map(\.keys).flatMap {
      first - $0.first > 4 * LineFormat.rememberedIDs ? nil : $0
    }
    self.keys = keys ?? KnownKeys(from: first)
    var known: [TableName: Known] = [:]
    former?.state.withLock { state in
      for (name, table) in zip(former?.names ?? [], state.tables) { known[name] = table }
    }
    let tables = names.map { known[$0] ?? Known() }
    state = Mutex(State(tables: tables, pages: tables.reduce(0) { $0 + $1.pages.count }))
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
