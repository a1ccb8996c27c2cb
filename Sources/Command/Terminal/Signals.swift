import Glibc
import Synchronization

/// The signal that asked to stop, zero as long as none has. The handler may do nothing but store
/// into an atomic like this one.
private let receivedSignal = Atomic<Int32>(0)

/// The ends of a pipe that can be read once a signal asked to stop: what waits for descriptors waits
/// for this one too, whichever thread the signal comes to. −1 before it is made.
private let pipeForReading = Atomic<Int32>(-1)
private let pipeForWriting = Atomic<Int32>(-1)

/// What the process does on signals.
package enum Signals {
  /// A write to a closed pipe then fails with EPIPE, where it would have ended the process.
  package static func ignoreClosedPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// A write beyond the limit on the size of files (`ulimit -f`) then fails with EFBIG, where it
  /// would have ended the process in the middle of an append.
  package static func ignoreFileSizeLimit() {
    signal(SIGXFSZ, SIG_IGN)
  }

  /// From now on Ctrl-C and SIGTERM only ask to stop, once: `interrupted` says so, and calls
  /// that wait on the main thread return with EINTR (the threads of a pool take no signals).
  /// The second time the default disposition ends the process.
  package static func catchInterrupts() {
    // The global is made by its first use, which must not be in the handler.
    receivedSignal.store(0, ordering: .relaxed)
    makePipe()
    for number in [SIGINT, SIGTERM] {
      var old = sigaction()
      unsafe sigaction(number, nil, &old)
      // A process in the background of a script, or under nohup, was told to ignore it.
      if unsafe address(old.__sigaction_handler.sa_handler) == address(SIG_IGN) { continue }
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        receivedSignal.store(number, ordering: .relaxed)
        // What was interrupted looks at errno.
        let errnoBefore = errno
        var byte: UInt8 = 0
        _ = unsafe write(pipeForWriting.load(ordering: .relaxed), &byte, 1)
        errno = errnoBefore
      }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      unsafe sigemptyset(&action.sa_mask)
      unsafe sigaction(number, &action, nil)
    }
  }

  /// Whether the process was asked to stop. Costs a load: loops may ask at every turn.
  package static var interrupted: Bool {
    receivedSignal.load(ordering: .relaxed) != 0
  }

  /// A descriptor that can be read once the process was asked to stop; nil before
  /// ``catchInterrupts()``, or where the system has none to give.
  package static var descriptor: Int32? {
    let number = pipeForReading.load(ordering: .relaxed)
    return number < 0 ? nil : number
  }

  /// The signal that asked to stop.
  package static var received: Int32? {
    let number = receivedSignal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Ends the process by the signal that asked to stop, after everything is in order, so that
  /// a shell sees why and stops its loop as well. Returns only if there was none.
  package static func endByReceivedSignal() {
    guard let number = received else { return }
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func makePipe() {
    guard pipeForReading.load(ordering: .relaxed) < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    pipeForWriting.store(ends[1], ordering: .relaxed)
    pipeForReading.store(ends[0], ordering: .relaxed)
  }

  /// Handlers can be compared only as addresses.
  private static func address(_ handler: __sighandler_t?) -> Int {
    unsafe unsafeBitCast(handler, to: Int.self)
  }
}
