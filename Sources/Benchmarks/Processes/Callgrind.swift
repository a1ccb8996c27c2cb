internal import JournalEngine

/// Counts what this program does in a process of its own, on a processor that valgrind simulates.
/// That has neither SHA instructions nor AVX-512, so what hashes is counted apart.
///
/// The format of what it writes: https://valgrind.org/docs/manual/cl-format.html
struct Callgrind {
  struct Counts {
    /// Instructions, without those that hash.
    var instructions = 0.0
    var hashing = 0.0
    /// Calls that ask for memory.
    var allocations = 0.0
  }

  private let valgrind: String
  /// This program without what a debugger reads, which valgrind cannot read.
  private let program: String
  private let output: String

  /// Nil where a tool is missing.
  init?(_ bench: Bench) throws {
    guard let valgrind = Programs.tool("valgrind"), let strip = Programs.tool("strip") else {
      return nil
    }
    self.valgrind = valgrind
    program = bench.path("stripped")
    output = bench.path("callgrind")
    _ = try Child(
      [strip, "--strip-debug", "-o", program, Programs.own], output: .dropped
    ).succeed()
  }

  func count(_ task: ChildTask, _ arguments: [String]) throws -> Counts {
    let command =
      [
        valgrind, "--tool=callgrind", "--callgrind-out-file=\(output)", "--log-file=/dev/null",
        program, ChildTask.option, task.rawValue,
      ] + arguments
    _ = try Child(command, output: .dropped).succeed()
    return Self.read(TextFile.read(output) ?? "")
  }

  /// What one more event costs: a run with more of them, less a run with fewer.
  func perEvent(
    _ task: ChildTask, fewer: [String], more: [String], events: Int
  ) throws -> Counts {
    let (less, all) = (try count(task, fewer), try count(task, more))
    let events = Double(events)
    return Counts(
      instructions: (all.instructions - less.instructions) / events,
      hashing: (all.hashing - less.hashing) / events,
      allocations: max(0, all.allocations - less.allocations) / events)
  }

  private static let allocators: Set<Substring> = [
    "malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc", "memalign",
  ]

  private static func read(_ text: String) -> Counts {
    var counts = Counts()
    // Names are written once, behind a number that stands for them from then on.
    var names: [Substring: Substring] = [:]
    func name(_ line: Substring) -> Substring {
      let value = line.drop { $0 != "=" }.dropFirst()
      guard let end = value.firstIndex(of: ")") else { return value }
      let number = value[...end]
      let name = value[end...].dropFirst().drop { $0 == " " }
      if name.isEmpty { return names[number] ?? "" }
      names[number] = name
      return name
    }
    var hashes = false
    var allocates = false
    var isCall = false
    for line in text.split(separator: "\n") {
      let first = line.first ?? " "
      if line.hasPrefix("fn=") {
        let function = name(line)
        hashes = function.hasPrefix("csha256_") || function.hasPrefix("blocks_")
      } else if line.hasPrefix("cfn=") {
        allocates = allocators.contains(name(line))
      } else if line.hasPrefix("calls=") {
        let times = line.dropFirst(6).prefix { $0 != " " }
        if allocates { counts.allocations += Double(times) ?? 0 }
        isCall = true
      } else if first.isNumber || "+-*".contains(first) {
        // What stands behind a call is the callee's.
        if !isCall, let cost = line.split(separator: " ").last.flatMap({ Double($0) }) {
          if hashes { counts.hashing += cost } else { counts.instructions += cost }
        }
        isCall = false
      }
    }
    return counts
  }
}
