extension JSON {
  /// Reads the one JSON value that a text in UTF-8 is.
  ///
  /// In: the bytes, blanks allowed around the value, no byte order mark; and the bounds. Errors: a
  /// `JSONError` for anything RFC 8259 does not allow, for a name occurring twice in one object
  /// (compared after unescaping, at any depth) and for what exceeds the bounds. Source: RFC 8259.
  /// Cost: linear in the length.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    // A `Result` carries the typed error out of the closure.
    self = try unsafe bytes.withUnsafeBytes { bytes in
      unsafe JSON.result(parsing: bytes, limits: limits)
    }.get()
  }

  /// Reads the one JSON value that a text in UTF-8 is, from any collection of bytes.
  ///
  /// As ``init(parsing:limits:)-([UInt8],_)``; bytes that are not contiguous are copied first.
  public init(
    parsing bytes: some Collection<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) {
    let result = bytes.withContiguousStorageIfAvailable { bytes in
      unsafe JSON.result(parsing: UnsafeRawBufferPointer(bytes), limits: limits)
    }
    if let result {
      self = try result.get()
    } else {
      try self.init(parsing: Array(bytes), limits: limits)
    }
  }

  /// Reads the one JSON value that a string is.
  ///
  /// As ``init(parsing:limits:)-([UInt8],_)``; length and offsets count bytes of UTF-8.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: text.utf8, limits: limits)
  }

  /// Reads the one JSON value that a buffer is; the buffer is not kept.
  ///
  /// As ``init(parsing:limits:)-([UInt8],_)``, without a copy.
  package init(
    parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) {
    var parser = unsafe JSONParser(bytes, limits: limits)
    self = try parser.document()
  }

  private static func result(
    parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits
  ) -> Result<JSON, JSONError> {
    do throws(JSONError) {
      return .success(unsafe try JSON(parsing: bytes, limits: limits))
    } catch {
      return .failure(error)
    }
  }
}
