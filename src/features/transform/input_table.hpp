// What a transform is fitted on or applied to: named columns of any kind over the rows of many instruments.
//
// Shape:  each segment is one instrument of T rows, with one view per column.
// Time:   stamps increase strictly within a segment. A row is known when its bar is over
// (features/bar_clock.hpp). Owner:  a view; the RawFeatures or FeatureData it was made of must outlive it.
// Nothing is copied.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/bar_clock.hpp"
#include "features/feature_table.hpp"
#include "features/files/raw_features.hpp"
#include "market/writing/output_table.hpp"

namespace regimetry::features {

struct InputColumn {
  std::string name;
  market::ColumnKind kind = market::ColumnKind::kNumber;
};

struct InputSegment {
  std::string symbol;
  market::Timeframe timeframe;
  double bars_per_year = 0;
  BarClock clock;                           // when its rows are known
  std::span<const TimestampNs> timestamps;  // [T]
  std::vector<market::ColumnView> views;    // one per column
  [[nodiscard]] std::int64_t row_count() const noexcept {
    return static_cast<std::int64_t>(timestamps.size());
  }
};

// What the metadata of a file says about its rows.
struct InputOrigin {
  bool is_simulated = false;     // columns true_... and oracle_... hold answers that no market tells
  bool has_row_numbers = false;  // a bare matrix, whose stamps only count its rows
  std::string transformed_by;    // the transform that made it, in words; empty: none did
};
[[nodiscard]] InputOrigin origin_of(const nlohmann::json& metadata);

struct InputTable {
  std::string source;  // for messages
  InputOrigin origin;
  std::vector<InputColumn> columns;
  std::vector<InputSegment> segments;
  [[nodiscard]] std::int64_t row_count() const noexcept;
  [[nodiscard]] const InputColumn* find(std::string_view name) const noexcept;  // null when absent
};

[[nodiscard]] InputTable input_table(const RawFeatures& raw);
// Features are numbers; the extras of all instruments follow, missing in every row of one that lacks them.
[[nodiscard]] InputTable input_table(const FeatureData& data, std::string source);

// A stretch of time whose absent ends are open.
struct RowSpan {
  std::optional<TimestampNs> first;  // the stamp from which rows belong to it
  std::optional<TimestampNs> last;   // the moment by which their bars are over
  // `last` is the last moment of a date. Bars of whole days are then judged by the date of their stamp, for a
  // day need not begin at midnight in UTC.
  bool last_is_date = false;
};

// The rows inside the span. Segments without such rows are gone.
[[nodiscard]] InputTable rows_between(const InputTable& table, const RowSpan& span);

// The rows of one view as a column of its own.
[[nodiscard]] market::Column copy_column(const InputColumn& column, const market::ColumnView& view,
                                         std::int64_t row_count);

// A number or boolean of a view; NaN where the view holds nothing.
[[nodiscard]] double number_at(const market::ColumnView& view, std::size_t row) noexcept;

}  // namespace regimetry::features
