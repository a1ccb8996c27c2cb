import Glibc
import Testing

@testable import Command

@Suite("Standard output")
struct StandardOutputTests {
  /// Both ends of a pipe.
  private func pipe() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(Glibc.pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// What has arrived, up to the end or up to a number of bytes.
  private func read(_ descriptor: Int32, atMost limit: Int = 1 << 20) -> [UInt8] {
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while result.count < limit {
      let count = Glibc.read(descriptor, &piece, min(piece.count, limit - result.count))
      if count <= 0 { break }
      result += piece[..<count]
    }
    return result
  }

  @Test("What is written arrives in order, and not before it is flushed")
  func order() throws {
    let (reader, writer) = try pipe()
    defer { close(reader) }
    let output = StandardOutput(descriptor: writer, capacity: 100)
    try output.write("één ")
    try output.write(Array("two ".utf8))
    try output.write(Array("x three".utf8)[2...])
    var waiting: Int32 = 0
    #expect(ioctl(reader, UInt(FIONREAD), &waiting) == 0)
    #expect(waiting == 0)
    try output.flush()
    try output.flush()
    close(writer)
    #expect(read(reader) == Array("één two three".utf8))
  }

  @Test("Pieces of all sizes around that of the buffer arrive whole", arguments: [1, 7, 8, 9])
  func sizes(capacity: Int) throws {
    let (reader, writer) = try pipe()
    defer { close(reader) }
    let output = StandardOutput(descriptor: writer, capacity: capacity)
    var expected = ""
    for length in 0...30 {
      let piece = String(repeating: "\(length % 10)", count: length)
      expected += piece
      try output.write(piece)
    }
    try output.flush()
    close(writer)
    #expect(read(reader) == Array(expected.utf8))
  }

  @Test("A slow reader of a pipe that does not block gets everything")
  func shortWrites() throws {
    let (reader, writer) = try pipe()
    #expect(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let end = Drain(reader)
    let output = StandardOutput(descriptor: writer)
    try output.write(bytes)
    try output.flush()
    close(writer)
    #expect(end.bytes() == bytes)
  }

  @Test("A reader that has gone is told apart from all other errors")
  func closedPipe() throws {
    Signals.ignoreClosedPipes()
    let (reader, writer) = try pipe()
    close(reader)
    defer { close(writer) }
    let output = StandardOutput(descriptor: writer)
    try output.write("x")
    #expect(throws: OutputError.closedPipe) { try output.flush() }
    try output.flush()
  }

  @Test("A full disk is an error, for collected bytes and for large ones")
  func fullDisk() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let output = StandardOutput(descriptor: descriptor, capacity: 10)
    try output.write("x")
    #expect(throws: OutputError.failed(errno: ENOSPC)) { try output.flush() }
    #expect(throws: OutputError.failed(errno: ENOSPC)) {
      try output.write(String(repeating: "x", count: 100))
    }
    let error = OutputError.failed(errno: ENOSPC)
    #expect("\(error)" == "cannot write to the output: No space left on device (errno 28)")
  }

  @Test("A descriptor that is not open is an error")
  func notOpen() throws {
    let output = StandardOutput(descriptor: -1, capacity: 1)
    #expect(throws: OutputError.failed(errno: EBADF)) { try output.write("x") }
  }
}

/// Reads a descriptor to its end on a thread of its own.
private final class Drain: @unchecked Sendable {
  private var thread = pthread_t()
  private let descriptor: Int32
  private var received: [UInt8] = []

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Drain>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
  }

  private func run() {
    var piece = [UInt8](repeating: 0, count: 1000)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count <= 0 { break }
      received += piece[..<count]
    }
    close(descriptor)
  }

  /// All bytes, once the writer has closed its end.
  func bytes() -> [UInt8] {
    pthread_join(thread, nil)
    return received
  }
}
