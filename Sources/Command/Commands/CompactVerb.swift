import Discovery
import JournalEngine

extension Verb {
  static let compact = Verb(
    CommandSpec(
      name: "compact", summary: "Write a snapshot, tidy up, and drop history where asked to",
      operands: [Operand(name: "PROFILE", kind: .manyOptional)],
      options: [
        OptionSpec(
          name: "keep", value: "N", help: "how many of the newest snapshots stay; else 2"),
        OptionSpec(
          name: "prune-before", value: "WHEN",
          help: "drop the segments whose entries are all before a time or a seq"),
      ], lists: true,
      notes: "A snapshot makes opening fast, and can be deleted at any time. Without "
        + "--prune-before no history is dropped. With it, what is dropped is gone for good: only "
        + "what it came to, and the hashes of what it was, are kept. Others may read and append "
        + "meanwhile.",
      examples: ["daybook compact", "daybook compact acme --prune-before 2024-01-01"])
  ) { call in
    let options = CompactionOptions(
      keep: try call.snapshotsToKeep() ?? CompactionOptions().keep,
      pruneBefore: call.arguments.value("prune-before") == nil
        ? nil : try call.point("prune-before"))
    let profiles = call.profiles
    // What is begun is brought to an end, and no other journal is begun then.
    Signals.catchInterrupts()
    var list = call.list()
    let exit = try call.forEachProfileAtOnce("compacting", counting: .items("profiles")) {
      name, _ -> Compaction? in
      if Signals.interrupted { return nil }
      let writer = try JournalWriter<Profile>(
        name, in: profiles.root, system: profiles.system, options: profiles.options)
      let done = try writer.compact(options)
      try writer.close()
      return done
    } take: { name, done in
      guard let done else { return .done }
      if call.json {
        try list.add(done.json(profile: name))
      } else {
        try call.print(done, of: name)
      }
      return .done
    }
    if call.json { try list.finish() }
    return exit
  }
}

extension Call {
  fileprivate func snapshotsToKeep() throws -> Int? {
    guard let count = try count("keep") else { return nil }
    guard count > 0 else {
      throw UsageError(
        message: "--keep 0 keeps no snapshot", hint: "1 or more is expected; the newest is written")
    }
    return count
  }

  fileprivate func print(_ done: Compaction, of profile: JournalName) throws {
    let snapshot =
      done.snapshot.map { "wrote \($0.path), \($0.bytes) bytes" }
      ?? "the snapshot of this entry is there"
    var lines = ["\(profile): head \(done.head), \(snapshot)"]
    lines += done.removed.map { "  removed: \($0)" }
    lines += done.cleared.map { "  cleared: \($0), left by one that was stopped" }
    lines += done.pruned.map { segment in
      "  pruned: \(segment.path), entries \(segment.seqs.lowerBound) to "
        + "\(segment.seqs.upperBound), \(segment.bytes) bytes"
    }
    if done.isSealed { lines.append("  sealed: the segment that was written to") }
    for line in lines { try output.write(line.escapedForTerminal + "\n") }
  }
}

extension Compaction {
  fileprivate func json(profile: JournalName) -> JSON {
    [
      "profile_id": .string(profile.text),
      "seq": .number(JSONNumber(head.seq)),
      "head": .string(head.hash.description),
      "snapshot": snapshot.map { file in
        ["file": .string(file.path), "bytes": .number(JSONNumber(file.bytes))]
      } ?? .null,
      "removed": .array(removed.map(JSON.string)),
      "cleared": .array(cleared.map(JSON.string)),
      "pruned": .array(
        pruned.map { segment in
          [
            "file": .string(segment.path),
            "first": .number(JSONNumber(segment.seqs.lowerBound)),
            "last": .number(JSONNumber(segment.seqs.upperBound)),
            "bytes": .number(JSONNumber(segment.bytes)),
          ]
        }),
      "sealed": .bool(isSealed),
    ]
  }
}
