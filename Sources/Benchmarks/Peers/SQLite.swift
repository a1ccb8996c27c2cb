internal import Glibc

/// SQLite's C library, found when the program runs; nil where it is not on this machine.
@safe struct SQLite {
  static let library = SQLite()

  typealias Open =
    @convention(c) (
      UnsafePointer<CChar>, UnsafeMutablePointer<OpaquePointer?>, Int32, UnsafePointer<CChar>?
    ) -> Int32
  typealias Execute =
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?
    ) -> Int32
  typealias Prepare =
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, Int32, UnsafeMutablePointer<OpaquePointer?>,
      UnsafeRawPointer?
    ) -> Int32
  typealias BindText =
    @convention(c) (
      OpaquePointer, Int32, UnsafeRawPointer?, Int32, UnsafeRawPointer?
    ) -> Int32
  typealias Plain = @convention(c) (OpaquePointer) -> Int32
  typealias Column = @convention(c) (OpaquePointer, Int32) -> UnsafeRawPointer?
  typealias ColumnBytes = @convention(c) (OpaquePointer, Int32) -> Int32
  typealias Version = @convention(c) () -> UnsafePointer<CChar>

  let open: Open
  let execute: Execute
  let prepare: Prepare
  let bindText: BindText
  let step: Plain
  let reset: Plain
  let finalize: Plain
  let close: Plain
  let column: Column
  let columnBytes: ColumnBytes
  let version: String

  private init?() {
    guard let library = unsafe dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL) else { return nil }
    func find<T>(_ name: String, _ type: T.Type) -> T? {
      unsafe dlsym(library, "sqlite3_" + name).map { unsafe unsafeBitCast($0, to: type) }
    }
    guard let open = unsafe find("open_v2", Open.self),
      let execute = unsafe find("exec", Execute.self),
      let prepare = unsafe find("prepare_v2", Prepare.self),
      let bindText = unsafe find("bind_text", BindText.self),
      let step = unsafe find("step", Plain.self), let reset = unsafe find("reset", Plain.self),
      let finalize = unsafe find("finalize", Plain.self),
      let close = unsafe find("close", Plain.self),
      let column = unsafe find("column_blob", Column.self),
      let columnBytes = unsafe find("column_bytes", ColumnBytes.self),
      let version = unsafe find("libversion", Version.self)
    else { return nil }
    unsafe self.open = open
    unsafe self.execute = execute
    unsafe self.prepare = prepare
    unsafe self.bindText = bindText
    unsafe self.step = step
    unsafe self.reset = reset
    unsafe self.finalize = finalize
    unsafe self.close = close
    unsafe self.column = column
    unsafe self.columnBytes = columnBytes
    self.version = unsafe String(cString: version())
  }
}
