internal import Glibc

/// A folder of files of the earlier programs, and how it is read: never written to, and never left by
/// a link. For one thread at a time.
package final class SourceFolder {
  package let path: String
  private let root: Descriptor
  /// The folder of the file that was read last: most files stand beside one another.
  private var recent: (path: String, folder: Descriptor)?

  /// Something that stands in it, by its path from there.
  package enum Item: Sendable, Hashable {
    case file(String)
    case link(String)
    /// What cannot be read, and why.
    case unreadable(String, String)
  }

  /// - Throws: ``SourceError`` where it is no folder that can be read.
  package init(_ path: String) throws(SourceError) {
    self.path = path
    // The folder itself may be a link: the user chose it.
    root = try Descriptor(path, in: AT_FDCWD, O_RDONLY | O_DIRECTORY)
  }

  /// All that stands in it and in its folders, in the order of the paths.
  package func items() throws(SourceError) -> [Item] {
    var items: [Item] = []
    try list(root, "", depth: 0, into: &items)
    return items
  }

  /// The bytes of a file.
  ///
  /// - Parameter limit: how many there may be.
  /// - Throws: ``SourceError``, `tooLong` among them; then nothing of it was read.
  package func read(_ file: String, limit: Int) throws(SourceError) -> [UInt8] {
    let parts = file.split(separator: "/")
    guard let name = parts.last else { throw SourceError("it has no name") }
    let folder = try folder(parts.dropLast().joined(separator: "/"))
    // Not to wait for the other end of a pipe that took its place.
    let opened = try Descriptor(String(name), in: folder.number, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
    var status = stat()
    guard unsafe fstat(opened.number, &status) == 0 else { throw SourceError(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SourceError("it is no file") }
    guard status.st_size <= limit else {
      throw SourceError(
        "it has \(status.st_size) bytes; at most \(limit) are read", isTooLong: true)
    }
    return try opened.bytes(Int(status.st_size), limit: limit)
  }

  private func folder(_ path: String) throws(SourceError) -> Descriptor {
    if let recent, recent.path == path { return recent.folder }
    var folder = root
    for part in path.split(separator: "/") {
      folder = try Descriptor(
        String(part), in: folder.number, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    }
    recent = (path, folder)
    return folder
  }

  /// Deeper than this no earlier program put anything.
  private static let deepest = 16

  private func list(
    _ folder: Descriptor, _ prefix: String, depth: Int, into items: inout [Item]
  ) throws(SourceError) {
    for (name, kind) in try folder.names().sorted(by: { $0.name < $1.name }) {
      let path = prefix + String(decoding: name, as: UTF8.self)
      guard let text = String(validating: name, as: UTF8.self) else {
        items.append(.unreadable(path, "its name is not text"))
        continue
      }
      guard !text.utf8.contains(0x0A) else {
        items.append(.unreadable(path, "its name has a line feed in it: rename it"))
        continue
      }
      let known: Descriptor.Kind
      if let kind { known = kind } else { known = try folder.kind(of: text) }
      switch known {
      case .folder where depth == Self.deepest:
        items.append(.unreadable(path, "it is too many folders deep"))
      case .folder:
        do throws(SourceError) {
          let inner = try Descriptor(
            text, in: folder.number, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
          try list(inner, path + "/", depth: depth + 1, into: &items)
        } catch {
          items.append(.unreadable(path, error.description))
        }
      case .file: items.append(.file(path))
      case .link: items.append(.link(path))
      case .other: items.append(.unreadable(path, "it is neither a file nor a folder"))
      }
    }
  }
}

/// Why something in a source could not be read, as a clause.
package struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String
  package let isTooLong: Bool

  init(_ description: String, isTooLong: Bool = false) {
    self.description = description
    self.isTooLong = isTooLong
  }

  /// What the system says.
  init(_ number: Int32) {
    let text = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, unsafe strerror_r(number, start, buffer.count) == 0
      else { return "error \(number)" }
      return unsafe String(cString: start)
    }
    self.init(number == ELOOP ? "it is a link" : text)
  }
}
