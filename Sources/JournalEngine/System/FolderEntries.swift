internal import CLinux
internal import Glibc

/// The entries of a folder, as getdents64(2) gives them: opendir(3) would take a descriptor of its
/// own, and four calls to make it ready.
enum FolderEntries {
  /// Hands out the name and the kind (`d_type`) of each, but for `.` and `..`.
  ///
  /// - Returns: an error number; 0 where all were read.
  static func each(
    of descriptor: Int32, _ body: (_ name: UnsafeRawBufferPointer, _ kind: UInt8) -> Void
  ) -> Int32 {
    unsafe withUnsafeTemporaryAllocation(byteCount: 32 << 10, alignment: 8) { buffer in
      while true {
        let count = unsafe clinux_entries(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return Int32(-count) }
        var start = 0
        while start + nameOffset < count {
          let size = unsafe buffer.loadUnaligned(fromByteOffset: start + 16, as: UInt16.self)
          let end = start + Int(size)
          guard end > start + nameOffset, end <= count else { return EIO }
          let field = unsafe UnsafeRawBufferPointer(
            rebasing: buffer[start + nameOffset..<end])
          let name = unsafe UnsafeRawBufferPointer(
            rebasing: field[..<(field.firstIndex(of: 0) ?? field.count)])
          if unsafe !isSelfOrAbove(name) { unsafe body(name, buffer[start + 18]) }
          start = end
        }
      }
    }
  }

  /// struct linux_dirent64: 8 bytes of inode, 8 of position, 2 of size, 1 of kind, then the name.
  private static let nameOffset = 19

  private static func isSelfOrAbove(_ name: UnsafeRawBufferPointer) -> Bool {
    let dot = UInt8(ascii: ".")
    return unsafe name.count <= 2 && name.allSatisfy { $0 == dot }
  }
}
