#include "cli/result_output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/error.hpp"

namespace regimetry::cli {

void ResultOutput::write(std::string_view text) {
  while (!text.empty() && !reader_gone_) {
    const ssize_t written = ::write(file_descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      reader_gone_ = true;
    } else if (errno != EINTR) {
      throw Error(ErrorKind::kInternal,
                  fmt::format("standard output cannot be written: {}; free some space or send it elsewhere",
                              std::generic_category().message(errno)));
    }
  }
}

}  // namespace regimetry::cli
