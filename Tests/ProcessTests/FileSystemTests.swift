import Testing

/// The kernel's answer to what file system this is, replaced on its way back (statfs(2)).
@Suite(
  "File systems",
  .enabled(if: Programs.canAlterAnswers, "a strace(1) that can alter what a call returns is needed")
)
struct FileSystemTests {
  /// Where appends of several machines are not atomic, and what cannot be known of.
  static let refused: [(type: UInt32, name: String)] = [
    (0x6969, "NFS"), (0xFF53_4D42, "SMB"), (0xFE53_4D42, "SMB"), (0x517B, "SMB"),
    (0x0102_1997, "9P"), (0x6573_5546, "FUSE"),
    (0x00C3_6400, "type 0xc36400"),  // Ceph
    (0x5346_414F, "type 0x5346414f"),  // AFS
    (0x0BD0_0BD0, "type 0xbd00bd0"),  // Lustre
  ]

  static let known: [UInt32] = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630,
  ]

  @Test("Writing is refused on others than local ones, with a way out, and reading works there")
  func refusal() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("start", "p")
    let before = try FolderImage(scratch.path)
    for (type, name) in Self.refused {
      let refused = try run(journals.command(["start", "p"]), on: type)
      #expect(refused.status == .exit(1), "\(refused)")
      #expect(refused.output.isEmpty)
      #expect(
        refused.error == """
          error: appends of several processes are not known to be atomic here (\(name)) \
          (\(journals.folder("p")))
          hint: keep journals on a local disk, or state with --single-writer that nobody else writes

          """)
      let result = try run(journals.command(["start", "p", "--json"]), on: type)
      #expect(result.error.hasPrefix(#"{"error":{"code":"unsafe_file_system","#), "\(result)")
      for command in [["status"], ["verify"], ["history", "p"], ["head", "p"]] {
        #expect(try run(journals.command(command), on: type).status == .exit(0))
      }
    }
    #expect(try FolderImage(scratch.path) == before)
  }

  @Test("A journal that is to be made there holds nothing")
  func newJournal() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let result = try run(journals.command(["start", "new", "--json"]), on: 0x6969)
    #expect(result.status == .exit(1))
    #expect(result.error.contains("unsafe_file_system"))
    #expect(try journals.daybook("status", "new").status == .exit(3))
    try journals.done("start", "new")
  }

  @Test("The way out is to state that nobody else writes")
  func singleWriter() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let result = try run(journals.command(["start", "p", "--single-writer"]), on: 0x6969)
    #expect(result.status == .exit(0), "\(result)")
    #expect(try journals.daybook("verify").status == .exit(0))
  }

  @Test("Writing goes without a word on the local ones that are known")
  func local() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for type in Self.known {
      let result = try run(journals.command(["start", "p"]), on: type)
      #expect(result.status == .exit(0) && result.error.isEmpty, "\(result)")
    }
  }

  private func run(_ command: [String], on type: UInt32) throws -> Child.Result {
    try Child.run(Trace.answering(type, command))
  }
}
