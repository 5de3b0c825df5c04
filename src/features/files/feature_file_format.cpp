#include "features/files/feature_file_format.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/lower_case.hpp"
#include "core/printable.hpp"
#include "market/writing/output_format.hpp"

namespace regimetry::features {

bool is_array_path(const std::filesystem::path& path) {
  return lower_case(path.extension().string()) == ".npy";
}

void require_feature_extension(const std::filesystem::path& path) {
  if (is_array_path(path)) return;
  try {
    static_cast<void>(market::output_format_of(path));
  } catch (const Error&) {  // its words do not know .npy
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: the extension of an output says what is written, and this one is not known. "
                            "Use .parquet, .csv, .jsonl (text also with .gz or .zst after it) or .npy.",
                            printable_path(path)));
  }
}

}  // namespace regimetry::features
