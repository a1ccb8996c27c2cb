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
    var lines = Newest<JournalLine>(limit)
    let damage = try call.forEachLine(of: profile) { line in
      if filter.wants(line) { lines.append(line) }
      return true
    }
    let chosen = call.arguments.flag("reverse") ? lines.elements.reversed() : lines.elements
    if call.arguments.flag("raw") {
      for line in chosen { try call.printRaw(line, of: profile) }
    } else if call.json {
      try call.print(list: chosen.map(EntryView.json))
    } else {
      try EntryView.print(chosen, to: call)
    }
    return call.report(damage, in: profile)
  }
}

/// Which lines of a history are wanted.
private struct HistoryFilter {
  private let session: String?
  private let types: [String]
  private let since: Point?
  private let until: Point?
  private let void: Bool

  init(_ call: Call) throws {
    session = call.arguments.value("session")
    types = call.arguments.values("type")
    since = call.arguments.value("since") == nil ? nil : try call.point("since")
    until = call.arguments.value("until") == nil ? nil : try call.point("until")
    void = call.arguments.flag("void")
  }

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

/// The last elements of a sequence, in their order.
private struct Newest<Element> {
  private let limit: Int?
  private var ring: [Element] = []
  private var next = 0

  init(_ limit: Int?) { self.limit = limit }

  mutating func append(_ element: Element) {
    guard let limit, ring.count == limit else { return ring.append(element) }
    guard limit > 0 else { return }
    ring[next] = element
    next = (next + 1) % limit
  }

  var elements: [Element] { Array(ring[next...] + ring[..<next]) }
}

extension Call {
  fileprivate func printRaw(_ line: JournalLine, of profile: JournalName) throws {
    switch line {
    case .entry(let entry): try output.write(entry.line)
    case .void(_, let place): try output.write(try profiles.reader(profile).bytes(at: place))
    }
    try output.write("\n")
  }
}
