import JournalEngine

/// A name that is compared and hashed byte by byte, as JSON compares names: `String` would take
/// “é” for the same whether it is one code point or two.
package struct ExactName: Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (a: ExactName, b: ExactName) -> Bool { a.text.isExactly(b.text) }

  package func hash(into hasher: inout Hasher) {
    let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if done == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}
