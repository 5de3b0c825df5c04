// A table with a column of regimes, taken apart by instrument: what `interpret` reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/time.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::labelling {

// Shape: N rows, those of an instrument together and in order of time.
struct LabelledTable {
  std::vector<std::int32_t> labels;      // [N]; -1 where the cell is empty or negative
  std::vector<TimestampNs> timestamps;   // [N]
  std::vector<double> close;             // [N], NaN where missing; empty when the table has no prices
  std::vector<IndexRange> sequences;     // one per instrument
  std::vector<std::string> symbols;      // of each; one empty name when the table names none
  bool has_time = false;                 // false: rows count as time
  double bars_per_year = 0;              // measured over all instruments; 0: unknown
  std::vector<std::string> label_names;  // where the column holds words: the word of each number, else empty
};

// Reads any table with a column `label_column`. Whole numbers are regimes; words become numbers in their
// alphabetical order. Throws Error (kData) naming the columns there are when it is missing, and row and value
// where it holds something else.
[[nodiscard]] LabelledTable read_labelled_table(const std::filesystem::path& path,
                                                const std::string& label_column,
                                                const market::ReadOptions& options, ThreadPool& pool,
                                                Observer& observer);

}  // namespace regimetry::labelling
