// The front door of production: one instrument, bar by bar, and the memory of it on disk.
//
// The values are those of compute_features(), bit for bit, whatever blocks history came in. Features across
// instruments need all instruments at once: see across/panel_stream.hpp. Owner: borrows the set, which must
// outlive it. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/time.hpp"
#include "features/graph/series_runner.hpp"
#include "features/sets/feature_set.hpp"
#include "market/bars.hpp"

namespace regimetry::features {

// One bar as it arrives. NaN where the source has no value.
struct LiveBar {
  TimestampNs timestamp = 0;
  double open = 0, high = 0, low = 0, close = 0, volume = 0;
  std::vector<double> extras;  // one per extra_columns() of the stream; empty when there are none
};

class FeatureStream {
 public:
  // Throws Error (kUsage) when the set compares instruments.
  explicit FeatureStream(const FeatureSet& set);

  // The features of this bar, in the order of the set; valid until the next call. Throws Error (kData) when
  // the bar is not later than the one before or carries another number of extras than extra_columns().
  [[nodiscard]] std::span<const float> update(const LiveBar& bar);
  // Takes a history in one go; the same as update() on each bar, without the results.
  void warm_up(const market::Bars& bars);

  // The further columns that the set reads, in the order that LiveBar::extras gives them.
  [[nodiscard]] const std::vector<std::string>& extra_columns() const noexcept { return extra_columns_; }
  [[nodiscard]] std::int64_t bar_count() const noexcept { return bar_count_; }
  [[nodiscard]] TimestampNs last_timestamp() const noexcept { return last_timestamp_; }

  // Everything update() remembers. Restoring it into a stream of an equal set gives the same values ever
  // after.
  [[nodiscard]] std::vector<std::byte> state();
  // Throws Error (kData) when the bytes are of another size than this set's state.
  void restore(std::span<const std::byte> state);

 private:
  void take_stamp(TimestampNs stamp);

  const FeatureSet* set_;
  SeriesRunner runner_;
  std::vector<std::string> extra_columns_;
  std::vector<double> source_values_;         // of the present bar
  std::vector<const double*> source_places_;  // into source_values_
  std::vector<float> values_;
  std::int64_t bar_count_ = 0;
  TimestampNs last_timestamp_;
};

}  // namespace regimetry::features
