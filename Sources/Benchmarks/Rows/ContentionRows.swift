internal import Discovery
internal import JournalEngine

extension Row {
  static let contention = Row(
    name: "contention",
    summary: "1 to 16 processes appending to one journal for a fixed time, each append durable"
  ) { bench, report in
    let counts = bench.scale(quick: [1, 2], normal: [1, 2, 4, 8, 16])
    var outcomes: [Int: [Contest.Outcome]] = [:]
    let contenders = counts.map { count in
      Contender(name(count), .ours, .rate("events")) {
        let outcome = try Contest.hold(bench, writers: count, readers: 0)
        outcomes[count, default: []].append(outcome)
        return Sample(outcome.rate)
      }
    }
    report.add(try await bench.interleave(contenders))
    for count in counts.dropFirst() {
      report.compare(name(count), with: name(1), goal: count == 8 ? .atLeast(0.5) : nil)
    }
    for count in counts {
      // The first one was the warm-up.
      let counted = outcomes[count, default: []].dropFirst()
      let writers = name(count)
      if count > 1 {
        report.add([
          Series("\(writers): slowest ÷ fastest", .ours, .ratio, counted.map(\.fairness))
            .aiming(.atLeast(0.1)),
          Series("\(writers): attempts lost", .ours, .ratio, counted.map(\.lost)),
          Series("\(writers): gave up", .ours, .count("calls"), counted.map(\.gaveUp)),
        ])
      }
    }
    report.notes.append(
      "attempts lost: lines that lost a race, of all lines written; no writer starves: the slowest"
        + " has at least a tenth of the fastest's appends")
  }

  static let reader = Row(
    name: "reader",
    summary: "how long a process waits for a state, alone and beside 1 and 8 durable writers"
  ) { bench, report in
    let counts = bench.scale(quick: [0, 2], normal: [0, 1, 8])
    var latencies: [Int: [[Double]]] = [:]
    for run in 0...bench.options.runs {
      for count in counts {
        let outcome = try Contest.hold(bench, writers: count, readers: 1)
        if run > 0 { latencies[count, default: []].append(outcome.latencies.sorted()) }
      }
    }
    for count in counts {
      func at(_ share: Double) -> [Double] {
        latencies[count, default: []].compactMap { sorted in
          sorted.isEmpty ? nil : sorted[Int(Double(sorted.count - 1) * share)]
        }
      }
      let writers = count == 0 ? "alone" : "beside \(count)"
      report.add([
        Series("\(writers): median", .ours, .seconds, at(0.5)),
        Series("\(writers): 99 of 100", .ours, .seconds, at(0.99)),
        Series("\(writers): longest", .ours, .seconds, at(1)),
      ])
    }
    for count in counts.dropFirst() {
      report.compare("beside \(count): median", with: "alone: median")
    }
    report.notes.append(
      "each state is read anew from the files, from the newest snapshot on (Profiles.state)")
  }

  private static func name(_ processes: Int) -> String {
    processes == 1 ? "1 process" : "\(processes) processes"
  }
}
