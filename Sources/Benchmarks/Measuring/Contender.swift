/// Something that is run in turn with others.
struct Contender {
  enum Role: String {
    case ours
    /// What the machine can do at most.
    case limit
    /// What somebody would use instead.
    case peer
  }

  let name: String
  let role: Role
  let unit: Unit
  let run: () async throws -> Sample

  init(_ name: String, _ role: Role, _ unit: Unit, run: @escaping () async throws -> Sample) {
    self.name = name
    self.role = role
    self.unit = unit
    self.run = run
  }
}

/// What one run gave.
struct Sample {
  var value: Double
  /// How long it took: what a mean of several is weighed by.
  var seconds = 1.0
  /// Of the process that did the work, in bytes, where it was one of its own.
  var peakMemory: Double?

  init(_ value: Double, peakMemory: Double? = nil) {
    self.value = value
    self.peakMemory = peakMemory
  }
}
