/// What happened on a disk, from an image on.
package struct DiskHistory: Sendable {
  package var base = DiskImage()
  /// The files of the base, by their names; those that came later have the numbers after them.
  package var nodes: [String: Int] = [:]
  package var changes: [DiskChange] = []

  package init() {}
}
