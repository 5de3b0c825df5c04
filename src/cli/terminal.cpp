#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace regimetry::cli {
namespace {

[[nodiscard]] std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

Terminal inspect_terminal(int file_descriptor) {
  Terminal terminal;
  if (isatty(file_descriptor) == 0) return terminal;
  terminal.is_terminal = variable("TERM") != "dumb";
  terminal.has_color = terminal.is_terminal && variable("NO_COLOR").empty();
  winsize size{};
  if (ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  return terminal;
}

}  // namespace regimetry::cli
