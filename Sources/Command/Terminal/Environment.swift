import Glibc

/// The environment variables of this process.
package enum Environment {
  /// The value; nil where the variable is not set or is not valid UTF-8.
  @Sendable package static func variable(_ name: String) -> String? {
    guard let start = unsafe getenv(name) else { return nil }
    return unsafe String(validatingCString: start)
  }

  /// The value; nil where the variable is not set or empty. A value that is not valid UTF-8 is
  /// an error: repaired it would name another folder, or another person.
  package static func setting(_ name: String) throws(UsageError) -> String? {
    guard let start = unsafe getenv(name), unsafe start[0] != 0 else { return nil }
    guard let value = unsafe String(validatingCString: start) else {
      throw UsageError(message: "the variable $\(name) is not valid UTF-8")
    }
    return value
  }
}
