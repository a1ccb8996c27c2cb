import Synchronization

/// One progress over the work of several threads.
final class SharedProgress: Sendable {
  private let progress: Mutex<Progress>

  /// How much a thread does before it tells: each line would be too often for a lock.
  private static let step: Int64 = 256 << 10

  init(_ progress: Progress) {
    self.progress = Mutex(progress)
  }

  /// Does a part of the work.
  ///
  /// - Parameters:
  ///   - unit: bytes; of anything else a part is one.
  ///   - body: is given what is to be called with how many bytes of this part are done so far.
  func part<R>(
    counting unit: ProgressLine.Unit = .bytes, _ body: ((Int64) -> Void) throws -> R
  ) rethrows -> R {
    guard unit == .bytes else {
      defer { advance(by: 1) }
      return try body { _ in }
    }
    var done: Int64 = 0
    var told: Int64 = 0
    defer { advance(by: done - told) }
    return try body { amount in
      done = amount
      guard done - told >= Self.step else { return }
      advance(by: done - told)
      told = done
    }
  }

  /// Does what writes to the terminal, while no line of progress is there.
  func aside<R>(_ body: () throws -> R) rethrows -> R {
    try progress.withLock { progress in
      progress.clear()
      return try body()
    }
  }

  func finish() { progress.withLock { $0.finish() } }

  private func advance(by amount: Int64) { progress.withLock { $0.advance(by: amount) } }
}
