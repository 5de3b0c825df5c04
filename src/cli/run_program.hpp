// The program: words and environment in, exit code out.
#pragma once

#include <string>
#include <vector>

#include "cli/resolve_settings.hpp"

namespace regimetry::cli {

// `words`: argv without the program's name. Never throws: every error becomes a message on stderr and an exit
// code (0 done, 1 an audit found something or an internal failure, 2 usage or configuration, 3 data).
[[nodiscard]] int run_program(const std::vector<std::string>& words, const Environment& environment);

}  // namespace regimetry::cli
