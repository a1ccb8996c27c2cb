internal import Discovery
internal import JournalEngine

extension Row {
  static let session = Row(
    name: "session",
    summary: "start and complete sessions one after the other, each call durable (ProfileStore)"
  ) { bench, report in
    let unit = Unit.rate("operations")
    let sizes = bench.scale(quick: [0, 20], normal: [0, 1000, 100_000, 1_000_000])
    var stores: [ProfileStore] = []
    var contenders = [
      try WriteLoop.contender(bench, unit: unit),
      try WriteLoop.contender(bench, .reserved, unit: unit),
    ]
    contenders += try bench.sqlite(.full, unit: unit)
    for size in sizes {
      let (contender, store) = try await operations(bench, finished: size, unit)
      contenders.append(contender)
      stores.append(store)
    }
    let onMain = ProfileStore(root: try bench.folder("session-main"))
    stores.append(onMain)
    contenders.append(
      Contender(fromMain, .ours, unit) { @MainActor in try await operations(onMain, bench) })
    report.add(try await bench.interleaveSyncing(contenders))
    let names = sizes.map(Self.name)
    for name in names {
      report.compare(name, with: WriteLoop.plain, goal: .atLeast(0.95))
      report.compare(name, with: WriteLoop.reserved)
      report.compare(name, with: SQLite.name(.full))
    }
    if let empty = names.first {
      for name in names.dropFirst() { report.compare(name, with: empty, goal: .atLeast(0.95)) }
      report.compare(fromMain, with: empty)
    }
    for store in stores { try await store.close() }
  }

  private static func name(_ finished: Int) -> String {
    "with \(Decimals.grouped(Double(finished))) finished"
  }

  /// One store that stays open, on one profile.
  private static func operations(
    _ bench: Bench, finished: Int, _ unit: Unit
  ) async throws -> (Contender, ProfileStore) {
    let root = try bench.folder("session-\(finished)")
    let profile = try profile
    if finished > 0 { try bench.make(profile, in: root, sessions: finished, snapshot: true) }
    let store = ProfileStore(root: root)
    let contender = Contender(name(finished), .ours, unit) { try await operations(store, bench) }
    return (contender, store)
  }

  private static let fromMain = "with 0 finished, called from the main actor"

  private static var profile: JournalName {
    get throws { try JournalName("harbor") }
  }

  private static func operations(_ store: ProfileStore, _ bench: Bench) async throws -> Sample {
    let profile = try profile
    return try await Timing.rate(for: bench.scale.window, each: 2) {
      let session = try await store.start(
        profile, tracks: ["government", "foundation"], by: "bench")
      try await store.complete(
        session.id,
        .init(
          opportunitiesFound: [TrackCount("government", 12)], total: 12, notes: "none"),
        by: "bench")
    }
  }
}
