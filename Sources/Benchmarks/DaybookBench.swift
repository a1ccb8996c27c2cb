internal import Glibc

/// Measures Daybook beside what the machine can do: see `Docs/Performance.md`.
@main
enum DaybookBench {
  static func main() async {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == ChildTask.option {
        try ChildTask.run(Array(arguments.dropFirst()))
        exit(0)
      }
      let options = try Options(arguments)
      if options.help {
        Output.write(Options.usage)
      } else if options.list {
        Output.write(Row.listing(json: options.format == .json))
      } else if let scratch = options.scratch {
        try await Bench(options: options, scratch: scratch).runRow()
      } else {
        exit(try BenchmarkRun(options).run() ? 0 : 1)
      }
      exit(0)
    } catch let error as Options.Wrong {
      Output.complain("error: \(error.message)")
      exit(2)
    } catch {
      Output.complain("error: \(error)")
      exit(1)
    }
  }
}
