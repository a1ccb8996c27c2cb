import JournalEngine

/// Runs blocking reads away from the cooperative threads, a few at a time.
struct ReadingRoom: Sendable {
  func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      BlockingThreads.shared.run { continuation.resume(with: Result(catching: body)) }
    }
  }

  func run<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
      BlockingThreads.shared.run { continuation.resume(returning: body()) }
    }
  }
}
