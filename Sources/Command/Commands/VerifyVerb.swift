import Discovery
import JournalEngine

extension Verb {
  static let verify = Verb(
    CommandSpec(
      name: "verify", summary: "Recompute every hash and check every line",
      operands: [Operand(name: "PROFILE", kind: .manyOptional)],
      options: [
        OptionSpec(
          name: "head", value: "SEQ:HASH",
          help: "a head that was written down: is it in the chain? For one PROFILE")
      ], lists: true,
      notes: "Exit status 5 if anything that was vouched for is missing or altered. Lines that do "
        + "not count and prove nothing missing are reported and harmless.",
      examples: ["daybook verify", "daybook verify acme --head 120:9f86d0…"])
  ) { call in
    let expected = try call.expectedHead()
    let profiles = call.profiles
    var list = call.list()
    let exit = try call.forEachProfileAtOnce("verifying") { name, progress in
      try profiles.reader(name).verify(
        as: Profile.self, expecting: expected, progress: progress)
    } take: { name, result in
      // People read it among the results, programs on standard error as well.
      guard call.json else {
        try call.print(result)
        return result.isSound ? .done : .damage
      }
      try list.add(result.json)
      guard let error = result.error else { return .done }
      return call.report(Failure(error), of: name)
    }
    if call.json { try list.finish() }
    return exit
  }
}

extension Call {
  fileprivate func expectedHead() throws -> Head? {
    guard let text = arguments.value("head") else { return nil }
    guard arguments.operands.count == 1 else {
      throw UsageError(message: "--head goes with exactly one PROFILE", hint: nil)
    }
    guard let head = Head(text) else {
      throw UsageError(
        message: "--head \(text) is not SEQ:HASH", hint: "`daybook head PROFILE` prints one")
    }
    return head
  }

  fileprivate func print(_ result: Verification) throws {
    let verdict = result.isSound ? terminal.style.green("sound") : terminal.style.red("DAMAGED")
    try output.write(
      "\(result.journal): \(verdict), \(result.entries) entries, \(result.bytes) bytes, "
        + "head \(result.head)\n")
    for finding in result.findings {
      let kind = finding.kind.rawValue
      let shown = finding.isDamage ? terminal.style.red(kind) : terminal.style.yellow(kind)
      try output.write(
        "  \(shown): \(finding.place.escapedForTerminal): "
          + "\(finding.message.escapedForTerminal)\n")
    }
    let total = result.counts.values.reduce(0, +)
    if total > result.findings.count {
      try output.write("  and \(total - result.findings.count) more\n")
    }
  }
}

extension Finding {
  /// The file, the line, and the bytes in it.
  fileprivate var place: String {
    guard let line else { return file }
    return "\(file) line \(line), byte \(offset), \(length) bytes"
  }
}

extension Verification {
  fileprivate var json: JSON {
    [
      "profile_id": .string(journal.text),
      "sound": .bool(isSound),
      "seq": .number(JSONNumber(head.seq)),
      "head": .string(head.hash.description),
      "entries": .number(JSONNumber(entries)),
      "bytes": .number(JSONNumber(bytes)),
      "last_beyond_doubt": damage.map { .number(JSONNumber($0.lastBeyondDoubt)) } ?? .null,
      "counts": .object(
        JSONObject(
          Finding.Kind.allCases.compactMap { kind in
            counts[kind].map { (kind.name, JSON.number(JSONNumber($0))) }
          })),
      "findings": .array(
        findings.map { finding in
          [
            "kind": .string(finding.kind.name), "damage": .bool(finding.isDamage),
            "file": .string(finding.file),
            "line": finding.line.map { .number(JSONNumber($0)) } ?? .null,
            "offset": .number(JSONNumber(finding.offset)),
            "length": .number(JSONNumber(finding.length)),
            "seq": finding.seq.map { .number(JSONNumber($0)) } ?? .null,
            "message": .string(finding.message),
          ]
        }),
    ]
  }
}
