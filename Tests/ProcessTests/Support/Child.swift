import Glibc
import Synchronization

/// A process of our own, with pipes on its standard output and error, and on its input if wanted.
final class Child {
  /// How a process ended.
  enum Status: Hashable {
    case exit(Int32)
    case signal(Int32)
  }

  /// All that a process said, and how it ended.
  struct Result {
    let status: Status
    let output: String
    let error: String
  }

  struct Failure: Error {
    let action: String
    let errno: Int32
  }

  /// What is put in place of a standard stream.
  enum Stream {
    case pipe
    case file(String)
    case descriptor(Int32)
  }

  let id: pid_t
  /// The reading ends; −1 where there is no pipe, or it was closed.
  private(set) var output: Int32
  private(set) var error: Int32
  private var status: Status?

  /// Starts a program. It sees nothing of our environment but the path, and no descriptor but its
  /// three.
  init(
    _ command: [String], input: Stream = .file("/dev/null"), output: Stream = .pipe,
    error: Stream = .pipe
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    try Self.put(input, at: STDIN_FILENO, &actions)
    let output = try Self.pipe(output, at: STDOUT_FILENO, &actions)
    let error = try Self.pipe(error, at: STDERR_FILENO, &actions)
    defer { for end in [output.inner, error.inner] where end >= 0 { close(end) } }
    self.output = output.outer
    self.error = error.outer
    id = try Self.spawn(command, &actions)
  }

  deinit {
    if status == nil {
      kill(id, SIGKILL)
      _ = wait()
    }
    closePipes()
  }

  /// Runs a program to its end.
  static func run(
    _ command: [String], input: Stream = .file("/dev/null"), output: Stream = .pipe
  ) throws -> Result {
    try Child(command, input: input, output: output).finish()
  }

  /// Reads all that it has to say, and waits for its end.
  func finish() -> Result {
    let (output, error) = readToEnd()
    return Result(
      status: wait(), output: String(decoding: output, as: UTF8.self),
      error: String(decoding: error, as: UTF8.self))
  }

  func send(_ signal: Int32) { if status == nil { kill(id, signal) } }

  /// Waits for the end.
  func wait() -> Status {
    if let status { return status }
    var code: Int32 = 0
    while waitpid(id, &code, 0) < 0, errno == EINTR {}
    let signal = code & 0x7F
    let status = signal == 0 ? Status.exit(code >> 8 & 0xFF) : .signal(signal)
    self.status = status
    return status
  }

  /// Hangs up on its standard output only.
  func closeOutput() {
    if output >= 0 { close(output) }
    output = -1
  }

  /// Hangs up: what it writes from now on, nobody reads.
  func closePipes() {
    for end in [output, error] where end >= 0 { close(end) }
    output = -1
    error = -1
  }

  private func readToEnd() -> (output: [UInt8], error: [UInt8]) {
    var texts: [[UInt8]] = [[], []]
    var ends = [output, error].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while ends.contains(where: { $0.fd >= 0 }) {
      guard poll(&ends, nfds_t(ends.count), -1) >= 0 else { continue }
      for index in ends.indices where ends[index].revents != 0 {
        let count = read(ends[index].fd, &buffer, buffer.count)
        if count > 0 { texts[index] += buffer[..<count] }
        if count == 0 { ends[index].fd = -1 }
      }
    }
    return (texts[0], texts[1])
  }
}

extension Child {
  private static func put(
    _ stream: Stream, at number: Int32, _ actions: inout posix_spawn_file_actions_t
  ) throws {
    switch stream {
    case .pipe: throw Failure(action: "make a pipe for input", errno: EINVAL)
    case .descriptor(let descriptor):
      posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    case .file(let path):
      let flags = number == STDIN_FILENO ? O_RDONLY : O_WRONLY
      posix_spawn_file_actions_addopen(&actions, number, path, flags, 0)
    }
  }

  private static func pipe(
    _ stream: Stream, at number: Int32, _ actions: inout posix_spawn_file_actions_t
  ) throws -> (outer: Int32, inner: Int32) {
    guard case .pipe = stream else {
      try put(stream, at: number, &actions)
      return (-1, -1)
    }
    let pipe = try Pipe()
    posix_spawn_file_actions_adddup2(&actions, pipe.writing, number)
    return (pipe.reading, pipe.writing)
  }

  private static func spawn(
    _ command: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads of tests block signals, and a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var ordinary = sigset_t()
    sigemptyset(&ordinary)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&ordinary, signal) }
    posix_spawnattr_setsigdefault(&attributes, &ordinary)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let arguments = strings(command)
    let environment = strings(["PATH=\(path)", "LOGNAME=tester", "LC_ALL=C"])
    defer { for text in arguments + environment { free(text) } }
    var id: pid_t = 0
    let error = startingProcesses.withLock { _ in
      posix_spawnp(&id, command[0], &actions, &attributes, arguments, environment)
    }
    guard error == 0 else { throw Failure(action: "start \(command[0])", errno: error) }
    return id
  }

  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}
