/// A power failure after some of the changes to a disk: what would be there afterwards is a
/// matter of chance, and this makes every image that can come of it.
package struct PowerFailure: Sendable {
  /// One thing that is left to chance.
  package enum Thing: Sendable, Equatable {
    /// A change of names, made or not.
    case names(DiskChange)
    /// Where a file ends.
    case size(node: Int)
    /// How much of a sector was written.
    case sector(node: Int, Range<Int>)
  }

  package let things: [Thing]
  /// The number of choices for each of the ``things``.
  package let radices: [UInt16]
  private let names: UnsyncedNames
  private let files: [(node: Int, chances: UnsyncedBytes.Chances)]
  private let durable: [Int: [UInt8]]

  init(_ names: UnsyncedNames, _ nodes: [Int: UnsyncedBytes], sectorSize: Int) {
    self.names = names
    var files: [(node: Int, chances: UnsyncedBytes.Chances)] = []
    var durable: [Int: [UInt8]] = [:]
    var things = names.pending.map { Thing.names($0.change) }
    var radices = names.pending.map { _ in UInt16(2) }
    for (node, bytes) in nodes.sorted(by: { $0.key < $1.key }) {
      let chances = bytes.chances(sectorSize: sectorSize)
      guard !chances.sectors.isEmpty else {
        durable[node] = chances.bytes
        continue
      }
      files.append((node, chances))
      things += [.size(node: node)] + chances.sectors.map { .sector(node: node, $0.range) }
      radices += chances.radices
    }
    self.files = files
    self.durable = durable
    self.things = things
    self.radices = radices
  }

  /// What must be chosen for a thing to be seen, if it is a change of names: itself, and what was
  /// done before to the same names.
  func needed(by index: Int) -> [Int] {
    index < names.pending.count ? names.needed(by: index) : [index]
  }

  /// How many images there may be; some are the same. At most `limit`.
  package func count(upTo limit: Int) -> Int {
    var product = 1
    for radix in radices {
      product *= Int(radix)
      if product >= limit { return limit }
    }
    return product
  }

  /// What is there afterwards.
  package func image(_ survivors: Survivors) -> DiskImage {
    var image = DiskImage()
    let (folders, paths) = names.surviving(survivors.choices[..<names.pending.count])
    var contents = durable
    var next = names.pending.count
    for (node, chances) in files {
      let end = next + 1 + chances.sectors.count
      contents[node] = chances.surviving(survivors.choices[next..<end], survivors.filler)
      next = end
    }
    image.folders = folders
    image.files = paths.mapValues { contents[$0] ?? [] }
    return image
  }
}
