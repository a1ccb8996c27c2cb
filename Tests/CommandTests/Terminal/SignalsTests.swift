import Glibc
import Testing

@testable import Command

/// Each in a process of its own, since what happens on a signal is a matter of the process.
@Suite("Signals")
struct SignalsTests {
  @Test("The first Ctrl-C only asks to stop")
  func first() async {
    await #expect(processExitsWith: .exitCode(42)) {
      receiveSignalsHere()
      Signals.catchInterrupts()
      let before = Signals.interrupted
      raise(SIGINT)
      let isAsked = !before && Signals.interrupted && Signals.received == SIGINT
      exit(isAsked ? 42 : 1)
    }
  }

  @Test("The second Ctrl-C ends the process")
  func second() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      receiveSignalsHere()
      Signals.catchInterrupts()
      raise(SIGINT)
      raise(SIGINT)
      exit(0)
    }
  }

  @Test("SIGTERM asks to stop as well, and what asked may end the process at last")
  func terminate() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      receiveSignalsHere()
      Signals.catchInterrupts()
      Signals.endByReceivedSignal()
      raise(SIGTERM)
      guard Signals.interrupted else { exit(1) }
      Signals.endByReceivedSignal()
      exit(0)
    }
  }

  @Test("What the process was told to ignore stays ignored")
  func ignored() async {
    await #expect(processExitsWith: .exitCode(42)) {
      receiveSignalsHere()
      signal(SIGINT, SIG_IGN)
      Signals.catchInterrupts()
      raise(SIGINT)
      raise(SIGINT)
      exit(Signals.interrupted ? 1 : 42)
    }
  }

  @Test("A write that waits for its reader ends with the signal")
  func waitingWrite() async {
    await #expect(processExitsWith: .exitCode(42)) {
      receiveSignalsHere()
      Signals.catchInterrupts()
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { exit(1) }
      // Nobody reads. SIGUSR1 does nothing but wake the write, until it has been seen to wait.
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in }
      sigaction(SIGUSR1, &action, nil)
      raise(SIGINT)
      wakeAgainAndAgain(pthread_self())
      do throws(OutputError) {
        try StandardOutput(descriptor: ends[1]).write(String(repeating: "x", count: 1_000_000))
        exit(2)
      } catch {
        exit(error == .interrupted ? 42 : 3)
      }
    }
  }

  @Test("A closed pipe does not end the process once it is ignored")
  func closedPipe() async {
    await #expect(processExitsWith: .exitCode(42)) {
      receiveSignalsHere()
      Signals.ignoreClosedPipes()
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { exit(1) }
      close(ends[0])
      let output = StandardOutput(descriptor: ends[1], capacity: 1)
      do throws(OutputError) {
        try output.write("x")
        exit(2)
      } catch {
        exit(error == .closedPipe ? 42 : 3)
      }
    }
  }
}

/// Sends SIGUSR1 to a thread until the process ends.
private func wakeAgainAndAgain(_ sleeper: pthread_t) {
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { context in
      while pthread_kill(pthread_t(UInt(bitPattern: context)), SIGUSR1) == 0 { usleep(1000) }
      return nil
    }, UnsafeMutableRawPointer(bitPattern: UInt(sleeper)))
}

/// The threads of a pool, which tests run on, let all signals pass to the main thread.
private func receiveSignalsHere() {
  var none = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, nil)
}
