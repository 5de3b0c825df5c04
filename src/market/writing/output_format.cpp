#include "market/writing/output_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::market {

OutputFormat output_format_of(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto take = [&](std::string_view extension) {
    if (name.size() <= extension.size() || !name.ends_with(extension)) return false;
    name.resize(name.size() - extension.size());
    return true;
  };
  OutputFormat format;
  if (take(".parquet")) return format;
  if (take(".gz"))
    format.compression = Compression::kGzip;
  else if (take(".zst"))
    format.compression = Compression::kZstd;
  format.format = TableFormat::kCsv;
  if (take(".csv")) return format;
  format.format = TableFormat::kJsonLines;
  if (take(".jsonl") || take(".ndjson")) return format;
  throw Error(
      ErrorKind::kUsage,
      fmt::format(
          "{}: the extension of an output says what is written, and this one is not known. Use .parquet, "
          ".csv or .jsonl (text also with .gz or .zst after it).",
          printable(path.string())));
}

std::filesystem::path metadata_path_of(const std::filesystem::path& path) {
  std::filesystem::path metadata = path;
  metadata += ".meta.json";
  return metadata;
}

}  // namespace regimetry::market
