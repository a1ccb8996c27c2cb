import Glibc
import Synchronization
import Testing

@testable import Command

@Suite("The same for many things")
struct ParallelTests {
  @Test("Results come in the order of the items, each once", arguments: [1, 2, 7, 32, 1000])
  func order(batch: Int) {
    for count in [0, 1, 2, 31, 100] {
      var taken: [Int] = []
      Parallel.forEach(Array(0..<count), batch: batch) { item in
        usleep(UInt32(item * 7919 % 50))
        return item * 2
      } take: { item, result in
        #expect(result == item * 2)
        taken.append(item)
      }
      #expect(taken == Array(0..<count))
    }
  }

  @Test("Where a result cannot be taken, no more is begun, and what was begun is brought to an end")
  func failure() {
    struct Failed: Error {}
    let begun = Mutex(0)
    let ended = Mutex(0)
    #expect(throws: Failed.self) {
      try Parallel.forEach(Array(0..<1000)) { item in
        begun.withLock { $0 += 1 }
        if item > 0 { usleep(20_000) }
        ended.withLock { $0 += 1 }
      } take: { _, _ in
        throw Failed()
      }
    }
    let atReturn = ended.withLock { $0 }
    #expect(begun.withLock { $0 } == atReturn)
    #expect(atReturn < 100)
  }
}
