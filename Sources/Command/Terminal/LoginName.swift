import Glibc

/// The name to record where nobody gives one with `--by`.
///
/// `$LOGNAME` and `$USER` come first although they can be set to anything, as `--by` can. The
/// user database may have the C library load modules and ask a directory server, which costs
/// milliseconds or more at every start; so it is asked only where neither variable is set.
package func loginName(
  variable: (String) -> String? = Environment.variable,
  account: () -> String? = accountName
) -> String {
  for name in ["LOGNAME", "USER"] {
    if let value = variable(name), !value.isEmpty { return value }
  }
  if let name = account(), !name.isEmpty { return name }
  return "unknown"
}

/// The name of the effective user in the user database.
package func accountName() -> String? {
  // The advised size is a guess, and may be absent; ERANGE says that it was too small.
  var size = max(1024, sysconf(Int32(_SC_GETPW_R_SIZE_MAX)))
  while size <= 1 << 20 {
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    defer { unsafe text.deallocate() }
    let code = unsafe getpwuid_r(geteuid(), &entry, text, size, &found)
    if code == ERANGE {
      size *= 2
      continue
    }
    if code == EINTR { continue }
    guard code == 0, unsafe found != nil, let name = unsafe entry.pw_name else { return nil }
    return unsafe String(validatingCString: name)
  }
  return nil
}
