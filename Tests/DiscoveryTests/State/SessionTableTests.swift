import JournalEngine
import Testing

@testable import Discovery

@Suite("The table of sessions")
struct SessionTableTests {
  /// What the table must behave as.
  private struct Model: Equatable {
    var order: [String] = []
    var sessions: [String: Session] = [:]
  }

  private func session(_ id: String, seq: Int64) -> Session {
    Session(
      id: id, startedAt: Timestamp(microseconds: seq), seqStarted: seq, place: nil, tracks: ["t"],
      params: JSONObject())
  }

  private func expectSame(_ table: SessionTable, _ model: Model) {
    let expected = model.order.compactMap { model.sessions[$0] }
    #expect(table.count == expected.count)
    #expect(Array(table.oldestFirst) == expected)
    #expect(Array(table.newestFirst) == expected.reversed())
  }

  @Test("behaves as a dictionary and an array under random operations, and its copies stand still")
  func model() {
    var random = SeededGenerator.forTest()
    for size in [0, 1, 63, 64, 65, 200, 700] {
      var table = SessionTable()
      var model = Model()
      var copies: [(SessionTable, Model)] = []
      while model.order.count < size {
        switch random.below(5) {
        case 0, 1, 2:
          let id = "s\(model.order.count)\(random.pick(["", "x", "é"]))"
          let session = session(id, seq: Int64(model.order.count))
          table.append(session)
          model.order.append(id)
          model.sessions[id] = session
        case 3 where !model.order.isEmpty:
          let id = random.pick(model.order)
          let note = "note \(random.below(1000))"
          #expect(table.update(id) { $0.notes = note })
          model.sessions[id]?.notes = note
          #expect(table[id] == model.sessions[id])
        default:
          let before = table
          #expect(!table.update("nobody\(random.below(9))") { $0.notes = "never" })
          #expect(table["nobody"] == nil)
          #expect(table == before)
          if copies.count < 20 { copies.append((table, model)) }
        }
      }
      expectSame(table, model)
      for id in model.order {
        #expect(table[id] == model.sessions[id])
      }
      for (copy, then) in copies { expectSame(copy, then) }
    }
  }

  @Test("A change in a copy is not seen in the other, whichever is changed")
  func copies() {
    var one = SessionTable()
    for index in 0..<130 { one.append(session("s\(index)", seq: Int64(index))) }
    var two = one
    #expect(one == two)
    _ = two.update("s0") { $0.status = .failed }
    two.append(session("new", seq: 130))
    #expect(one["s0"]?.status == .inProgress)
    #expect(one["new"] == nil)
    #expect(one.count == 130)
    _ = one.update("s129") { $0.status = .completed }
    #expect(two["s129"]?.status == .inProgress)
    #expect(one != two)
  }

  @Test(
    "What copies add that are thrown away, or that go their own way, is not found in the others")
  func strangers() {
    var one = SessionTable()
    for index in 0..<10 { one.append(session("s\(index)", seq: Int64(index))) }
    var other = one
    for index in 0..<500 {
      var lost = one
      lost.append(session("lost\(index)", seq: 10))
      #expect(one["lost\(index)"] == nil)
      #expect(lost["lost\(index)"]?.seqStarted == 10)
      if index % 50 == 0 { other.append(session("other\(index)", seq: Int64(index))) }
    }
    one.append(session("s10", seq: 10))
    one.append(session("s11", seq: 11))
    #expect(one["lost7"] == nil && one["other0"] == nil && other["s10"] == nil)
    for index in 0..<12 { #expect(one["s\(index)"]?.seqStarted == Int64(index)) }
    for index in stride(from: 0, to: 500, by: 50) {
      #expect(other["other\(index)"]?.seqStarted == Int64(index))
    }
    #expect(other.count == 20 && one.count == 12)
  }

  @Test("Copies can be changed by several tasks at once")
  func manyTasks() async {
    var table = SessionTable()
    for index in 0..<100 { table.append(session("s\(index)", seq: Int64(index))) }
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask { [table] in
          var own = table
          for index in 100..<1000 { own.append(session("\(task)-\(index)", seq: Int64(index))) }
          return (100..<1000).allSatisfy { own["\(task)-\($0)"]?.seqStarted == Int64($0) }
            && own["\(task + 1)-500"] == nil && own["s50"]?.seqStarted == 50
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(table.count == 100 && table["0-100"] == nil)
  }

  @Test("An empty table has nothing, and two of them are equal")
  func empty() {
    let table = SessionTable()
    #expect(table[""] == nil)
    #expect(table.count == 0)
    #expect(Array(table.newestFirst).isEmpty)
    #expect(table == SessionTable())
    #expect(table.hashValue == SessionTable().hashValue)
  }

  @Test("Tables that came about in different ways are equal if they hold the same")
  func equality() {
    var one = SessionTable()
    var two = SessionTable()
    for index in 0..<70 { one.append(session("s\(index)", seq: Int64(index))) }
    for index in 0..<70 {
      var row = session("s\(index)", seq: Int64(index))
      row.notes = "draft"
      two.append(row)
      _ = two.update("s\(index)") { $0.notes = nil }
    }
    #expect(one == two)
    #expect(one.hashValue == two.hashValue)
  }
}
