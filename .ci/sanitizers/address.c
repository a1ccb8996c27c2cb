// Options of the address sanitizer that the programs which tests start have too; those see nothing
// of the environment.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return ""; }
