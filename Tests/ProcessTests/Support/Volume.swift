import Foundation
import Glibc

/// A small file system of its own in memory, gone when the test is. Needs a privileged user.
final class Volume {
  let path: String
  private let scratch: Scratch

  /// - Parameter kilobytes: how much it holds.
  init(kilobytes: Int) throws {
    scratch = try Scratch()
    path = scratch.path + "/volume"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      throw Child.Failure(action: "mount \(path)", errno: errno)
    }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  func makeReadOnly() throws {
    let flags = UInt(MS_REMOUNT | MS_RDONLY)
    guard mount("tmpfs", path, "tmpfs", flags, nil) == 0 else {
      throw Child.Failure(action: "make \(path) read-only", errno: errno)
    }
  }

  var journals: Journals { Journals(root: path + "/Journals") }

  /// Whether this user can have one.
  static let canMount: Bool = (try? Volume(kilobytes: 64)) != nil
}
