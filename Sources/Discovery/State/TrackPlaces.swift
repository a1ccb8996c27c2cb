import JournalEngine

/// Where the tracks of a session stand, once there are so many that looking through them takes long.
/// Equal to any other: it follows from what stands beside it.
struct TrackPlaces: Sendable, Hashable {
  /// Up to so many a search from the front is as fast.
  private static let few = 16

  /// Of each track its place among the sums of what was found; -1 where nothing was. nil where there
  /// are few.
  private var places: [ExactName: Int]?

  /// Goes over to them where there are many by now.
  mutating func update(tracks: [String], found: [TrackCount]) {
    guard places == nil, tracks.count + found.count > Self.few else { return }
    var places: [ExactName: Int] = [:]
    for track in tracks { places[ExactName(track)] = -1 }
    for (place, one) in found.enumerated() { places[ExactName(one.track)] = place }
    self.places = places
  }

  /// Whether a track is among those of the session.
  func contains(_ track: String, in tracks: [String]) -> Bool {
    if places != nil { return places?[ExactName(track)] != nil }
    return tracks.contains { $0.isExactly(track) }
  }

  /// Where the sum of a track stands.
  func place(of track: String, in found: [TrackCount]) -> Int? {
    guard places != nil else { return found.firstIndex { $0.track.isExactly(track) } }
    return places?[ExactName(track)].flatMap { $0 < 0 ? nil : $0 }
  }

  /// Notes where the sum of a track stands from now on.
  mutating func note(_ track: String, at place: Int) { places?[ExactName(track)] = place }

  static func == (a: TrackPlaces, b: TrackPlaces) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}
