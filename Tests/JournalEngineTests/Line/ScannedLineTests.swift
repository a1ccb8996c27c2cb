import JournalEngine
import Testing

@Suite("What was found in a line")
struct ScannedLineTests {
  @Test("is a whole number of the 16 bytes in which it is copied")
  func wholeRegisters() {
    #expect(MemoryLayout<ScannedLine>.size.isMultiple(of: 16))
  }

  @Test("tells a text that is empty from one that is not there")
  func emptyText() throws {
    let sample = Sample().adding(#""subject""#, #""""#)
    let fields = try #require(Sample.scan(sample.text))
    let subject = try #require(fields.subject)
    #expect(subject.range.count == 2)
    #expect(fields.by == nil)
  }
}
