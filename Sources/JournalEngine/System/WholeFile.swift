/// Files that are written once, as a whole, and never changed: whoever looks finds all of it or
/// nothing.
package enum WholeFile {
  /// Writes a file under a temporary name, makes it durable, and then gives it its name.
  ///
  /// - Parameters:
  ///   - contents: appends what is to stand in it; it is called again where another attempt is made.
  ///   - replacing: whether a file of that name is replaced.
  ///   - syncingNames: whether its name is durable afterwards.
  /// - Returns: false where the name is taken and is not to be replaced.
  /// - Throws: what the system gives; the temporary file is removed then, as well as can be.
  package static func write(
    as file: String, replacing: Bool, in folder: any JournalFolder, random: any RandomSource,
    syncingNames: Bool = true, attempts: Int = 10,
    _ contents: (any SegmentFile) throws(JournalError) -> Void
  ) throws(JournalError) -> Bool {
    var name = Array(".\(file).".utf8)
    Hex.append(random.next(), to: &name)
    let temporary = String(decoding: name, as: UTF8.self) + suffix
    do throws(JournalError) {
      let opened = try folder.createFile(temporary)
      try contents(opened)
      try opened.syncData()
      let isThere = try folder.rename(temporary, to: file, replacing: replacing)
      if !isThere { try folder.remove(temporary) }
      if syncingNames { try folder.syncNames() }
      return isThere
    } catch {
      try? folder.remove(temporary)
      // Another compaction took the temporary file for one that a dead one left.
      guard error.code == .notFound, attempts > 1 else { throw error }
      return try write(
        as: file, replacing: replacing, in: folder, random: random, syncingNames: syncingNames,
        attempts: attempts - 1, contents)
    }
  }

  /// The same with bytes that are there.
  package static func write(
    _ bytes: [UInt8], as file: String, replacing: Bool, in folder: any JournalFolder,
    random: any RandomSource, syncingNames: Bool = true
  ) throws(JournalError) -> Bool {
    try write(
      as: file, replacing: replacing, in: folder, random: random, syncingNames: syncingNames
    ) { file throws(JournalError) in
      try file.appendAll(bytes)
    }
  }

  /// The whole of a file; nil where there is none.
  ///
  /// - Parameter end: how a long one must end, so many bytes: else it is not read.
  static func read(
    _ file: String, in folder: any JournalFolder,
    ifLong end: (count: Int, isEnd: ([UInt8]) -> Bool)? = nil
  ) throws(JournalError) -> [UInt8]? {
    guard let opened = try folder.openForReading(file) else { return nil }
    // It never changes once it has its name.
    let size = if let size = opened.sizeWhenOpened { size } else { try opened.size() }
    guard size <= longest else {
      throw JournalError(
        .io, "the file has \(size) bytes; at most \(longest) are read at once",
        hint: "it is none of ours: move it out of the journal", file: opened.path)
    }
    if let end, size > long,
      try !end.isEnd(opened.bytes(at: size - Int64(end.count), count: end.count))
    {
      throw JournalError(
        .io, "the file has \(size) bytes, and does not end as one of ours",
        hint: "move it out of the journal", file: opened.path)
    }
    return try opened.bytes(at: 0, count: Int(size))
  }

  package static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(suffix)
  }

  /// What is larger is not tried: it would only exhaust the memory.
  private static let longest: Int64 = 4 << 30
  /// What takes a while to read.
  private static let long: Int64 = 1 << 20

  private static let suffix = ".tmp"
}

extension SegmentFile {
  /// Appends all bytes, by as many calls as it takes: for files that nobody else writes to.
  func appendAll(_ bytes: [UInt8]) throws(JournalError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let (written, _) = try append(Array(rest.prefix(4 << 20)))
      guard written > 0 else {
        throw JournalError(
          .io, "the system took no more bytes", hint: "see the system's log, then try again",
          file: path)
      }
      rest = rest.dropFirst(written)
    }
  }
}
