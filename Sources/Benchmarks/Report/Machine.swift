internal import Glibc
internal import JournalEngine

/// Where it was measured.
struct Machine {
  let processor: String
  let cores: Int
  let kernel: String
  let fileSystem: String
  let time: String
  let sqlite: String?
  let isOptimized: Bool

  init(scratch: String) {
    let cpu = TextFile.read("/proc/cpuinfo") ?? ""
    let model = cpu.split(separator: "\n").first { $0.hasPrefix("model name") }
    processor = model?.split(separator: ":").last.map { String($0.dropFirst()) } ?? "unknown"
    cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    kernel = (TextFile.read("/proc/sys/kernel/osrelease") ?? "unknown").filter { $0 != "\n" }
    let folder = try? PosixFileSystem().makeJournalFolder("file-system", in: scratch)
    fileSystem = (try? folder?.appendsAtomically().fileSystem) ?? "unknown"
    time = String("\(SystemClock().now())".prefix(19)) + "Z"
    sqlite = SQLite.library?.version
    var optimized = true
    assert(
      {
        optimized = false
        return true
      }())
    isOptimized = optimized
  }

  var text: String {
    var text = "\(processor), \(cores) cores, Linux \(kernel), \(fileSystem), \(time)\n"
    text += sqlite.map { "SQLite: \($0)\n" } ?? "SQLite: not on this machine\n"
    if !isOptimized { text += "Built without optimization: these figures mean nothing.\n" }
    if fileSystem == "tmpfs" { text += "In memory: nothing here is made durable.\n" }
    return text
  }

  var json: JSON {
    .object([
      "processor": .string(processor), "cores": .number(JSONNumber(cores)),
      "kernel": .string(kernel), "file_system": .string(fileSystem), "time": .string(time),
      "sqlite": sqlite.map(JSON.string) ?? .null, "optimized": .bool(isOptimized),
    ])
  }
}
