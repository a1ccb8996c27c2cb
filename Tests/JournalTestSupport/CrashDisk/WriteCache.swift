/// Follows a disk from change to change, and keeps apart what is durable by then.
package struct WriteCache: Sendable {
  private let sectorSize: Int
  private var names: UnsyncedNames
  private var files: [Int: UnsyncedBytes]

  package init(_ history: DiskHistory, sectorSize: Int) {
    self.sectorSize = sectorSize
    names = UnsyncedNames(folders: history.base.folders, files: history.nodes)
    files = [:]
    for (path, node) in history.nodes {
      files[node] = UnsyncedBytes(durable: history.base.files[path] ?? [])
    }
  }

  package mutating func take(_ change: DiskChange) {
    switch change {
    case .makeFile(_, let node): files[node] = UnsyncedBytes()
    case .append(let bytes, let node): files[node, default: UnsyncedBytes()].append(bytes)
    case .syncData(let node): files[node]?.sync()
    case .syncNames(let folder): names.sync(folder)
    case .makeFolder, .rename, .remove: break
    }
    names.add(change)
  }

  /// The power failure that comes now.
  package var powerFailure: PowerFailure {
    let nodes = names.nodes
    return PowerFailure(names, files.filter { nodes.contains($0.key) }, sectorSize: sectorSize)
  }
}
