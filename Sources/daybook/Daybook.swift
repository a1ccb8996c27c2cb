internal import Command
internal import Glibc

@main
enum Daybook {
  static func main() {
    exit(Program.main())
  }
}
