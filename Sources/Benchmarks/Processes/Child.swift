internal import Glibc

/// Another process.
final class Child {
  enum Stream {
    case inherited, captured, dropped
  }

  struct Ended {
    /// From before its start to its end.
    let seconds: Double
    /// The exit status, or 128 and the signal's number.
    let status: Int32
    let output: [UInt8]
    /// The most memory that was resident at once (wait4), in bytes. The kernel counts the process
    /// that started it too, up to the moment when the new program begins.
    let peakMemory: Double

    var isInterrupted: Bool { Interrupts.isOne(status) }
  }

  private let command: [String]
  let id: pid_t
  private let start = ContinuousClock.now
  private var pipe: Int32 = -1

  init(_ command: [String], output: Stream) throws {
    self.command = command
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    var ends: [Int32] = [-1, -1]
    switch output {
    case .inherited: break
    case .dropped:
      unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    case .captured:
      guard unsafe Glibc.pipe(&ends) == 0 else { throw SystemFailure("make", "a pipe") }
      // Nothing else starts processes here meanwhile.
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    }
    defer { if ends[1] >= 0 { close(ends[1]) } }
    pipe = ends[0]
    do {
      id = try unsafe Self.spawn(command, &actions)
    } catch {
      if ends[0] >= 0 { close(ends[0]) }
      throw error
    }
  }

  /// Reads all that it says, and waits for its end.
  func finish() throws -> Ended {
    let output = read()
    var code: Int32 = 0
    var usage = rusage()
    while unsafe wait4(id, &code, 0, &usage) < 0 {
      guard errno == EINTR else { throw SystemFailure("wait for", command[0]) }
    }
    let seconds = (ContinuousClock.now - start).seconds
    let signal = code & 0x7F
    return Ended(
      seconds: seconds, status: signal == 0 ? code >> 8 & 0xFF : 128 + signal, output: output,
      peakMemory: Double(usage.ru_maxrss) * 1024)
  }

  /// Waits for a good end.
  func succeed() throws -> Ended {
    let ended = try finish()
    guard ended.status == 0 else { throw Failed(command: command, status: ended.status) }
    return ended
  }

  private func read() -> [UInt8] {
    guard pipe >= 0 else { return [] }
    defer {
      close(pipe)
      pipe = -1
    }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(pipe, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return output }
      output += buffer[..<count]
    }
  }

  private static func spawn(
    _ command: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var ordinary = sigset_t()
    unsafe sigemptyset(&ordinary)
    for signal in Interrupts.all { unsafe sigaddset(&ordinary, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &ordinary)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var environment = ["LC_ALL=C"]
    for name in ["PATH", "LD_LIBRARY_PATH"] {
      if let value = unsafe getenv(name) {
        environment.append("\(name)=\(unsafe String(cString: value))")
      }
    }
    var id: pid_t = 0
    let arguments = unsafe strings(command)
    let variables = unsafe strings(environment)
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
    let error = unsafe posix_spawnp(&id, command[0], &actions, &attributes, arguments, variables)
    guard error == 0 else { throw SystemFailure("start", command[0], error) }
    return id
  }

  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    unsafe texts.map { unsafe strdup($0) } + [nil]
  }

  private struct Failed: Error, CustomStringConvertible {
    let command: [String]
    let status: Int32
    var description: String {
      "'\(command.joined(separator: " "))' ended with status \(status)"
    }
  }
}
