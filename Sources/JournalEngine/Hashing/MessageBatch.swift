internal import CSHA256

/// Messages that are hashed together: side by side they take half the time that they take one after
/// the other, or less.
@safe final class MessageBatch {
  /// So many are enough to keep the processor busy.
  static var capacity: Int { 128 }

  typealias Words = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

  // Raw memory, for C: filled up to `count`, and the messages are valid as long as what lent them.
  private let messages: UnsafeMutablePointer<csha256_message>
  private let digests: UnsafeMutablePointer<Words>
  private(set) var count = 0

  init() {
    unsafe messages = .allocate(capacity: Self.capacity)
    unsafe digests = .allocate(capacity: Self.capacity)
  }

  deinit {
    unsafe messages.deallocate()
    unsafe digests.deallocate()
  }

  func removeAll() { count = 0 }

  /// - Parameter bytes: stay where they are as long as the message is asked for.
  func add(_ bytes: UnsafeRawBufferPointer) {
    precondition(count < Self.capacity)
    let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe (messages + count).initialize(to: csha256_message(bytes: start, count: bytes.count))
    count += 1
  }

  func message(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index < count)
    let message = unsafe messages[index]
    return unsafe UnsafeRawBufferPointer(start: message.bytes, count: message.count)
  }

  /// Hashes all of them. Cost: one pass over their bytes.
  func hash() {
    unsafe csha256_digest_many(messages, count, digests)
  }

  /// The digest of a message that was hashed.
  func digest(_ index: Int) -> Digest {
    precondition(index < count)
    let words = unsafe digests[index]
    return Digest(
      UInt64(words.0) &<< 32 | UInt64(words.1), UInt64(words.2) &<< 32 | UInt64(words.3),
      UInt64(words.4) &<< 32 | UInt64(words.5), UInt64(words.6) &<< 32 | UInt64(words.7))
  }
}
