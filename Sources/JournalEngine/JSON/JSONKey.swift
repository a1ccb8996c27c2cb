/// A string compared and hashed by its exact bytes.
///
/// `String` takes "é" and "e" + U+0301 for equal; RFC 8259 section 8.3 compares strings code unit
/// by code unit, so with `String`'s own `==` two different objects could count as one.
struct JSONKey: Hashable {
  let text: String

  static func == (left: JSONKey, right: JSONKey) -> Bool {
    left.text.isExactly(right.text)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(text.utf8.count)
    let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
      // The hasher only reads the bytes, within the closure.
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if done == nil {
      unsafe Array(text.utf8).withUnsafeBytes { bytes in
        unsafe hasher.combine(bytes: bytes)
      }
    }
  }
}
