// Shell completion scripts, made from the schemas: commands, flags, allowed words, file names.
#pragma once

#include <string>

#include "cli/meta_command.hpp"

namespace regimetry::cli {

// For `source <(regimetry completion bash)`; needs bash 4 and nothing else.
[[nodiscard]] std::string bash_completion(const ProgramView& program);
// For a file `_regimetry` in a folder of zsh's fpath.
[[nodiscard]] std::string zsh_completion(const ProgramView& program);

}  // namespace regimetry::cli
