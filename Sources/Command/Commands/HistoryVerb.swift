import Discovery
import JournalEngine

extension Verb {
  static let history = Verb(
    CommandSpec(
      name: "history", summary: "List the entries of a profile's journal",
      operands: [Operand(name: "PROFILE")],
      options: [
        OptionSpec(name: "session", value: "SESSION", help: "only entries about it"),
        OptionSpec(
          name: "type", value: "TYPE", repeats: true,
          help: "only entries of this type; session.* for all that begin so"),
        OptionSpec(name: "since", value: "WHEN", help: "from a time or a seq on, with it"),
        OptionSpec(name: "until", value: "WHEN", help: "up to a time or a seq, with it"),
        OptionSpec(name: "reverse", help: "newest first"),
        OptionSpec(name: "limit", value: "N", help: "the newest N of them"),
        OptionSpec(name: "raw", help: "the very lines"),
        OptionSpec(name: "void", help: "also the lines that do not count, with place and reason"),
      ], lists: true,
      examples: [
        "daybook history acme --since -7d --type 'session.*'",
        "daybook history acme --raw | head -1 | tr -d '\\n' | sha256sum",
      ])
  ) { call in
    let profile = try call.profile()
    let filter = try HistoryFilter(call)
    let limit = try call.count("limit")
    let isReversed = call.arguments.flag("reverse")
    let isRaw = call.arguments.flag("raw")
    var list = call.list(mayFail: true)
    func show(_ line: JournalLine) throws {
      if isRaw { try call.printRaw(line, of: profile) } else { try list.add(EntryView.json(line)) }
    }
    let damage: Damage?
    if limit == nil, !isReversed, isRaw || call.json {
      // However many they are, none is kept.
      damage = try call.forEachLine(of: profile, coming: filter.start, printing: true) { line in
        if filter.wants(line) { try show(line) }
        return true
      }
    } else {
      let history = try call.history(of: profile, filter, limit: limit)
      damage = history.damage
      let lines = isReversed ? history.lines.reversed() : history.lines
      if isRaw || call.json {
        for line in lines { try show(line) }
      } else {
        try EntryView.print(lines, to: call)
      }
    }
    if call.json, !isRaw { try list.finish() }
    return call.report(damage, in: profile)
  }
}

/// Which lines of a history are wanted.
private struct HistoryFilter {
  private let session: String?
  private let types: [String]
  let since: Point?
  private let until: Point?
  /// Whether lines are wanted too that do not count.
  let void: Bool

  init(_ call: Call) throws {
    session = call.arguments.value("session")
    types = call.arguments.values("type")
    since = call.arguments.value("since") == nil ? nil : try call.point("since")
    until = call.arguments.value("until") == nil ? nil : try call.point("until")
    void = call.arguments.flag("void")
  }

  /// From where on lines may be wanted; nil for the first one.
  var start: Point? { void ? nil : since }

  func wants(_ line: JournalLine) -> Bool {
    guard case .entry(let entry) = line else { return void }
    if let session, entry.subject?.isExactly(session) != true { return false }
    if !types.isEmpty, !types.contains(where: { matches(entry, $0) }) { return false }
    return isSince(entry) && isUntil(entry)
  }

  private func matches(_ entry: Entry, _ type: String) -> Bool {
    type.hasSuffix("*") ? entry.type.hasPrefix(type.dropLast()) : entry.isType(type)
  }

  private func isSince(_ entry: Entry) -> Bool {
    switch since {
    case .seq(let seq): entry.seq >= seq
    case .time(let time): entry.time >= time
    case .head, nil: true
    }
  }

  private func isUntil(_ entry: Entry) -> Bool {
    switch until {
    case .seq(let seq): entry.seq <= seq
    case .time(let time): entry.time <= time
    case .head, nil: true
    }
  }
}

extension Call {
  /// The newest lines that are wanted, in their order.
  fileprivate func history(
    of profile: JournalName, _ filter: HistoryFilter, limit: Int?
  ) throws -> (lines: [JournalLine], damage: Damage?) {
    if let limit, !filter.void {
      let newest = try showingProgress("reading \(profile)") { progress in
        try profiles.reader(profile).newest(limit, since: filter.since, progress: progress) {
          filter.wants(.entry($0))
        }
      }
      if let newest { return (newest.map { .entry($0) }, nil) }
    }
    var lines = Newest<JournalLine>(limit)
    let damage = try forEachLine(of: profile, coming: filter.start) { line in
      if filter.wants(line) { lines.append(line) }
      return true
    }
    return (lines.elements, damage)
  }

  fileprivate func printRaw(_ line: JournalLine, of profile: JournalName) throws {
    switch line {
    case .entry(let entry): try output.write(entry.line)
    case .void(_, let place): try printRaw(place, of: profile)
    }
    try output.write("\n")
  }

  /// In pieces: of what is no line there may be more than memory holds.
  private func printRaw(_ place: LinePlace, of profile: JournalName) throws {
    let reader = profiles.reader(profile)
    let most = 1 << 20
    for start in stride(from: 0, to: place.length, by: most) {
      let piece = LinePlace(
        segment: place.segment, offset: place.offset + Int64(start),
        length: min(most, place.length - start))
      try output.write(try reader.bytes(at: piece))
    }
  }
}
