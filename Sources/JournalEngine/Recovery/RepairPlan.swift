/// What a repair of a damaged journal gives up, and what it keeps.
public struct RepairPlan: Sendable {
  public let journal: JournalName
  public let damage: Damage
  /// The last entry beyond doubt: all up to it is kept.
  public let from: Head
  /// That entry's time.
  let time: Timestamp
  /// The number of the entry that makes the repair: above every number found anywhere.
  public let seq: Int64
  /// The lines after ``from``, in the order of the files; at most the first ten thousand.
  public let givenUp: [Line]
  /// How many lines there are after it.
  public let lines: Int
  /// How many of these counted until now.
  public let entries: Int

  /// A line that is given up.
  public struct Line: Sendable {
    public let seq: Int64
    public let type: String
    public let subject: String?
    public let time: Timestamp
    public let place: LinePlace
  }

  /// Where lines are written, in the order of the files. The last one makes the repair. Those before it
  /// are for writers that may not get there: each begins anew when it meets one.
  let ends: [JournalEnd]
}
