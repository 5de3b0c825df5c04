#include "features/across/sector_file.hpp"

#include <fmt/format.h>

#include <span>
#include <vector>

#include "core/error.hpp"
#include "core/input_file.hpp"
#include "core/lower_case.hpp"
#include "core/nearest_word.hpp"
#include "market/reading/text/record_reader.hpp"

namespace regimetry::features {
namespace {

std::string content_of(const std::filesystem::path& path) {
  InputFile file(path);
  require_fits_in_memory(file.size(), path);
  std::string text(file.size(), '\0');
  file.read_exactly(std::as_writable_bytes(std::span(text)));
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  std::erase(text, '\r');
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

std::size_t find_column(const std::filesystem::path& path, const std::vector<std::string>& header,
                        const std::string& name) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == lower_case(name)) return i;
  }
  std::string list;
  for (const std::string& one : header) list += (list.empty() ? "" : ", ") + one;
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "{}:1: there is no column '{}'; the columns are {}. Name the one of sectors with --sector-column",
          path.string(), name, list));
}

}  // namespace

std::map<std::string, std::string> read_sector_file(const std::filesystem::path& path,
                                                    const std::string& sector_column) {
  const std::string text = content_of(path);
  market::RecordReader reader(text, 1, ',', true);
  std::vector<std::string> header;
  if (reader.next()) {
    for (const std::string_view cell : reader.cells()) header.push_back(lower_case(cell));
  }
  const std::size_t symbol_at = find_column(path, header, "symbol");
  const std::size_t sector_at = find_column(path, header, sector_column);

  std::map<std::string, std::string> sector_of;
  while (reader.next()) {
    const auto& cells = reader.cells();
    if (cells.size() <= std::max(symbol_at, sector_at)) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}:{}: the row has {} cells where the header has {}; correct it",
                              path.string(), reader.line(), cells.size(), header.size()));
    }
    if (cells[sector_at].empty()) continue;
    const auto [known, is_new] = sector_of.try_emplace(std::string(cells[symbol_at]), cells[sector_at]);
    if (!is_new && known->second != cells[sector_at]) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}:{}: '{}' is in '{}' and in '{}'; keep one of the rows", path.string(),
                              reader.line(), known->first, known->second, cells[sector_at]));
    }
  }
  return sector_of;
}

}  // namespace regimetry::features
