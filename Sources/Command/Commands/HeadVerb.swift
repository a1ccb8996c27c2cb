import Discovery
import JournalEngine

extension Verb {
  static let head = Verb(
    CommandSpec(
      name: "head", summary: "Print SEQ:HASH of journals, to be written down elsewhere",
      operands: [Operand(name: "PROFILE", kind: .manyOptional)], lists: true,
      notes: "What is printed is durable. For one PROFILE it is SEQ:HASH alone, for several each "
        + "stands behind its profile.",
      examples: ["daybook head acme", "daybook verify acme --head $(daybook head acme)"])
  ) { call in
    var heads: [(JournalName, Head)] = []
    let profiles = call.profiles
    // Each waits for the disk.
    let exit = try call.forEachProfileAtOnce("reading", counting: .items("profiles")) { name, _ in
      try profiles.reader(name).head()
    } take: { name, head in
      heads.append((name, head))
      return .done
    }
    if call.json {
      try call.print(
        list: heads.map { name, head in
          [
            "profile_id": .string(name.text), "seq": .number(JSONNumber(head.seq)),
            "head": .string(head.hash.description),
          ]
        })
    } else if call.arguments.operands.count == 1, let (_, head) = heads.first {
      try call.output.write("\(head)\n")
    } else {
      for (name, head) in heads { try call.output.write("\(name) \(head)\n") }
    }
    return exit
  }
}
