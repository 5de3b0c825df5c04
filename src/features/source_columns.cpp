#include "features/source_columns.hpp"

#include "features/operators/missing.hpp"

namespace regimetry::features {
namespace {

std::vector<double> seconds_of(const market::Bars& bars) {
  std::vector<double> seconds;
  seconds.reserve(bars.timestamps.size());
  for (const TimestampNs stamp : bars.timestamps) seconds.push_back(whole_seconds(stamp));
  return seconds;
}

}  // namespace

const std::vector<double>& field_column(const market::Bars& bars, BarField field) noexcept {
  switch (field) {
    case BarField::kOpen:
      return bars.open;
    case BarField::kHigh:
      return bars.high;
    case BarField::kLow:
      return bars.low;
    case BarField::kVolume:
      return bars.volume;
    default:
      return bars.close;
  }
}

double whole_seconds(TimestampNs stamp) noexcept {
  const TimestampNs whole = stamp / kNsPerSecond;
  return static_cast<double>(whole - (whole * kNsPerSecond > stamp ? 1 : 0));
}

const market::Column* find_numeric_extra(const market::Bars& bars, const std::string& name) {
  for (const market::Column& column : bars.extras) {
    const bool is_numeric =
        column.kind == market::ColumnKind::kNumber || column.kind == market::ColumnKind::kBoolean;
    if (is_numeric && column.name == name) return &column;
  }
  return nullptr;
}

SourceColumns::SourceColumns(const SeriesGraph& graph, const market::Bars& bars) {
  const auto keep = [this](std::vector<double> values) {
    owned_.push_back(std::move(values));
    return owned_.back().data();
  };
  for (const SeriesGraph::SourceSeries& source : graph.sources()) {
    const double* column = nullptr;
    if (source.kind == SeriesGraph::SourceKind::kField) {
      column =
          source.field == BarField::kTime ? keep(seconds_of(bars)) : field_column(bars, source.field).data();
    } else if (source.kind == SeriesGraph::SourceKind::kExtra) {
      const market::Column* const extra = find_numeric_extra(bars, source.name);
      column = extra != nullptr ? extra->numbers.data() : keep(std::vector(bars.timestamps.size(), kMissing));
    }
    columns_.push_back(column);
  }
}

void SourceColumns::fill(std::int64_t begin, std::vector<const double*>& at) const {
  at.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i)
    at[i] = columns_[i] == nullptr ? nullptr : columns_[i] + begin;
}

}  // namespace regimetry::features
