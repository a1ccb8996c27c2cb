import Foundation
import JournalEngine
import Testing

@Suite("The benchmark")
struct BenchmarkTests {
  @Test("Every row can be run, and its report is JSON with a figure for all that it measures")
  func allRows() throws {
    let scratch = try Scratch()
    let listing = try Child.run([Programs.bench, "--list", "--json"])
    let names = try JSON(parsing: Array(listing.output.utf8)).array?.compactMap {
      $0["name"]?.string
    }
    let run = try Child.run(
      [Programs.bench, "--quick", "--runs", "1", "--json", "--root", scratch.path])
    #expect(run.status == .exit(0), "\(run.error)")

    let report = try JSON(parsing: Array(run.output.utf8))
    #expect(report["machine"]?["cores"]?.int ?? 0 > 0)
    let rows = try #require(report["rows"]?.array)
    #expect(rows.count > 10)
    #expect(rows.map { $0["row"]?.string ?? "" } == names)
    for row in rows {
      let figures = row["figures"]?.array ?? []
      #expect(!figures.isEmpty, "\(row.text)")
      for figure in figures {
        #expect(figure["runs"]?.array?.count == 1, "\(figure.text)")
        let median = try #require(figure["median"]?.double, "\(figure.text)")
        #expect(median.isFinite && median >= 0, "\(figure.text)")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test("Only the rows that are asked for are run, as a table for people")
  func table() throws {
    let scratch = try Scratch()
    let run = try Child.run(
      [
        Programs.bench, "--row", "append", "verify", "--quick", "--runs", "1", "--root",
        scratch.path,
      ])
    #expect(run.status == .exit(0), "\(run.error)")
    #expect(run.output.contains("\nappend: "))
    #expect(run.output.contains("\nverify: "))
    #expect(!run.output.contains("\nreplay: "))
    #expect(run.output.contains("daybook ÷ write + fdatasync"))
    #expect(run.output.contains("goal ≥ 0.95"))
  }

  @Test("A row that does not exist is refused with the name that was meant")
  func unknownRow() throws {
    let run = try Child.run([Programs.bench, "--row", "reply"])
    #expect(run.status == .exit(2))
    #expect(run.error == "error: there is no row 'reply': did you mean replay?\n")
    #expect(run.output.isEmpty)
  }

  @Test(
    "An option that does not exist, or lacks its number, is refused",
    arguments: [
      ["--rwo"], ["--runs"], ["--runs", "none"], ["--runs", "0"], ["--seed", "-1"],
    ])
  func wrongOption(words: [String]) throws {
    let run = try Child.run([Programs.bench] + words)
    #expect(run.status == .exit(2))
    #expect(run.error.hasPrefix("error: "))
    #expect(run.output.isEmpty)
  }

  @Test("Where the scratch folder cannot be made nothing is measured")
  func noRoot() throws {
    let scratch = try Scratch()
    let run = try Child.run([Programs.bench, "--quick", "--root", scratch.path + "/missing"])
    #expect(run.status == .exit(1))
    #expect(run.error.contains("No such file or directory"))
  }
}
