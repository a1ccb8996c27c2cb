import Glibc
import JournalTestSupport

@testable import JournalEngine

/// How a call on the files goes wrong.
enum FaultKind: CustomStringConvertible {
  /// Nothing is done.
  case error(Int32)
  /// It is done, and fails all the same.
  case late(Int32)
  /// So many hundredths of it are done, and that is all; of the last hundredth, all but one byte.
  case short(Int)

  /// What the system may say to any call.
  static let numbers = [EIO, ENOSPC, EDQUOT, EINTR, EMFILE, EACCES, ESTALE]

  /// What can go wrong with the n-th call of a workload: two of the errors, in turn, and with
  /// `DAYBOOK_ROUNDS` all of them.
  static func all(for kind: Operation.Kind, at index: Int) -> [FaultKind] {
    guard kind != .dropCache else { return [] }
    let isLong = getenv("DAYBOOK_ROUNDS") != nil
    let chosen = isLong ? numbers : (0..<2).map { numbers[(2 * index + $0) % numbers.count] }
    let late = isLong ? [EIO, ENOSPC] : [index.isMultiple(of: 2) ? EIO : ENOSPC]
    let errors = chosen.map(FaultKind.error) + late.map(FaultKind.late)
    return switch kind {
    case .append: errors + [0, 30, 60, 99].map(FaultKind.short)
    case .read: errors + [.short(index.isMultiple(of: 2) ? 0 : 50)]
    default: errors
    }
  }

  /// The fault as the real file system would tell it.
  func fault(of operation: Operation) -> Fault {
    switch self {
    case .error(let number): .error(Self.error(number, operation))
    case .late(let number): .late(Self.error(number, operation))
    case .short(99): .short(operation.count - 1)
    case .short(let percent): .short(operation.count * percent / 100)
    }
  }

  /// Whether the call itself fails.
  var fails: Bool { if case .short = self { false } else { true } }

  /// The system's number for it.
  var number: Int32? {
    switch self {
    case .error(let number), .late(let number): number
    case .short: nil
    }
  }

  var description: String {
    switch self {
    case .error(let number): "error \(number)"
    case .late(let number): "error \(number) after it was done"
    case .short(let percent): "\(percent) % done"
    }
  }

  private static func error(_ number: Int32, _ operation: Operation) -> JournalError {
    guard [.beginSync, .syncData, .syncNames].contains(operation.kind) else {
      return SystemCall.error("\(operation.kind)", operation.path, number)
    }
    return JournalError(
      .syncFailed, "planned by the test", hint: "none", file: operation.path, errno: number)
  }
}
