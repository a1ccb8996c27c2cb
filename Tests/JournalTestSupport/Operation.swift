package import JournalEngine

/// One call that the engine made.
package struct Operation: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case journalFolder, makeFolder, folders, changes, derivedFile
    case names, openForReading, openForAppending, createFile, rename, remove, syncNames
    case read, append, reserve, beginSync, syncData, dropCache, size
  }

  package let kind: Kind
  package let path: String
  /// How many bytes it is about: an append's, or a read's buffer.
  package var count = 0

  package init(_ kind: Kind, _ path: String, count: Int = 0) {
    self.kind = kind
    self.path = path
    self.count = count
  }
}

/// What goes wrong with a call.
package enum Fault: Sendable {
  /// It fails, and nothing was done.
  case error(JournalError)
  /// An append or a read takes so many bytes only.
  case short(Int)
  /// It does its work and then fails: what the caller is told is not what happened.
  case late(JournalError)
  /// A sync says that it did its work, and has not.
  case ignored
}

extension JournalError {
  /// The errors that faults are made of.
  package static func planned(_ code: Code) -> JournalError {
    JournalError(code, "planned by the test", hint: "none")
  }
}

/// Which calls go wrong, counted for each kind from the call that comes next.
package struct FaultPlan: Sendable {
  private var planned: [Operation.Kind: [Int: Fault]] = [:]
  private var always: [Operation.Kind: Fault] = [:]
  private var seen: [Operation.Kind: Int] = [:]

  package init() {}

  /// Lets the n-th call of a kind from now on go wrong; 1 is the next one.
  package mutating func fail(_ kind: Operation.Kind, call: Int = 1, _ fault: Fault) {
    planned[kind, default: [:]][seen[kind, default: 0] + call] = fault
  }

  /// Lets all calls of a kind go wrong from now on.
  package mutating func failAll(_ kind: Operation.Kind, _ fault: Fault) {
    always[kind] = fault
  }

  mutating func next(_ kind: Operation.Kind) -> Fault? {
    // Calls are counted from a plan on.
    if planned.isEmpty, always.isEmpty { return nil }
    let number = seen[kind, default: 0] + 1
    seen[kind] = number
    return planned[kind]?.removeValue(forKey: number) ?? always[kind]
  }
}
