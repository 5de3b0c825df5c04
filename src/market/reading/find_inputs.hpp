// Files behind what the user named: paths, globs and folders.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace regimetry::market {

struct InputPath {
  std::filesystem::path path;
  // From folders such as `symbol=AAPL/timeframe=1h/`, outermost first, %XX decoded.
  std::vector<std::pair<std::string, std::string>> folder_columns;
};

// Sorted by path within each input, each file once. A folder gives every market file below it (by extension:
// .csv, .txt, .tsv, .parquet, .jsonl, ..., with .gz or .zst too), without hidden files and `.meta.json`. A
// named file is taken whatever its extension. Throws Error (kData) for what does not exist (naming the
// nearest file of the folder) and for folders and globs that hold nothing to read.
[[nodiscard]] std::vector<InputPath> find_inputs(const std::vector<std::string>& inputs);

}  // namespace regimetry::market
