import JournalTestSupport
import Synchronization
import Testing

@testable import JournalEngine

@Suite("Calls at once")
struct CallsAtOnceTests {
  @Test("are all made, whatever becomes of any of them, and the first failure is told")
  func failures() throws {
    for failing in 0..<8 {
      let made = Mutex<[Int]>([])
      let calls = (0..<3).map { number -> CallsAtOnce.Call in
        {
          made.withLock { $0.append(number) }
          let fails = failing & 1 << number != 0
          return fails ? JournalError(.io, "call \(number)", hint: "none") : nil
        }
      }
      var failure: JournalError?
      do throws(JournalError) { try CallsAtOnce.make(calls) } catch { failure = error }
      #expect(made.withLock { $0.sorted() } == [0, 1, 2])
      #expect(failure?.message == (failing == 0 ? nil : "call \(failing.trailingZeroBitCount)"))
    }
  }

  @Test("do not wait for one another", .timeLimit(.minutes(1)))
  func together() throws {
    let (one, two) = (Semaphore(), Semaphore())
    try CallsAtOnce.make([
      {
        one.signal()
        two.wait()
        return nil
      },
      {
        two.signal()
        one.wait()
        return nil
      },
    ])
  }

  @Test("of many threads all end, though few threads help", .timeLimit(.minutes(1)))
  func crowd() async {
    let made = Count()
    await withTaskGroup { group in
      for _ in 0..<40 {
        group.addTask {
          let call: CallsAtOnce.Call = {
            made.number.add(1, ordering: .relaxed)
            return nil
          }
          try? CallsAtOnce.make(Array(repeating: call, count: 5))
        }
      }
    }
    #expect(made.number.load(ordering: .relaxed) == 200)
  }

  private final class Count: Sendable {
    let number = Atomic(0)
  }
}
