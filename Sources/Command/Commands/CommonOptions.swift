/// Options that several commands share.
enum CommonOptions {
  static let at = OptionSpec(
    name: "at", value: "WHEN", help: "as of a time or a seq: 2025-10-01, -2h, 120")
  static let id = OptionSpec(
    name: "id", value: "KEY",
    help: "idempotency key: the same call with the same key records nothing the second time")
  static let profile = OptionSpec(
    name: "profile", value: "PROFILE", help: "where the session is; spares the look-up")
  static let reason = OptionSpec(name: "reason", value: "TEXT", help: "why")
}
