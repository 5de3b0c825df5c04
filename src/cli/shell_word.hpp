// A word as a shell reads it back: for commands that are offered to be run next.
#pragma once

#include <string>
#include <string_view>

namespace regimetry::cli {

// The word itself where no shell changes it, else in single quotes.
[[nodiscard]] std::string shell_word(std::string_view word);

}  // namespace regimetry::cli
