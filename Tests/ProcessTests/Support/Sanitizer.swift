import Glibc

/// Whether the programs are built with a sanitizer, which does things of its own in them.
enum Sanitizer {
  /// It maps and opens files, so a trace of a program's calls is not the program's.
  static let isThere = isThread || has("__asan_init")

  /// It writes a file when a program begins; where files are limited in size the program then ends.
  static let isThread = has("__tsan_init")

  private static func has(_ function: String) -> Bool { dlsym(nil, function) != nil }
}
