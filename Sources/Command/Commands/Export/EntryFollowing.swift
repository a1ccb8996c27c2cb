import Discovery
import JournalEngine

/// Streams what journals hold, then whatever any process appends to them, without polling. Of each
/// journal it keeps a bookmark only, so that their number costs no descriptors.
struct EntryFollowing {
  private let call: Call
  private let format: StreamFormat
  private var cursors: ExportCursors
  private let watch: FolderWatch
  /// Of the root, where all journals are followed.
  private var rootWatch: Int32?
  private var names: [Int32: JournalName] = [:]
  private var bookmarks: [JournalName: Bookmark] = [:]
  /// Those that failed: they were reported, and are left.
  private var left: Set<JournalName> = []
  private var exit = ExitStatus.done

  init(_ call: Call, _ format: StreamFormat, _ cursors: ExportCursors) throws {
    self.call = call
    self.format = format
    self.cursors = cursors
    watch = try FolderWatch()
  }

  /// Runs until Ctrl-C, until nobody reads the output, or until no journal is left.
  mutating func run() throws -> ExitStatus {
    let first = try call.namedOrAllProfiles()
    if call.arguments.operands.isEmpty {
      // Before the names are read again, so that none which comes after it is missed.
      rootWatch = try watch.add(call.profiles.root, for: .names)
    }
    exit = exit.worse(call.reportJournalsMissing(from: cursors, first))
    try beginAll(first)
    try beginNew()
    while !Signals.interrupted, rootWatch != nil || !bookmarks.isEmpty {
      try call.output.flush()
      switch try watch.wait(interrupt: Signals.descriptor, output: call.output.descriptor) {
      case .interrupted: return exit
      case .outputClosed: throw OutputError.closedPipe
      case .overflow:
        try readOn(Set(bookmarks.keys))
        try beginNew()
      case .changed(let watches, let gone):
        try readOn(Set(watches.compactMap { names[$0] }))
        for watch in gone { names[watch] = nil }
        if let rootWatch, watches.contains(rootWatch) { try beginNew() }
        if let rootWatch, gone.contains(rootWatch) { self.rootWatch = nil }
      }
    }
    return exit
  }

  private mutating func beginNew() throws {
    guard rootWatch != nil else { return }
    // What is made from now on is new, all of it.
    cursors.isNow = false
    guard let all = try call.profiles.names() else {
      throw call.noRoot
    }
    try beginAll(all)
  }

  private mutating func beginAll(_ all: [JournalName]) throws {
    for name in all where bookmarks[name] == nil && !left.contains(name) {
      if Signals.interrupted { return }
      try attempt(name) { following in
        let reader = following.call.profiles.reader(name)
        let number = try following.watch.add(
          following.call.profiles.root + "/" + name.text, for: .contents)
        following.names[number] = name
        following.bookmarks[name] = try following.cursors.bookmark(in: reader)
        try following.stream(name)
      }
    }
  }

  private mutating func readOn(_ changed: Set<JournalName>) throws {
    for name in changed.sorted() where bookmarks[name] != nil {
      if Signals.interrupted { return }
      try attempt(name) { try $0.stream(name) }
    }
  }

  private mutating func stream(_ name: JournalName) throws {
    try EntryStream(call, of: name, format).write(from: &bookmarks[name, default: .start])
  }

  /// What fails for one journal is reported, and the others go on; where only one was named, it is
  /// thrown.
  private mutating func attempt(
    _ name: JournalName, _ body: (inout EntryFollowing) throws -> Void
  ) throws {
    do {
      try body(&self)
    } catch let error as OutputError {
      throw error
    } catch {
      if call.arguments.operands.count == 1 { throw error }
      exit = exit.worse(call.report(Failure(error), of: name))
      bookmarks[name] = nil
      left.insert(name)
    }
  }
}
