import Testing

@testable import Command

@Suite("Names that may have been meant")
struct NearestNameTests {
  @Test(
    "Edits are a letter more, less or other, and two neighbours exchanged",
    arguments: [
      ("", "", 0), ("start", "start", 0), ("strt", "start", 1), ("starrt", "start", 1),
      ("stard", "start", 1), ("strat", "start", 1), ("tsrat", "start", 2), ("ca", "abc", 3),
    ])
  func distance(from: String, to: String, expected: Int) {
    #expect(NearestName.editDistance(Array(from), Array(to), limit: 5) == expected)
    #expect(NearestName.editDistance(Array(to), Array(from), limit: 5) == expected)
  }

  @Test("Beyond the limit the distance is not told")
  func limit() {
    #expect(NearestName.editDistance(Array("abcdefgh"), Array("x"), limit: 2) == 3)
    #expect(NearestName.editDistance(Array("abcd"), Array("wxyz"), limit: 2) == 3)
  }

  @Test("The nearest names alone are suggested")
  func nearest() {
    let names = ["start", "stats", "status", "history"]
    #expect(NearestName.suggestions(for: "stat", among: names) == ["start", "stats", "status"])
    #expect(NearestName.suggestions(for: "statu", among: names) == ["stats", "status"])
    #expect(NearestName.suggestions(for: "histroy", among: names) == ["history"])
  }

  @Test("A beginning suggests the whole, however long")
  func prefix() {
    #expect(NearestName.suggestions(for: "s", among: ["single-writer"]) == ["single-writer"])
  }

  @Test("Short words do not suggest just anything")
  func shortWords() {
    #expect(NearestName.suggestions(for: "xy", among: ["to", "at", "by"]) == ["by"])
    #expect(NearestName.suggestions(for: "", among: ["to"]).isEmpty)
    #expect(NearestName.suggestions(for: "dog", among: ["to", "at"]).isEmpty)
  }
}
