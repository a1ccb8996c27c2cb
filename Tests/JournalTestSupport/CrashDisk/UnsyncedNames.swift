/// The names of a disk: those that are durable, and what was done to them since.
///
/// A power failure leaves any part of what was done since, but for the order on one name: what
/// was done to a name is there only if all that was done before to the same name is there too.
struct UnsyncedNames: Sendable {
  private(set) var folders: Set<String>
  private(set) var files: [String: Int]
  private(set) var pending: [Pending] = []

  struct Pending: Sendable {
    let change: DiskChange
    /// The names that it is about.
    let names: [String]
  }

  init(folders: Set<String>, files: [String: Int]) {
    self.folders = folders
    self.files = files
  }

  mutating func add(_ change: DiskChange) {
    switch change {
    case .makeFolder(let path), .makeFile(let path, _), .remove(let path):
      pending.append(Pending(change: change, names: [path]))
    case .rename(let path, let new):
      pending.append(Pending(change: change, names: [path, new]))
    case .append, .syncData, .syncNames: break
    }
  }

  /// What is in the folder is durable, and so is the folder, and the root that it is in.
  mutating func sync(_ folder: String) {
    let root = DiskPath.folder(of: folder)
    var rest: [Pending] = []
    for item in pending {
      let isSynced = item.names.contains { name in
        name == folder || name == root || DiskPath.folder(of: name) == folder
      }
      if isSynced { Self.apply(item.change, &folders, &files) } else { rest.append(item) }
    }
    pending = rest
  }

  /// The files that have a name, or may have one after a power failure.
  var nodes: Set<Int> {
    var nodes = Set(files.values)
    for item in pending {
      if case .makeFile(_, let node) = item.change { nodes.insert(node) }
    }
    return nodes
  }

  /// The names after a power failure: `kept` says for each pending change whether it was written,
  /// which is of use only where those before it on the same name were.
  func surviving(_ kept: ArraySlice<UInt16>) -> (folders: Set<String>, files: [String: Int]) {
    var (folders, files) = (self.folders, self.files)
    var lost: Set<String> = []
    for (item, isKept) in zip(pending, kept) {
      if isKept == 1, item.names.allSatisfy({ !lost.contains($0) }) {
        Self.apply(item.change, &folders, &files)
      } else {
        lost.formUnion(item.names)
      }
    }
    // What stands in a folder that is not there is not there.
    while let orphan = folders.first(where: { !isReachable($0, folders) }) {
      folders.remove(orphan)
    }
    return (folders, files.filter { isReachable($0.key, folders) })
  }

  /// What must have been written for a pending change to be of use, itself included.
  func needed(by index: Int) -> [Int] {
    var names = Set(pending[index].names)
    var needed: [Int] = []
    for earlier in (0...index).reversed() where !names.isDisjoint(with: pending[earlier].names) {
      names.formUnion(pending[earlier].names)
      needed.append(earlier)
    }
    return needed
  }

  private func isReachable(_ path: String, _ folders: Set<String>) -> Bool {
    let folder = DiskPath.folder(of: path)
    return folder.isEmpty || folders.contains(folder)
  }

  private static func apply(
    _ change: DiskChange, _ folders: inout Set<String>, _ files: inout [String: Int]
  ) {
    switch change {
    case .makeFolder(let path): folders.insert(path)
    case .makeFile(let path, let node): files[path] = node
    case .rename(let path, let new): files[new] = files.removeValue(forKey: path)
    case .remove(let path): files[path] = nil
    case .append, .syncData, .syncNames: break
    }
  }
}
