internal import Command

/// What the command line asks for.
struct Options {
  /// The rows to run; empty for all.
  var rows: [String] = []
  var runs = 5
  var scale = Scale.normal
  var format = Format.text
  var list = false
  var help = false
  /// Where the scratch folder is made: on the disk that is to be measured.
  var root = "/var/tmp"
  var seed: UInt64 = 1
  /// Set in the process of a single row: the scratch folder of all of them.
  var scratch: String?

  enum Format: String {
    case text, json, markdown
  }

  struct Wrong: Error {
    let message: String
  }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(of option: String) throws -> String {
      guard let value = rest.popFirst() else { throw Wrong(message: "\(option) lacks its value") }
      return value
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--row":
        rows.append(try Self.row(value(of: argument)))
        while let name = rest.first, !name.hasPrefix("-") {
          rows.append(try Self.row(name))
          rest.removeFirst()
        }
      case "--runs": runs = try Self.number(value(of: argument), argument, in: 1...1000)
      case "--seed": seed = UInt64(try Self.number(value(of: argument), argument, in: 0...Int.max))
      case "--root": root = try value(of: argument)
      case "--scratch": scratch = try value(of: argument)
      case "--quick": scale = .quick
      case "--json": format = .json
      case "--markdown": format = .markdown
      case "--list": list = true
      case "--help", "-h": help = true
      default: throw Wrong(message: "unknown argument '\(argument)'\n" + Self.usage)
      }
    }
  }

  /// The same for the process of one row.
  func arguments(row: String, scratch: String) -> [String] {
    ["--row", row, "--runs", "\(runs)", "--seed", "\(seed)", "--scratch", scratch]
      + (scale == .normal ? [] : ["--\(scale.rawValue)"])
      + (format == .text ? [] : ["--\(format.rawValue)"])
  }

  static let usage = """
    usage: daybook-bench [--row NAME …] [--runs N] [--quick] [--json | --markdown]
           [--root DIR] [--seed N]
           daybook-bench --list [--json]

      --row NAME …  only these rows (--list names them)
      --runs N      runs that count, after one that is thrown away (5)
      --quick       tiny sizes: shows that it works, and measures nothing
      --json        all that was measured, each run of it
      --markdown    as the table in Docs/Performance.md
      --root DIR    where the scratch folder is made; measures that disk (/var/tmp)
      --seed N      of what the events say (1)

    """

  private static func number(
    _ text: String, _ option: String, in range: ClosedRange<Int>
  ) throws -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw Wrong(message: "\(option) takes a number from \(range.lowerBound), not '\(text)'")
    }
    return number
  }

  private static func row(_ name: String) throws -> String {
    let names = Row.all.map(\.name)
    if names.contains(name) { return name }
    let nearest = NearestName.suggestions(for: name, among: names)
    let hint =
      nearest.isEmpty
      ? "--list names them" : "did you mean \(nearest.joined(separator: " or "))?"
    throw Wrong(message: "there is no row '\(name)': \(hint)")
  }
}
