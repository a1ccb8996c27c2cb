import JournalTestSupport
import Synchronization
import Testing

/// The scheduler itself.
@Suite("The scheduler")
struct SchedulerTests {
  /// Who took its turns in what order.
  private static func run(
    _ policy: any SchedulingPolicy, _ turns: [Int], pausing: Set<Int> = []
  ) async -> (order: [Int], run: ScheduledRun) {
    let order = Order()
    let bodies = turns.map { count in
      { @Sendable (turn: Scheduler.Turn) in
        for _ in 0..<count {
          turn.take(isPause: pausing.contains(turn.number))
          order.numbers.withLock { $0.append(turn.number) }
        }
      }
    }
    let run = await Scheduler.run(policy, bodies)
    return (order.numbers.withLock { $0 }, run)
  }

  private final class Order: Sendable {
    let numbers = Mutex<[Int]>([])
  }

  private static func all(_ turns: [Int], bound: Int = .max) async -> [[Int]] {
    var search = PreemptionSearch()
    var orders: [[Int]] = []
    while let prefix = search.next(), search.bound <= bound {
      let (order, run) = await run(FollowedSchedule(prefix), turns)
      search.learn(from: run, begunWith: prefix)
      orders.append(order)
    }
    return orders
  }

  @Test("finds every order once")
  func everyOrder() async {
    // Three steps each (one begins it), so 6 over 3 = 20 schedules; what is done in the last two.
    let orders = await Self.all([2, 2])
    #expect(orders.count == 20)
    #expect(Set(orders).count == 6)
  }

  @Test("interrupts nobody at first, then once")
  func bounded() async {
    #expect(await Set(Self.all([2, 2], bound: 0)) == [[0, 0, 1, 1], [1, 1, 0, 0]])
    #expect(
      await Set(Self.all([2, 2], bound: 1)) == [
        [0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1],
      ])
  }

  @Test("lets another go on where one pauses, which is no interruption")
  func pause() async {
    let (order, run) = await Self.run(FollowedSchedule(Schedule()), [2, 2], pausing: [0, 1])
    #expect(order == [0, 1, 0, 1] || order == [1, 0, 1, 0])
    let isAnyPreempted = zip(run.points, run.schedule.choices)
      .contains { $0.isPreemption(Int($1)) }
    #expect(!isAnyPreempted)
  }

  @Test("does the same again by the choices that it tells, read back from their text")
  func again() async throws {
    for seed in 0..<20 as Range<UInt64> {
      let policy = PriorityPolicy(seed: seed, count: 3, interruptions: 3, length: 20)
      let first = await Self.run(policy, [5, 6, 7])
      let told = try #require(Schedule("\(first.run.schedule)"))
      #expect(told == first.run.schedule)
      let second = await Self.run(FollowedSchedule(told), [5, 6, 7])
      #expect(second.order == first.order && second.run.schedule == told)
    }
  }

  @Test(
    "reads no schedule from other texts", arguments: ["1", "a*1", "1*", "1*0", "256*1", "1*-1"])
  func notASchedule(_ text: String) { #expect(Schedule(text) == nil) }

  @Test("gives up a run that does not end")
  func endless() async {
    let bodies: [@Sendable (Scheduler.Turn) -> Void] = [
      { turn in for _ in 0..<30_000 { turn.take() } }, { _ in },
    ]
    #expect(await Scheduler.run(FollowedSchedule(Schedule()), bodies).isEndless)
  }
}
