#include "embeddings/finite_windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::embeddings {
namespace {

using features::FeatureTable;
using features::InputSegment;
using features::InputTable;

std::string of_symbol(const std::string& symbol) {
  return symbol.empty() ? std::string() : fmt::format(" of {}", printable(symbol));
}

void require_finite_rows(const FeatureTable& table, const windows::RowRange& rows) {
  for (std::int64_t row = rows.begin; row < rows.end; ++row) {
    for (std::int64_t f = 0; f < table.feature_count(); ++f) {
      if (std::isfinite(table.values(row, f))) continue;
      throw Error(
          ErrorKind::kData,
          fmt::format("feature '{}'{} is {} at {} (row {}), and a window holds that row. Drop such windows "
                      "(missing drop), or fill the value with a transform that imputes.",
                      printable(table.names[static_cast<std::size_t>(f)]), of_symbol(table.symbol),
                      std::isnan(table.values(row, f)) ? "missing" : "infinite",
                      format_timestamp(table.timestamps[static_cast<std::size_t>(row)]), row));
    }
  }
}

std::vector<std::size_t> numeric_columns(const InputTable& table, const std::vector<std::string>& names) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].kind != market::ColumnKind::kNumber) continue;
    if (std::find(names.begin(), names.end(), table.columns[c].name) != names.end()) columns.push_back(c);
  }
  return columns;
}

// The rows of a bare matrix have no stamps worth showing.
std::string place_words(const InputTable& table, const InputSegment& segment, std::int64_t row) {
  if (table.origin.has_row_numbers) return fmt::format("in row {}", row);
  return fmt::format("at {} (row {})", format_timestamp(segment.timestamps[static_cast<std::size_t>(row)]),
                     row);
}

[[noreturn]] void fail_infinite(const InputTable& table, const InputSegment& segment, std::size_t column,
                                std::int64_t row) {
  throw Error(ErrorKind::kData,
              fmt::format("{}: column '{}'{} is infinite {}. Correct the row, or leave the column out with "
                          "--exclude-columns.",
                          printable(table.source), printable(table.columns[column].name),
                          of_symbol(segment.symbol), place_words(table, segment, row)));
}

}  // namespace

void require_finite(const windows::Windows& windows) {
  if (windows.options().missing == windows::MissingRule::kDrop) return;
  const std::int64_t stride = windows.options().stride;
  const std::int64_t size = windows.window_size();
  for (const windows::WindowRun& run : windows.runs()) {
    const FeatureTable& table = windows.tables()[static_cast<std::size_t>(run.instrument)];
    if (stride <= size) {
      require_finite_rows(table, {run.first_row, run.first_row + (run.size() - 1) * stride + size});
      continue;
    }
    for (std::int64_t i = 0; i < run.size(); ++i)
      require_finite_rows(table, {run.first_row + i * stride, run.first_row + i * stride + size});
  }
}

void require_no_infinity(const InputTable& table, const std::vector<std::string>& names, ThreadPool& pool) {
  constexpr std::int64_t kBlockRows = 512;  // columns of a row-major matrix share cache lines
  const std::vector<std::size_t> columns = numeric_columns(table, names);
  for (const InputSegment& segment : table.segments) {
    pool.parallel_for(segment.row_count(), kBlockRows, [&](IndexRange rows) {
      for (const std::size_t column : columns) {
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
          if (std::isinf(features::number_at(segment.views[column], static_cast<std::size_t>(row))))
            fail_infinite(table, segment, column, row);
        }
      }
    });
  }
}

}  // namespace regimetry::embeddings
