import Discovery
import JournalEngine

extension Verb {
  static let repair = Verb(
    CommandSpec(
      name: "repair", summary: "Show what a repair of a damaged journal gives up, or repair it",
      operands: [Operand(name: "PROFILE")],
      options: [OptionSpec(name: "apply", help: "repair; without it nothing is changed")],
      notes:
        "Compare with a copy first: what a repair gives up no longer counts. Nothing is deleted "
        + "or altered, one line is appended, and `daybook history PROFILE --void` still shows what "
        + "was given up. Exit status 5 if there is damage that was not repaired.",
      examples: ["daybook repair acme", "daybook repair acme --apply"])
  ) { call in
    let profile = try call.profile()
    let applies = call.arguments.flag("apply")
    let repair = JournalRepair(call.profiles.reader(profile), options: call.profiles.options)
    let plan: RepairPlan?
    if applies {
      Signals.catchInterrupts()
      plan = try repair.apply(by: try call.by)
    } else {
      plan = try repair.plan()
    }
    guard let plan else {
      if call.json {
        try call.print(["profile_id": .string(profile.text), "damaged": false, "repaired": false])
      } else {
        try call.output.write("\(profile): sound, there is nothing to repair\n")
      }
      return .done
    }
    let head = applies ? try call.profiles.reader(profile).head() : nil
    if call.json {
      try call.print(plan.json(head: head))
    } else {
      try call.print(plan, head: head)
    }
    return applies ? .done : .damage
  }
}

extension Call {
  /// - Parameter head: after the repair; nil where it was not done.
  fileprivate func print(_ plan: RepairPlan, head: Head?) throws {
    let place = "\(plan.damage.file), byte \(plan.damage.offset)"
    try print(rows: [
      ("profile", plan.journal.text),
      ("damage", "\(plan.damage.cause) (\(place))"),
      ("beyond doubt", "\(plan.from)"),
      (
        head == nil ? "to give up" : "given up",
        "\(plan.lines) \(plan.lines == 1 ? "line" : "lines"), \(plan.entries) of them entries so far"
      ),
      ("head", head.map { "\($0)" } ?? "\(plan.seq), once it is repaired"),
    ])
    if !plan.givenUp.isEmpty {
      try output.write("\n")
      var table = Table(columns: [
        .init("SEQ", alignment: .right, priority: 9), .init("TIME", priority: 7),
        .init("TYPE", priority: 8), .init("SUBJECT", priority: 5),
        .init("PLACE", flexible: true, priority: 3),
      ])
      for line in plan.givenUp {
        table.addRow([
          .init(String(line.seq)), .init(line.time.description), .init(line.type),
          .init(line.subject ?? "-"),
          .init("\(line.place.file) byte \(line.place.offset), \(line.place.length) bytes"),
        ])
      }
      try output.write(table.render(width: terminal.outputWidth, style: terminal.style))
      if plan.lines > plan.givenUp.count {
        try output.write("and \(plan.lines - plan.givenUp.count) more\n")
      }
    }
    try output.write(
      head == nil
        ? "\nNothing is changed yet. Compare with a copy, then run `daybook repair \(plan.journal) "
          + "--apply`.\n"
        : "\nNothing was deleted: `daybook history \(plan.journal) --void` shows it all.\n")
  }
}

extension RepairPlan {
  fileprivate func json(head: Head?) -> JSON {
    [
      "profile_id": .string(journal.text),
      "damaged": true,
      "repaired": .bool(head != nil),
      "cause": .string(damage.cause),
      "file": .string(damage.file),
      "offset": .number(JSONNumber(damage.offset)),
      "beyond_doubt": [
        "seq": .number(JSONNumber(from.seq)), "head": .string(from.hash.description),
      ],
      "seq": .number(JSONNumber(seq)),
      "head": head.map { .string($0.hash.description) } ?? .null,
      "lines": .number(JSONNumber(lines)),
      "entries": .number(JSONNumber(entries)),
      "given_up": .array(
        givenUp.map { line in
          [
            "seq": .number(JSONNumber(line.seq)), "time": .string(line.time.description),
            "type": .string(line.type), "subject": line.subject.map(JSON.string) ?? .null,
            "file": .string(line.place.file), "offset": .number(JSONNumber(line.place.offset)),
            "length": .number(JSONNumber(line.place.length)),
          ]
        }),
    ]
  }
}
