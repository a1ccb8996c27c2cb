/// Verbs that the overview shows together.
package struct CommandGroup: Sendable, Equatable {
  package var title: String
  /// The names of the verbs, in the order to show.
  package var verbs: [String]

  package init(title: String, verbs: [String]) {
    self.title = title
    self.verbs = verbs
  }
}

/// The help, made from the descriptions of the verbs.
package enum HelpText {
  /// Beyond this, lines are hard to read however wide the terminal is.
  private static let widest = 100
  private static let narrowest = 40
  /// The column after which a description begins on a line of its own.
  private static let deepestColumn = 30

  /// All verbs by group. A verb that no group names is shown under "Other".
  package static func overview(
    _ specs: [CommandSpec], groups: [CommandGroup], introduction: String? = nil,
    style: Style = .plain, width: Int = 80
  ) -> String {
    let width = bounded(width)
    var blocks: [String] = []
    let parts = ["\(GlobalOptions.program) COMMAND", "[OPERAND …]", "[OPTION …]"]
    blocks.append(usage(parts, style: style, width: width))
    if let introduction { blocks.append(paragraphs(introduction, indent: 0, width: width)) }
    let column = (specs.map(\.name.displayWidth).max() ?? 0) + 4
    for (title, members) in grouped(specs, groups: groups) {
      let rows = members.map { (label: $0.name, help: $0.summary) }
      blocks.append(section(title, rows, column: column, style: style, width: width))
    }
    let options = GlobalOptions.all + [GlobalOptions.version]
    blocks.append(
      section("Options", options.map { ($0.label, $0.help) }, style: style, width: width))
    blocks.append(
      paragraphs(
        "'\(GlobalOptions.program) help COMMAND' explains a command.", indent: 0, width: width))
    return blocks.joined(separator: "\n")
  }

  /// One verb: usage, summary, options, notes and examples.
  package static func command(
    _ spec: CommandSpec, style: Style = .plain, width: Int = 80
  ) -> String {
    let width = bounded(width)
    var blocks = [usage(spec.usageParts, style: style, width: width)]
    blocks.append(paragraphs(spec.summary, indent: 0, width: width))
    if !spec.options.isEmpty {
      let rows = spec.options.map { ($0.label, description(of: $0)) }
      blocks.append(section("Options", rows, style: style, width: width))
    }
    let globals = spec.globalOptions.map { ($0.label, $0.help) }
    blocks.append(section("Options of every command", globals, style: style, width: width))
    if let notes = spec.notes {
      blocks.append(
        style.bold("Notes") + "\n" + paragraphs(notes, indent: 2, width: width))
    }
    if !spec.examples.isEmpty {
      let lines = spec.examples.map { "  \($0)\n" }.joined()
      blocks.append(style.bold("Examples") + "\n" + lines)
    }
    return blocks.joined(separator: "\n")
  }

  // MARK: Parts

  private static func grouped(
    _ specs: [CommandSpec], groups: [CommandGroup]
  ) -> [(String, [CommandSpec])] {
    let named = Set(groups.flatMap(\.verbs))
    let strays = specs.filter { !named.contains($0.name) }
    var result = groups.map { group in
      (group.title, group.verbs.compactMap { verb in specs.first { $0.name == verb } })
    }
    if !strays.isEmpty {
      if let other = result.firstIndex(where: { $0.0 == "Other" }) {
        result[other].1 += strays
      } else {
        result.append(("Other", strays))
      }
    }
    return result.filter { !$0.1.isEmpty }
  }

  private static func usage(_ parts: [String], style: Style, width: Int) -> String {
    let lines = TextWrapping.fill(
      ["usage: " + (parts.first ?? "")] + parts.dropFirst(), width: width, hanging: 9)
    let text = lines.joined(separator: "\n") + "\n"
    return style.bold("usage:") + text.dropFirst("usage:".count)
  }

  private static func description(of option: OptionSpec) -> String {
    var remarks: [String] = []
    if option.required { remarks.append("required") }
    if option.repeats { remarks.append("may be repeated") }
    return remarks.isEmpty
      ? option.help : option.help + " (" + remarks.joined(separator: ", ") + ")"
  }

  private static func section(
    _ title: String, _ rows: [(label: String, help: String)], column fixed: Int? = nil,
    style: Style, width: Int
  ) -> String {
    let longest = (rows.map(\.label.displayWidth).max() ?? 0) + 4
    let column = min(fixed ?? longest, deepestColumn, width / 2)
    var text = style.bold(title) + "\n"
    for row in rows {
      let label = "  " + row.label
      let lines = TextWrapping.fill(
        row.help.split(separator: " ").map(String.init), width: width - column, hanging: 0)
      let labelWidth = label.displayWidth
      let fits = labelWidth + 2 <= column
      text += fits ? label + String(repeating: " ", count: column - labelWidth) : label + "\n"
      for (index, line) in lines.enumerated() {
        if index > 0 || !fits { text += String(repeating: " ", count: column) }
        text += line + "\n"
      }
      if lines.isEmpty { text += "\n" }
    }
    return text
  }

  private static func paragraphs(_ text: String, indent: Int, width: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return TextWrapping.paragraphs(text, width: width - indent)
      .map { $0.isEmpty ? "\n" : margin + $0 + "\n" }
      .joined()
  }

  private static func bounded(_ width: Int) -> Int { min(max(width, narrowest), widest) }
}
