#include "market/reading/file_format.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <span>
#include <string>

#include "core/input_file.hpp"
#include "market/reading/decompress.hpp"

namespace regimetry::market {
namespace {

FileFormat format_by_name(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  if (name.ends_with(".parquet") || name.ends_with(".pq")) return FileFormat::kParquet;
  const bool is_json = name.ends_with(".jsonl") || name.ends_with(".ndjson") || name.ends_with(".json");
  return is_json ? FileFormat::kJsonLines : FileFormat::kText;
}

bool holds_control_byte(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
}

}  // namespace

std::string_view format_name(FileFormat format) noexcept {
  switch (format) {
    case FileFormat::kText:
      return "csv";
    case FileFormat::kParquet:
      return "parquet";
    case FileFormat::kJsonLines:
      break;
  }
  return "jsonl";
}

DetectedFormat detect_format(const std::filesystem::path& path) {
  InputFile file(path);
  std::array<char, 4096> bytes{};
  const std::size_t size = file.read(std::as_writable_bytes(std::span(bytes)));
  std::string_view start(bytes.data(), size);

  DetectedFormat detected;
  detected.by_name = format_by_name(path);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  // Bytes that are no text under the name of Parquet go to its reader, which says what is wrong with them.
  const bool is_damaged_parquet = detected.by_name == FileFormat::kParquet &&
                                  detect_compression(start) == "none" && holds_control_byte(start);
  if (start.starts_with("PAR1") || is_damaged_parquet) {
    detected.format = FileFormat::kParquet;
  } else if (detect_compression(start) != "none") {
    detected.format = detected.by_name == FileFormat::kJsonLines ? FileFormat::kJsonLines : FileFormat::kText;
  } else {
    if (start.starts_with(kByteOrderMark)) start.remove_prefix(kByteOrderMark.size());
    const std::size_t first = start.find_first_not_of(" \t\r\n");
    const bool is_object = first != std::string_view::npos && start[first] == '{';
    const bool is_array = first != std::string_view::npos && start[first] == '[';
    // An array under a .json name goes to the reader of JSON lines, which says what is wrong with it.
    const bool is_json = is_object || (is_array && detected.by_name == FileFormat::kJsonLines);
    detected.format = is_json ? FileFormat::kJsonLines : FileFormat::kText;
  }
  return detected;
}

}  // namespace regimetry::market
