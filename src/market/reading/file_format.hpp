// What a file is, by its first bytes; its name is only a hint.
#pragma once

#include <filesystem>
#include <string_view>

namespace regimetry::market {

enum class FileFormat { kText, kParquet, kJsonLines };
[[nodiscard]] std::string_view format_name(FileFormat format) noexcept;  // "csv", "parquet", "jsonl"

struct DetectedFormat {
  FileFormat format = FileFormat::kText;
  FileFormat by_name = FileFormat::kText;  // what the extension promises; differs when the name is wrong
};

// Parquet begins with PAR1; JSON lines with '{' (for compressed files, whose first bytes say nothing, the
// name decides). Throws Error (kData) when the file is missing, no regular file, or unreadable.
[[nodiscard]] DetectedFormat detect_format(const std::filesystem::path& path);

}  // namespace regimetry::market
