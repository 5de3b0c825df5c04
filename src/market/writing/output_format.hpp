// What a file will be, by the extension of its name.
#pragma once

#include <filesystem>

namespace regimetry::market {

enum class TableFormat { kParquet, kCsv, kJsonLines };
enum class Compression { kNone, kGzip, kZstd };

struct OutputFormat {
  TableFormat format = TableFormat::kParquet;
  Compression compression = Compression::kNone;  // of text; Parquet compresses inside
};

// Throws Error (kUsage) for any other name, listing those that are known.
[[nodiscard]] OutputFormat output_format_of(const std::filesystem::path& path);

// "data.csv" -> "data.csv.meta.json".
[[nodiscard]] std::filesystem::path metadata_path_of(const std::filesystem::path& path);

}  // namespace regimetry::market
