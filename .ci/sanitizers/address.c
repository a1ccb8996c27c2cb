// Options of the address sanitizer that the programs which tests start have too; those see nothing
// of the environment.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return ""; }

// What the toolchain itself never frees: Foundation loses a page for every empty file that it
// reads whole, and the runner of the tests keeps its list of them.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
  return "leak:FoundationEssentials*readBytesFromFile\nleak:libXCTest\n";
}
