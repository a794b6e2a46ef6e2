// The start of a packaged program. It is C because it must work where there is nothing but the program's own
// file: without a /proc, Swift knows no command line, and its runtime, which looks beside the running file for
// the tool that prints backtraces, ends the process.

#include <stdlib.h>

int apus_launcher_main(int count, const char *const *arguments);

#ifdef __ELF__
// Before Swift's runtime is initialised, which reads the variable then. The file named is not there: a package
// has no such tool.
static void forgo_backtraces(void) {
  setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/swift-backtrace", 1);
}
__attribute__((section(".preinit_array"), used)) static void (*const prepare)(void) = forgo_backtraces;
#endif

int main(int count, char **arguments) {
  return apus_launcher_main(count, (const char *const *)arguments);
}
