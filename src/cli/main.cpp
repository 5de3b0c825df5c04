#include <csignal>
#include <string>
#include <vector>

#include "cli/run_program.hpp"

int main(int argument_count, char** arguments) {
  // A reader that goes away must not kill us in the middle of a file: writing reports it instead
  // (result_output.hpp).
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(arguments + (argument_count > 0 ? 1 : 0), arguments + argument_count);
  return regimetry::cli::run_program(words, regimetry::cli::process_environment());
}
