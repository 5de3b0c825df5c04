#include "market/reading/read_untimed_signals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/printable.hpp"
#include "market/column_roles.hpp"
#include "market/reading/decompress.hpp"
#include "market/reading/file_format.hpp"
#include "market/reading/text/read_text_table.hpp"

namespace regimetry::market {
namespace {

constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 20;
constexpr std::uintmax_t kMostBytes = std::uintmax_t{2} << 30;
constexpr std::string_view kSeparators = ",;\t|";

bool is_time_role(const std::optional<RoleMatch>& match) {
  return match && (match->role == ColumnRole::kTimestamp || match->role == ColumnRole::kDate ||
                   match->role == ColumnRole::kTime);
}

std::string first_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kMostHeaderBytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

char separator_of(std::string_view header) {
  return *std::max_element(kSeparators.begin(), kSeparators.end(), [&](char a, char b) {
    return std::count(header.begin(), header.end(), a) < std::count(header.begin(), header.end(), b);
  });
}

std::vector<std::string_view> cells_of(std::string_view header) {
  std::vector<std::string_view> cells;
  const char separator = separator_of(header);
  for (std::size_t begin = 0; begin <= header.size();) {
    const std::size_t end = std::min(header.find(separator, begin), header.size());
    cells.push_back(header.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

// A header has no cell that is a number; a first line that has one is data.
bool looks_like_names(const std::vector<std::string_view>& cells) {
  return std::none_of(cells.begin(), cells.end(), [](std::string_view cell) {
    return !cell.empty() && cell.find_first_not_of("0123456789+-.,: ") == std::string_view::npos;
  });
}

bool names_time(const ReadOptions& options) {
  return std::any_of(options.column_for_role.begin(), options.column_for_role.end(), [](const auto& entry) {
    return entry.first == "timestamp" || entry.first == "date" || entry.first == "time";
  });
}

std::string with_row_stamps(std::string_view text) {
  const char separator = separator_of(first_line(text));
  std::string timed;
  timed.reserve(text.size() + text.size() / 2);
  std::int64_t row = -1;  // the header
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    const bool is_blank = line.find_first_not_of(" \r\n") == std::string_view::npos;
    if (!is_blank) {
      timed += row < 0 ? "timestamp" : format_timestamp(row * kNsPerSecond);
      timed += separator;
      ++row;
    }
    timed += line;
    begin = end;
  }
  return timed;
}

}  // namespace

bool lacks_time_column(const std::filesystem::path& path, const ReadOptions& options) {
  if (names_time(options) || detect_format(path).format != FileFormat::kText) return false;
  const std::string bytes = first_bytes(path);
  if (detect_compression(bytes) != "none") return false;
  const std::vector<std::string_view> cells = cells_of(first_line(bytes));
  if (cells.empty() || !looks_like_names(cells)) return false;
  const auto roles = match_roles(cells);
  return std::none_of(roles.begin(), roles.end(), is_time_role);
}

SignalTable read_untimed_signals(const std::filesystem::path& path, const ReadOptions& options,
                                 ThreadPool& pool, Observer& observer) {
  const std::string bytes = read_file(path, kMostBytes);
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  TextTable read = parse_text_table(with_row_stamps(text), path.string(), options, pool, observer);
  observer.on_note(
      fmt::format("{}: has no column of dates or times; its rows count as time", printable_path(path)));
  SignalTable signals = signals_of(std::move(read.table));
  signals.source = path.string();
  return signals;
}

}  // namespace regimetry::market
