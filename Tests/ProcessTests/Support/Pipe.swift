import Glibc
import Synchronization

/// Two ends that no child inherits by accident.
struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    // No process is started before the ends are marked.
    let made = startingProcesses.withLock { _ in
      pipe(&ends) == 0 && ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
    }
    guard made else { throw Child.Failure(action: "make a pipe", errno: errno) }
    reading = ends[0]
    writing = ends[1]
  }
}

/// Held while a process is started, and while what it must not inherit is made.
let startingProcesses = Mutex(())
