internal import Glibc

/// The memory of this process.
enum Memory {
  /// The most that was resident at once, in bytes (getrusage).
  static func peak() -> Double {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) * 1024
  }

  /// What is resident now and was at most since the program began, in bytes. Unlike getrusage this
  /// says nothing of the process that started it.
  static func status() -> (now: Double, peak: Double) {
    let text = TextFile.read("/proc/self/status") ?? ""
    func field(_ name: String) -> Double {
      for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        if words.count > 1, let number = Double(words[1]) { return number * 1024 }
      }
      return 0
    }
    return (field("VmRSS"), field("VmHWM"))
  }

  /// Gives back to the system what was freed, so that what is resident is what is used.
  static func trim() {
    typealias Trim = @convention(c) (Int) -> Int32
    guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
    let trim = unsafe unsafeBitCast(symbol, to: Trim.self)
    _ = trim(0)
  }
}
