#include "features/feature_stream.hpp"

#include <fmt/format.h>

#include <limits>

#include "core/error.hpp"
#include "features/feature_value.hpp"
#include "features/sealed_state.hpp"
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

}  // namespace

FeatureStream::FeatureStream(const FeatureSet& set)
    : set_(&set),
      runner_(only_pass(set), 1),
      extra_columns_(extra_columns_of(set.graph())),
      source_values_(set.graph().sources().size()),
      values_(set.features().size()),
      last_timestamp_(kNoStamp) {
  for (const double& value : source_values_) source_places_.push_back(&value);
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
  fill_sources(set_->graph(), bar, source_values_);
  take_stamp(bar.timestamp);
  runner_.run(source_places_.data(), 1);
  for (std::size_t k = 0; k < values_.size(); ++k) values_[k] = feature_value(*runner_.result(k));
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
  return sealed_state(set_->digest(), writer.bytes());
}

void FeatureStream::restore(std::span<const std::byte> state) {
  StateReader reader(opened_state(set_->digest(), state));
  reader(bar_count_, last_timestamp_);
  runner_.load(reader);
}

}  // namespace regimetry::features
