#include "market/reading/stored_metadata.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "market/reading/word_codes.hpp"
#include "market/writing/output_format.hpp"

namespace regimetry::market {
namespace {

std::optional<ColumnKind> kind_named(std::string_view name) {
  for (const ColumnKind kind :
       {ColumnKind::kNumber, ColumnKind::kBoolean, ColumnKind::kCategory, ColumnKind::kTime}) {
    if (kind_name(kind) == name) return kind;
  }
  return std::nullopt;
}

void to_category(Column& column) {
  WordCodes words;
  std::vector<std::int32_t> codes;
  const bool is_boolean = column.kind == ColumnKind::kBoolean;
  for (const double number : column.numbers) {
    if (std::isnan(number))
      codes.push_back(kMissingCode);
    else
      codes.push_back(
          words.code_of(is_boolean ? (number != 0 ? "true" : "false") : fmt::format("{}", number)));
  }
  for (const TimestampNs time : column.times) {
    codes.push_back(time == kMissingTime ? kMissingCode : words.code_of(format_timestamp(time)));
  }
  column.numbers.clear();
  column.times.clear();
  column.codes = std::move(codes);
  column.categories = words.words();
  column.kind = ColumnKind::kCategory;
}

// Words as stamps; leaves the column alone when one is none.
void to_time(Column& column) {
  std::vector<TimestampNs> stamp_of;
  for (const std::string& word : column.categories) {
    const std::optional<TimestampNs> stamp = parse_iso_timestamp(word);
    if (!stamp) return;
    stamp_of.push_back(*stamp);
  }
  for (const std::int32_t code : column.codes) {
    column.times.push_back(code == kMissingCode ? kMissingTime : stamp_of[static_cast<std::size_t>(code)]);
  }
  column.codes.clear();
  column.categories.clear();
  column.kind = ColumnKind::kTime;
}

void restore_kind(Column& column, ColumnKind kind) {
  if (column.kind == kind) return;
  const auto rows = static_cast<std::size_t>(column.row_count());
  const bool is_empty = column.missing_count() == column.row_count();
  if (is_empty) {  // no value shows the kind
    const std::string name = column.name;
    column = Column{};
    column.name = name;
    column.kind = kind;
    if (kind == ColumnKind::kCategory)
      column.codes.assign(rows, kMissingCode);
    else if (kind == ColumnKind::kTime)
      column.times.assign(rows, kMissingTime);
    else
      column.numbers.assign(rows, std::numeric_limits<double>::quiet_NaN());
  } else if (kind == ColumnKind::kCategory) {
    to_category(column);
  } else if (kind == ColumnKind::kTime && column.kind == ColumnKind::kCategory) {
    to_time(column);
  } else if (kind == ColumnKind::kNumber && column.kind == ColumnKind::kBoolean) {
    column.kind = kind;
  }
}

}  // namespace

nlohmann::json read_sidecar(const std::filesystem::path& path, Observer& observer) {
  const std::filesystem::path sidecar = metadata_path_of(path);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(sidecar, ignored)) return nullptr;
  constexpr std::uintmax_t kMostBytes = std::uintmax_t{256} << 20;
  nlohmann::json metadata;
  try {
    metadata = nlohmann::json::parse(read_file(sidecar, kMostBytes), nullptr, /*allow_exceptions=*/false);
  } catch (const Error& error) {
    observer.on_warning(error.what());
    return nullptr;
  }
  if (metadata.is_discarded() || !metadata.is_object()) {
    observer.on_warning(fmt::format("{}: is not JSON and is ignored", sidecar.string()));
    return nullptr;
  }
  const auto bytes = metadata.find("bytes");
  if (bytes != metadata.end() && bytes->is_number_unsigned() &&
      bytes->get<std::uintmax_t>() != std::filesystem::file_size(path, ignored)) {
    observer.on_warning(
        fmt::format("{}: is not the file that {} was written for (another size); {} is ignored",
                    path.string(), sidecar.filename().string(), sidecar.filename().string()));
    return nullptr;
  }
  return metadata;
}

void restore_column_kinds(ColumnTable& table, const nlohmann::json& metadata) {
  if (!metadata.is_object()) return;
  const auto entries = metadata.find("columns");
  if (entries == metadata.end() || !entries->is_array()) return;
  std::unordered_map<std::string, ColumnKind> kind_of;
  for (const nlohmann::json& entry : *entries) {
    if (!entry.is_object() || !entry.contains("name") || !entry.contains("kind")) continue;
    if (!entry["name"].is_string() || !entry["kind"].is_string()) continue;
    if (const auto kind = kind_named(entry["kind"].get<std::string>()))
      kind_of[entry["name"].get<std::string>()] = *kind;
  }
  for (Column& column : table.columns) {
    if (const auto found = kind_of.find(column.name); found != kind_of.end())
      restore_kind(column, found->second);
  }
}

nlohmann::json lasting_metadata(nlohmann::json metadata) {
  if (!metadata.is_object()) return nullptr;
  for (const char* key : {"bytes", "columns", "instruments"}) metadata.erase(key);
  return metadata.empty() ? nlohmann::json(nullptr) : metadata;
}

}  // namespace regimetry::market
