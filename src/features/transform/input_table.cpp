#include "features/transform/input_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "core/printable.hpp"
#include "features/files/feature_array.hpp"

namespace regimetry::features {
namespace {

using market::Column;
using market::ColumnKind;
using market::ColumnView;

ColumnView from_row(ColumnView view, std::ptrdiff_t row) {
  if (view.numbers != nullptr) view.numbers += row;
  if (view.singles != nullptr) view.singles += row * view.single_stride;
  if (view.codes != nullptr) view.codes += row;
  if (view.times != nullptr) view.times += row;
  return view;
}

std::vector<InputColumn> columns_of(const FeatureData& data) {
  std::vector<InputColumn> columns;
  for (const std::string& name : data.instruments.front().names) {
    columns.push_back({name, ColumnKind::kNumber});
  }
  std::set<std::pair<std::string, ColumnKind>> known;
  for (const FeatureTable& table : data.instruments) {
    for (const Column& extra : table.extras) {
      if (known.emplace(extra.name, extra.kind).second) columns.push_back({extra.name, extra.kind});
    }
  }
  return columns;
}

InputSegment segment_of(const FeatureTable& table, const std::vector<InputColumn>& columns) {
  InputSegment segment{table.symbol, table.timeframe, table.bars_per_year, {}, table.timestamps, {}};
  const auto features = static_cast<std::size_t>(table.feature_count());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c < features) {
      ColumnView& view = segment.views.emplace_back();
      view.singles = table.values.data() + c;
      view.single_stride = table.feature_count();
      continue;
    }
    const auto found = std::find_if(table.extras.begin(), table.extras.end(), [&](const Column& extra) {
      return extra.name == columns[c].name && extra.kind == columns[c].kind;
    });
    segment.views.push_back(found == table.extras.end() ? ColumnView{} : market::view_of(*found));
  }
  return segment;
}

// One whose timeframe is unknown takes the longest of the others, as audits do.
void set_clocks(InputTable& table, const nlohmann::json& metadata) {
  if (table.origin.has_row_numbers) return;  // no time, no bars
  market::Timeframe longest;
  for (const InputSegment& segment : table.segments) {
    if (nominal_length(segment.timeframe) > nominal_length(longest)) longest = segment.timeframe;
  }
  for (InputSegment& segment : table.segments) {
    segment.clock = BarClock(segment.timeframe.is_known() ? segment.timeframe : longest,
                             stamp_meaning_of(metadata, segment.symbol));
  }
}

TimestampNs midnight_before(TimestampNs stamp) {
  const std::int64_t since_midnight = (stamp % kNsPerDay + kNsPerDay) % kNsPerDay;
  return stamp < std::numeric_limits<TimestampNs>::min() + kNsPerDay ? stamp : stamp - since_midnight;
}

// The rows of a segment that are over by the end of the span.
std::int64_t count_over(const InputSegment& segment, const RowSpan& span) {
  if (!span.last) return segment.row_count();
  const bool by_date = span.last_is_date && segment.clock.counts_days();
  const auto is_over = [&](TimestampNs stamp) {
    return segment.clock.last_moment(by_date ? midnight_before(stamp) : stamp) <= *span.last;
  };
  return std::partition_point(segment.timestamps.begin(), segment.timestamps.end(), is_over) -
         segment.timestamps.begin();
}

std::string transform_words(const nlohmann::json& facts) {
  const auto text = [&](const char* key) {
    const auto found = facts.find(key);
    return found != facts.end() && found->is_string() ? printable(found->get<std::string>()) : "unknown";
  };
  return fmt::format("{} fitted on {} to {} (sha256 {:.8})", text("method"), text("fitted_first"),
                     text("fitted_last"), text("sha256"));
}

}  // namespace

InputOrigin origin_of(const nlohmann::json& metadata) {
  InputOrigin origin;
  if (!metadata.is_object()) return origin;
  origin.is_simulated = metadata.contains("simulation");
  origin.has_row_numbers = metadata.contains(kTimeKey) && metadata[kTimeKey] == kRowNumbers;
  const auto transform = metadata.find("transform");
  if (transform != metadata.end() && transform->is_object()) {
    origin.transformed_by = transform_words(*transform);
  }
  return origin;
}

std::int64_t InputTable::row_count() const noexcept {
  return std::accumulate(
      segments.begin(), segments.end(), std::int64_t{0},
      [](std::int64_t sum, const InputSegment& segment) { return sum + segment.row_count(); });
}

const InputColumn* InputTable::find(std::string_view name) const noexcept {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const InputColumn& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

InputTable input_table(const RawFeatures& raw) {
  InputTable table;
  table.source = raw.source;
  table.origin = origin_of(raw.metadata);
  if (raw.instruments.empty()) return table;
  for (const Column& column : raw.instruments.front().columns)
    table.columns.push_back({column.name, column.kind});
  for (const RawInstrument& instrument : raw.instruments) {
    InputSegment segment{
        instrument.symbol, instrument.timeframe, instrument.bars_per_year, {}, instrument.timestamps, {}};
    for (const Column& column : instrument.columns) segment.views.push_back(market::view_of(column));
    table.segments.push_back(std::move(segment));
  }
  set_clocks(table, raw.metadata);
  return table;
}

InputTable input_table(const FeatureData& data, std::string source) {
  InputTable table;
  table.source = std::move(source);
  table.origin = origin_of(data.metadata);
  if (data.instruments.empty()) return table;
  table.columns = columns_of(data);
  for (const FeatureTable& instrument : data.instruments) {
    table.segments.push_back(segment_of(instrument, table.columns));
  }
  set_clocks(table, data.metadata);
  return table;
}

InputTable rows_between(const InputTable& table, const RowSpan& span) {
  InputTable kept;
  kept.source = table.source;
  kept.origin = table.origin;
  kept.columns = table.columns;
  for (const InputSegment& segment : table.segments) {
    const auto stamps = segment.timestamps;
    const std::ptrdiff_t begin =
        span.first ? std::lower_bound(stamps.begin(), stamps.end(), *span.first) - stamps.begin() : 0;
    const std::ptrdiff_t end = count_over(segment, span);
    if (begin >= end) continue;
    InputSegment part = segment;
    part.timestamps = stamps.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    for (ColumnView& view : part.views) view = from_row(view, begin);
    kept.segments.push_back(std::move(part));
  }
  return kept;
}

Column copy_column(const InputColumn& column, const ColumnView& view, std::int64_t row_count) {
  Column copy;
  copy.name = column.name;
  copy.kind = column.kind;
  const auto rows = static_cast<std::size_t>(row_count);
  switch (column.kind) {
    case ColumnKind::kNumber:
    case ColumnKind::kBoolean:
      copy.numbers.resize(rows);
      for (std::size_t row = 0; row < rows; ++row) copy.numbers[row] = number_at(view, row);
      break;
    case ColumnKind::kCategory:
      copy.codes.assign(rows, market::kMissingCode);
      if (view.codes == nullptr) break;
      copy.codes.assign(view.codes, view.codes + row_count);
      copy.categories = *view.categories;
      break;
    case ColumnKind::kTime:
      copy.times.assign(rows, market::kMissingTime);
      if (view.times == nullptr) break;
      copy.times.assign(view.times, view.times + row_count);
      break;
  }
  return copy;
}

double number_at(const ColumnView& view, std::size_t row) noexcept {
  if (view.numbers != nullptr) return view.numbers[row];
  if (view.singles != nullptr) return static_cast<double>(view.single_at(row));
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace regimetry::features
