#if !FUZZING
internal import Foundation

/// Runs targets over files, by default over the corpus. With `.ci/fuzz` the same targets are built
/// with libFuzzer, whose program takes the place of this one.
///
///     fuzz [TARGET [FILE…]]
@main
enum Replay {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let targets = arguments.first.map { [FuzzTarget(rawValue: $0)] } ?? FuzzTarget.allCases
    var failures = 0
    for target in targets {
      guard let target else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        print("usage: fuzz [TARGET [FILE…]], where TARGET is one of \(names)")
        exit(2)
      }
      do {
        let given = Array(arguments.dropFirst())
        let files = try given.isEmpty ? Corpus.files(of: target) : given
        failures += files.count { !passes($0, target) }
        print("\(target): \(files.count) files")
      } catch {
        print("\(target): \(error)")
        failures += 1
      }
    }
    exit(failures == 0 ? 0 : 1)
  }

  private static func passes(_ file: String, _ target: FuzzTarget) -> Bool {
    do {
      try target.check(Corpus.bytes(of: file))
      return true
    } catch {
      print("\(target): \(file): \(error)")
      return false
    }
  }
}
#endif
