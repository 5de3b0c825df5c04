// The front door of production: one instrument, bar by bar, and the memory of it on disk.
//
// The values are those of compute_features(), bit for bit, whatever blocks history came in. Features across
// instruments need all instruments at once: panel_stream.hpp.
// Owner: borrows the set, which must outlive it. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/time.hpp"
#include "features/graph/series_runner.hpp"
#include "features/live_bar.hpp"
#include "features/sets/feature_set.hpp"
#include "market/bars.hpp"

namespace regimetry::features {

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
  // Throws Error (kData), leaving the stream as it was, when they are of another set or damaged.
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
