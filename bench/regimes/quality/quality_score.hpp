// How good labels are, over many sequences of known regimes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::bench {

struct Estimate {
  double mean = 0, standard_error = 0;
};

// Labels of each sequence are matched one to one to its regimes, by the match that is best for the mean
// recall.
class QualityScore {
 public:
  explicit QualityScore(int regime_count) : regime_count_(regime_count) {}

  void add(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels);

  // The published figure: each regime's recall averaged over the sequences that visit it, then over regimes.
  // Error by leaving out one sequence at a time.
  [[nodiscard]] Estimate balanced_accuracy() const;
  // The mean over sequences of the recall averaged over the regimes a sequence visits.
  [[nodiscard]] Estimate balanced_within() const;
  // The same, but a regime that a sequence never visits counts as a recall of 0.
  [[nodiscard]] Estimate balanced_absent_as_zero() const;
  [[nodiscard]] Estimate adjusted_rand() const;
  [[nodiscard]] double switches_per_year() const;       // of the labels, 252 bars
  [[nodiscard]] double true_switches_per_year() const;  // of the truth
  // Bars from a true change of regime until the label matched to the new regime is given: the median over all
  // changes of all sequences. A change whose regime ends before that counts as infinitely late.
  [[nodiscard]] double median_lag_bars() const;
  [[nodiscard]] double missed_share() const;  // of all changes

 private:
  int regime_count_;
  std::vector<std::vector<double>> recalls_;  // [sequences][K], NaN where not visited
  std::vector<double> adjusted_rand_, switches_, true_switches_, lags_;
};

}  // namespace regimetry::bench
