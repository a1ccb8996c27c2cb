internal import Glibc

/// The three descriptors that a program is started with.
enum StandardDescriptors {
  /// Puts something that can be neither read nor written in the place of each that is closed.
  ///
  /// The next file that is opened would get its number: what is printed would be written into it, and
  /// that may be a journal.
  static func hold() {
    for number in Int32(0)...2 where fcntl(number, F_GETFD) < 0 {
      // The lowest number that is free, and those before it are taken.
      _ = unsafe open("/", O_RDONLY | O_DIRECTORY)
    }
  }
}
