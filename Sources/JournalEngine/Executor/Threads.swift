internal import CLinux
internal import Glibc

/// Starts threads of our own.
enum Threads {
  private final class Start {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// A number that no other running thread has, and never 0.
  static var current: UInt { UInt(pthread_self()) }

  /// How many of them can run at once, on processors that this process may use.
  static var processors: Int { Int(clinux_processors()) }

  /// Whether two of them could when this was first asked.
  static let areParallel = processors > 1

  /// Lets another thread run first, if one is ready.
  static func yield() { sched_yield() }

  /// Runs a closure on a new detached thread; false where the system gives none.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var thread = pthread_t()
    // The box travels through C as one owned reference: retained here, released there.
    let box = unsafe Unmanaged.passRetained(Start(body))
    let error = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
          start.body()
        }
        return nil
      }, box.toOpaque())
    guard error == 0 else {
      unsafe box.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
