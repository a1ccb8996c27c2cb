import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("Appends that wait for a commit")
struct WaitingAppendsTests {
  /// A task's call, which is answered at the end.
  private func withCalls(_ count: Int, _ body: ([WaitingAppends.Call]) -> Void) async {
    await withTaskGroup(of: Void.self) { group in
      let (calls, arriving) = AsyncStream.makeStream(of: WaitingAppends.Call.self)
      for _ in 0..<count {
        group.addTask {
          await withUnsafeContinuation { continuation in
            let request = AppendRequest<Tally>(by: nil, id: nil) { _ in [] }
            arriving.yield(
              WaitingAppends.Call(
                request: request, meanwhile: nil, task: SuspendedTask(continuation)))
          }
        }
      }
      var iterator = calls.makeAsyncIterator()
      var all: [WaitingAppends.Call] = []
      while all.count < count, let call = await iterator.next() { all.append(call) }
      body(all)
      for call in all { call.task.resume() }
    }
  }

  @Test("ask for one, and no other until it has ended")
  func asked() async {
    await withCalls(5) { calls in
      let waiting = WaitingAppends()
      #expect(waiting.add(calls[0]))
      #expect(!waiting.add(calls[1]))
      #expect(waiting.take().count == 2)
      #expect(!waiting.add(calls[2]))
      #expect(waiting.join().count == 1)
      #expect(!waiting.add(calls[3]))
      #expect(waiting.end(), "one came after the last look")
      #expect(waiting.take().count == 1)
      #expect(!waiting.end())
      #expect(waiting.add(calls[4]))
    }
  }

  @Test("are taken once")
  func once() async {
    await withCalls(1) { calls in
      let waiting = WaitingAppends()
      _ = waiting.add(calls[0])
      #expect(waiting.take().count == 1)
      #expect(waiting.take().isEmpty)
      #expect(waiting.join().isEmpty)
    }
  }

  @Test("are not joined without end, so that the first are answered")
  func bounded() async {
    await withCalls(1) { calls in
      let waiting = WaitingAppends()
      _ = waiting.add(calls[0])
      _ = waiting.take()
      var joined = 1
      repeat {
        _ = waiting.add(calls[0])
        joined += 1
      } while !waiting.join().isEmpty && joined < 5000
      #expect(joined == WaitingAppends.most + 1)
      #expect(waiting.end())
    }
  }

  @Test("expect company until a few in a row had none, and again as soon as one has")
  func company() async {
    await withCalls(2) { calls in
      let waiting = WaitingAppends()
      func commit(_ count: Int) -> Bool {
        for call in calls.prefix(count) { _ = waiting.add(call) }
        let isExpecting = waiting.expectCompany()
        _ = waiting.take()
        _ = waiting.end()
        return isExpecting
      }
      #expect((0..<20).map { _ in commit(1) }.prefix(8).allSatisfy { $0 })
      #expect(!commit(1))
      _ = commit(2)
      #expect(commit(1))
    }
  }
}
