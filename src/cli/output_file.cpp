#include "cli/output_file.hpp"

#include <fmt/format.h>

#include <map>
#include <system_error>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "embeddings/embedding_files.hpp"
#include "features/files/feature_file_format.hpp"
#include "market/writing/output_format.hpp"

namespace regimetry::cli {

namespace {

void require_writable(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (std::filesystem::equivalent(input, output, ignored)) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("{}: is the input itself; name another file for the output", output.string()));
    }
  }
  static_cast<void>(AtomicFile(output));  // its constructor judges the folder and makes no file
}

// One name for one file, also where the file is not there yet.
std::filesystem::path settled(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path result = std::filesystem::weakly_canonical(path, error);
  return error ? path.lexically_normal() : result;
}

}  // namespace

void require_distinct_outputs(const std::vector<PlannedOutput>& outputs) {
  std::map<std::filesystem::path, std::string> seen;
  for (const PlannedOutput& output : outputs) {
    const auto [found, is_new] = seen.emplace(settled(output.path), output.setting);
    if (is_new) continue;
    throw Error(ErrorKind::kUsage, fmt::format("{}: {} and {} would both write it; name another file for one",
                                               printable_path(output.path), found->second, output.setting));
  }
}

std::vector<PlannedOutput> embedding_outputs(const std::string& setting,
                                             const std::filesystem::path& output) {
  std::vector<PlannedOutput> outputs{{setting, output}};
  for (const auto& companion :
       {embeddings::timestamps_path_of(output), embeddings::instruments_path_of(output),
        embeddings::metadata_path_of(output)}) {
    outputs.push_back({setting, companion});
  }
  return outputs;
}

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

void require_embedding_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  embeddings::require_embedding_extension(output);
  require_writable(output, inputs);
  for (const auto& companion :
       {embeddings::timestamps_path_of(output), embeddings::instruments_path_of(output),
        embeddings::metadata_path_of(output)}) {
    require_writable(companion, inputs);
  }
}

void require_encoder_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  if (output.extension() != ".safetensors") {
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: an encoder is kept in a .safetensors file", printable_path(output)));
  }
  require_writable(output, inputs);
}

void require_transform_output(const std::filesystem::path& output, const std::vector<std::string>& inputs) {
  if (output.extension() != ".json") {
    throw Error(ErrorKind::kUsage, fmt::format("{}: a transform is written as JSON; end its name with .json",
                                               printable_path(output)));
  }
  require_writable(output, inputs);
}

}  // namespace regimetry::cli
