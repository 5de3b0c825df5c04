#include "cli/output_file.hpp"

#include <fmt/format.h>

#include <system_error>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "market/writing/output_format.hpp"

namespace regimetry::cli {

void require_market_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  static_cast<void>(market::output_format_of(output));
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (std::filesystem::equivalent(input, output, ignored)) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("{}: is the input itself; name another file with --output", output.string()));
    }
  }
  static_cast<void>(AtomicFile(output));  // its constructor judges the folder and makes no file
}

}  // namespace regimetry::cli
