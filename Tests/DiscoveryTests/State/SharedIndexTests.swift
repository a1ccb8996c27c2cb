import Testing

@testable import Discovery

@Suite("An index that copies share")
struct SharedIndexTests {
  @Test("Takes no more once most of it is of no use to the copy that adds")
  func strangers() {
    let index = SharedIndex()
    var added = 0
    while added < 1000, index.add(UInt32(added), place: 0) { added += 1 }
    #expect(added > 100 && added < 200)
    // A copy that has as many of its own goes on.
    #expect(index.add(1000, place: added))
    #expect(index.first(1000) { $0 == added } == added)
    #expect(index.first(1000) { _ in false } == nil)
  }

  @Test("Is made of the hashes of all places, of which some may be the same")
  func places() {
    let index = SharedIndex((0..<500).map { UInt32($0 / 2) })
    for place in 0..<500 {
      #expect(index.first(UInt32(place / 2)) { $0 == place } == place)
    }
    #expect(index.first(250) { _ in true } == nil)
  }
}
