public import JournalEngine

/// A discovery session: one search, run for a profile.
public struct Session: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case inProgress = "in_progress"
    case completed
    case failed
  }

  public let id: String
  public let startedAt: Timestamp
  public let seqStarted: Int64
  /// Where the line of its start stands; nil where an older version forgot it.
  package let place: LineStart?
  public internal(set) var status = Status.inProgress
  /// The tracks that it was started with, and those that something was found on since.
  public internal(set) var tracks: [String]
  public internal(set) var endedAt: Timestamp?
  public internal(set) var seqEnded: Int64?
  /// The first 8 bytes of the hash of the entry that ended it.
  var endCheck: UInt64?
  public internal(set) var notes: String?
  /// The sums of what was found while it ran.
  var found: [TrackCount] = []
  /// What it said itself when it completed.
  var givenCounts: [TrackCount]?
  var givenTotal: Int64?
  private var rare = Rare<Details>()
  /// Of what is in `tracks` and `found`.
  private var places = TrackPlaces()

  init(
    id: String, startedAt: Timestamp, seqStarted: Int64, place: LineStart?, tracks: [String],
    params: JSONObject, imported: JSONObject = JSONObject()
  ) {
    self.id = id
    self.startedAt = startedAt
    self.seqStarted = seqStarted
    self.place = place
    self.tracks = tracks
    guard !params.isEmpty || !imported.isEmpty else { return }
    rare.value = Details(params: params, imported: imported)
  }

  /// What most sessions do not have.
  struct Details: Sendable, Hashable {
    var params = JSONObject()
    var errors: [String] = []
    var reason: DiscoveryEvent.Failure.Reason?
    var supersededBy: String?
    var imported = JSONObject()
  }

  var details: Details {
    get { rare.value ?? Details() }
    set { rare.value = newValue == Details() ? nil : newValue }
  }

  public var params: JSONObject { rare.value?.params ?? JSONObject() }

  public var errors: [String] { rare.value?.errors ?? [] }

  public var reason: DiscoveryEvent.Failure.Reason? { rare.value?.reason }

  public var supersededBy: String? { rare.value?.supersededBy }

  /// Of a session that an earlier program ran: the members of its file that do not follow from the
  /// others, with the values that they had there.
  public var imported: JSONObject { rare.value?.imported ?? JSONObject() }

  /// Opportunities by track: as given by the completion, else the sums of what was found.
  public var opportunitiesFound: [TrackCount] { givenCounts ?? found }

  /// All opportunities: as given, else the sum over the tracks.
  public var totalOpportunities: Int64 {
    givenTotal ?? opportunitiesFound.reduce(0) { $0.addingClamped($1.count) }
  }

  /// From the start to the end, in microseconds; nil while it runs.
  public var duration: Int64? { endedAt.map { $0.microseconds - startedAt.microseconds } }

  /// The entries that make it, once it has ended.
  var span: EntrySpan? {
    guard let place, let seqEnded, let endCheck else { return nil }
    return EntrySpan(first: place, last: seqEnded, check: endCheck)
  }

  mutating func add(_ count: Int64, on track: String) {
    places.update(tracks: tracks, found: found)
    if !places.contains(track, in: tracks) { tracks.append(track) }
    if let place = places.place(of: track, in: found) {
      found[place].count = found[place].count.addingClamped(count)
    } else {
      places.note(track, at: found.count)
      found.append(TrackCount(track, count))
    }
  }
}
