#include "features/feature_stream.hpp"

#include <fmt/format.h>

#include <limits>

#include "core/error.hpp"
#include "features/source_columns.hpp"

namespace regimetry::features {
namespace {

constexpr TimestampNs kNoStamp = std::numeric_limits<TimestampNs>::min();

const StepProgram& only_pass(const FeatureSet& set) {
  if (set.pass_count() > 1) {
    throw Error(ErrorKind::kUsage,
                "a stream of one instrument cannot compute features that compare instruments; compute them "
                "for all together");
  }
  return set.pass(0);
}

double whole_seconds(TimestampNs stamp) {
  const TimestampNs whole = stamp / kNsPerSecond;
  return static_cast<double>(whole - (whole * kNsPerSecond > stamp ? 1 : 0));
}

double field_value(const LiveBar& bar, BarField field) {
  switch (field) {
    case BarField::kOpen:
      return bar.open;
    case BarField::kHigh:
      return bar.high;
    case BarField::kLow:
      return bar.low;
    case BarField::kClose:
      return bar.close;
    case BarField::kVolume:
      return bar.volume;
    case BarField::kTime:
      break;
  }
  return whole_seconds(bar.timestamp);
}

}  // namespace

FeatureStream::FeatureStream(const FeatureSet& set)
    : set_(&set),
      runner_(only_pass(set), 1),
      source_values_(set.graph().sources().size()),
      values_(set.features().size()),
      last_timestamp_(kNoStamp) {
  for (std::size_t i = 0; i < source_values_.size(); ++i) {
    source_places_.push_back(&source_values_[i]);
    const SeriesGraph::SourceSeries& source = set.graph().sources()[i];
    if (source.kind == SeriesGraph::SourceKind::kExtra) extra_columns_.push_back(source.name);
  }
}

void FeatureStream::take_stamp(TimestampNs stamp) {
  if (stamp <= last_timestamp_) {
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "the bar of {} is not later than the one before it ({}); a stream takes bars in order of time",
            format_timestamp_short(stamp), format_timestamp_short(last_timestamp_)));
  }
  last_timestamp_ = stamp;
  ++bar_count_;
}

std::span<const float> FeatureStream::update(const LiveBar& bar) {
  if (bar.extras.size() != extra_columns_.size()) {
    throw Error(ErrorKind::kData, fmt::format("the bar carries {} further columns; these features read {}",
                                              bar.extras.size(), extra_columns_.size()));
  }
  take_stamp(bar.timestamp);
  std::size_t next_extra = 0;
  for (std::size_t i = 0; i < source_values_.size(); ++i) {
    const SeriesGraph::SourceSeries& source = set_->graph().sources()[i];
    source_values_[i] = source.kind == SeriesGraph::SourceKind::kExtra ? bar.extras[next_extra++]
                                                                       : field_value(bar, source.field);
  }
  runner_.run(source_places_.data(), 1);
  for (std::size_t k = 0; k < values_.size(); ++k) values_[k] = static_cast<float>(*runner_.result(k));
  return values_;
}

void FeatureStream::warm_up(const market::Bars& bars) {
  const SourceColumns columns(set_->graph(), bars);
  std::vector<const double*> at;
  for (std::int64_t row = 0; row < bars.size(); ++row) {
    take_stamp(bars.timestamps[static_cast<std::size_t>(row)]);
    columns.fill(row, at);
    runner_.run(at.data(), 1);
  }
}

std::vector<std::byte> FeatureStream::state() {
  StateWriter writer;
  writer(bar_count_, last_timestamp_);
  runner_.save(writer);
  return writer.bytes();
}

void FeatureStream::restore(std::span<const std::byte> state) {
  StateReader reader(state);
  reader(bar_count_, last_timestamp_);
  runner_.load(reader);
  if (!reader.is_at_end())
    throw Error(ErrorKind::kData,
                "the saved state belongs to other features; save it anew from the full history");
}

}  // namespace regimetry::features
