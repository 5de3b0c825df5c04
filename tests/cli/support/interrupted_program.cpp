// Begins a file, says so, and works until a signal ends it. For signal_thread_test.
//
//   interrupted_program FILE THREADS
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "cli/signal_thread.hpp"
#include "core/atomic_file.hpp"
#include "core/parallel.hpp"

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return 2;
  const regimetry::cli::SignalThread signals;
  regimetry::ThreadPool pool(std::atoi(arguments[2]));
  const regimetry::AtomicFile file(arguments[1]);
  std::ofstream(file.temporary_path()) << "half of it";
  if (write(STDOUT_FILENO, "begun\n", 6) != 6) return 1;
  // Longer than any test waits: only the signal ends it.
  pool.parallel_for(600, 1, [](regimetry::IndexRange) { sleep(1); });
  return 0;
}
