/// A task that waits to be resumed, by whoever has it, once.
// Safe for its one use: a commit answers each of its calls, whatever befalls it.
@safe struct SuspendedTask: Sendable {
  private let continuation: UnsafeContinuation<Void, Never>

  init(_ continuation: UnsafeContinuation<Void, Never>) {
    unsafe self.continuation = continuation
  }

  func resume() { unsafe continuation.resume() }
}
