import Testing

@testable import LegacyProfiles

@Suite("A path in the folder that is imported")
struct SourcePathTests {
  @Test(
    "is taken apart at its slashes and its ending, whatever characters they make with their neighbours",
    arguments: ["plain", "a\u{605}", "\u{301}b"])
  func parts(_ name: String) {
    let path = SourcePath("acme/sessions/\(name).json")
    #expect(path.stem == name)
    #expect(path.parent == "sessions")
    #expect(path.folder(above: "sessions") == "acme")
  }
}
