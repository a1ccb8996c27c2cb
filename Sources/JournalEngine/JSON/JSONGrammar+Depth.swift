extension JSONGrammar {
  /// How deep arrays and objects stand within one another in a value that was checked.
  static func depth(_ value: UnsafeRawBufferPointer) -> Int {
    var (depth, deepest) = (0, 0)
    var isInString = false
    var isEscaped = false
    for index in value.indices {
      let byte = unsafe value[index]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == JSONByte.backslash {
          isEscaped = true
        } else if byte == JSONByte.quote {
          isInString = false
        }
        continue
      }
      switch byte {
      case JSONByte.quote: isInString = true
      case JSONByte.openObject, JSONByte.openArray:
        depth += 1
        deepest = max(deepest, depth)
      case JSONByte.closeObject, JSONByte.closeArray: depth -= 1
      default: break
      }
    }
    return deepest
  }
}
