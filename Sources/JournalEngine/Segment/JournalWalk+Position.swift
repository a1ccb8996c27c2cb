/// How far a walk has come: what changes with every line.
struct WalkPosition {
  var chain: ChainState
  var headPlace: LinePlace?
  /// The lines of a group that goes on: an atomic group is all or nothing, so they wait here.
  var group = HeldLines()
  /// The next one last: it is taken out at no cost.
  var repairs: [Repair] = []
  var resumption: Repair?
  var passed: Int64 = 0
}

// Unchecked: a walk belongs to one thread at a time, and nothing that is called while one of these is
// accessed comes back to the walk. The checks cost a tenth of a verification.
extension JournalWalk {
  package internal(set) var chain: ChainState {
    @inline(__always) _read { yield unsafe position.chain }
    @inline(__always) _modify { yield unsafe &position.chain }
  }

  /// Where the head's line stands; nil where nothing was read yet.
  package internal(set) var headPlace: LinePlace? {
    get { unsafe position.headPlace }
    set { unsafe position.headPlace = newValue }
  }

  /// Bytes of lines that were read since the walk began.
  package internal(set) var passed: Int64 {
    get { unsafe position.passed }
    set { unsafe position.passed = newValue }
  }

  var group: HeldLines {
    @inline(__always) _read { yield unsafe position.group }
    @inline(__always) _modify { yield unsafe &position.group }
  }

  /// The repairs that are still ahead, the next one last.
  var repairs: [Repair] {
    @inline(__always) _read { yield unsafe position.repairs }
    @inline(__always) _modify { yield unsafe &position.repairs }
  }

  /// The repair that the lines on the way to are given up by.
  var resumption: Repair? {
    @inline(__always) _read { yield unsafe position.resumption }
    @inline(__always) _modify { yield unsafe &position.resumption }
  }
}
