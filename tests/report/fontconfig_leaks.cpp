// Told to the leak checker of `make asan`: fontconfig, which finds the letters for Cairo, keeps a few hundred
// bytes that it never frees, whoever uses it. Without that checker this is a function that nobody calls.

extern "C" const char*
__lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier): the checker's name

extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libfontconfig\n";
}
