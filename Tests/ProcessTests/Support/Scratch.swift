import Foundation

/// A folder for one test, gone when the test is.
final class Scratch {
  let path: String

  /// - Parameter inMemory: where syncing costs nothing, so that writers meet more often; if there
  ///   is such a place.
  init(inMemory: Bool = false) throws {
    let memory = "/dev/shm/"
    let fits = inMemory && FileManager.default.isWritableFile(atPath: memory)
    path = (fits ? memory : NSTemporaryDirectory()) + "daybook-process-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A root that does not exist yet.
  var journals: Journals { Journals(root: path + "/Journals") }
}
