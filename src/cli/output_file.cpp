#include "cli/output_file.hpp"

#include <fmt/format.h>

#include <system_error>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "features/files/feature_file_format.hpp"
#include "market/writing/output_format.hpp"

namespace regimetry::cli {

namespace {

void require_writable(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (std::filesystem::equivalent(input, output, ignored)) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("{}: is the input itself; name another file with --output", output.string()));
    }
  }
  static_cast<void>(AtomicFile(output));  // its constructor judges the folder and makes no file
}

}  // namespace

void require_market_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  static_cast<void>(market::output_format_of(output));
  require_writable(output, inputs);
}

void require_feature_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  features::require_feature_extension(output);
  require_writable(output, inputs);
}

void require_state_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  if (output.extension() != ".safetensors") {
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: the state of features is kept in a .safetensors file", output.string()));
  }
  require_writable(output, inputs);
}

}  // namespace regimetry::cli
