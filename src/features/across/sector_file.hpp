// A small CSV that says which sector each symbol belongs to.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace regimetry::features {

// Columns `symbol` and `sector_column`, anywhere and in any case; other columns and empty sectors are passed
// over. Throws Error (kData) naming file and line: no such column, a symbol with two sectors, a row that is
// cut short.
[[nodiscard]] std::map<std::string, std::string> read_sector_file(const std::filesystem::path& path,
                                                                  const std::string& sector_column);

}  // namespace regimetry::features
