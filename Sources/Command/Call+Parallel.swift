import Discovery
package import JournalEngine

extension Call {
  /// Reads the journals of each profile that is named, or of all, several at a time, with one
  /// progress over the bytes of all. What fails for one is as with ``forEachProfile(_:)``.
  ///
  /// - Parameters:
  ///   - doing: what the progress line calls it.
  ///   - unit: what it counts: bytes, or profiles that are done; of one profile always its bytes.
  ///   - work: runs on any thread; is given what to tell its progress to.
  ///   - take: sees the results in the order of the profiles.
  /// - Returns: the worst status of any.
  package func forEachProfileAtOnce<R: Sendable>(
    _ doing: String, counting unit: ProgressLine.Unit = .bytes,
    work: @escaping @Sendable (JournalName, @escaping (Int64) -> Void) throws -> R,
    take: (JournalName, R) throws -> ExitStatus
  ) throws -> ExitStatus {
    let names = try namedOrAllProfiles()
    let one = names.count == 1 ? names.first : nil
    let total = unit == .bytes ? bytes(of: names) : one == nil ? Int64(names.count) : nil
    let unit = one == nil ? unit : .bytes
    let progress = SharedProgress(
      Progress(
        "\(doing) \(one?.text ?? "\(names.count) journals")", total: total, unit: unit,
        terminal: terminal, quiet: arguments.flag("quiet")))
    defer { progress.finish() }
    var exit = ExitStatus.done
    // Of what is counted one by one, each is little; but all threads are to have some.
    let batch = unit == .bytes ? 1 : max(1, min(32, names.count / (4 * Parallel.cores)))
    try Parallel.forEach(names, batch: batch) { name in
      Result {
        try progress.part(counting: unit) { advance in
          try withoutActuallyEscaping(advance) { try work(name, $0) }
        }
      }
    } take: { name, result in
      try progress.aside {
        exit = exit.worse(try statusOfOne(name) { try take(name, try result.get()) })
        if terminal.outputIsTerminal { try output.flush() }
      }
    }
    return exit
  }

  /// Of all, but of those that cannot be read: that is told where they are.
  private func bytes(of names: [JournalName]) -> Int64 {
    names.reduce(Int64(0)) { $0.addingClamped((try? profiles.reader($1).extent()) ?? 0) }
  }
}
