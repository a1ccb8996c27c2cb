#if FUZZING
internal import Foundation

/// The target that this process fuzzes.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("FUZZ_TARGET is not one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return target
}()

/// What libFuzzer calls with each input; it keeps the input for which the process ends.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.check([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    fatalError("\(target): \(error)")
  }
  return 0
}
#endif
