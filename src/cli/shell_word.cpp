#include "cli/shell_word.hpp"

#include <algorithm>
#include <cctype>

namespace regimetry::cli {
namespace {

// A tilde at the start or any other sign may mean something to some shell.
bool is_plain(char letter) {
  constexpr std::string_view kPlainSigns = "@%+=:,./-_";
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
         kPlainSigns.find(letter) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string(word);
  std::string quoted = "'";
  for (const char letter : word) {
    if (letter == '\'')
      quoted += R"('\'')";
    else
      quoted += letter;
  }
  return quoted + "'";
}

}  // namespace regimetry::cli
