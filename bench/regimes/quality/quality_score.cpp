#include "quality_score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/alignment/best_assignment.hpp"
#include "regimes/alignment/contingency.hpp"

namespace regimetry::bench {
namespace {

constexpr double kBarsPerYear = 252;

struct Matched {
  std::vector<double> recalls;      // [K], NaN where the truth never is
  std::vector<std::int32_t> label;  // [K], -1: none
};

Matched match(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels, int regime_count) {
  const regimes::Contingency table = regimes::count_label_pairs(truth, labels);
  MatrixD recall = table.counts.cast<double>();
  for (Eigen::Index row = 0; row < recall.rows(); ++row)
    recall.row(row) /= static_cast<double>(table.counts.row(row).sum());
  const std::vector<std::int64_t> column = regimes::best_assignment(recall);
  Matched matched{std::vector<double>(static_cast<std::size_t>(regime_count), std::nan("")),
                  std::vector<std::int32_t>(static_cast<std::size_t>(regime_count), -1)};
  for (std::size_t i = 0; i < table.first.size(); ++i) {
    const auto regime = static_cast<std::size_t>(table.first[i]);
    matched.recalls[regime] = column[i] < 0 ? 0 : recall(static_cast<Eigen::Index>(i), column[i]);
    if (column[i] >= 0) matched.label[regime] = table.second[static_cast<std::size_t>(column[i])];
  }
  return matched;
}

double count_switches(std::span<const std::int32_t> labels) {
  double count = 0;
  for (std::size_t t = 1; t < labels.size(); ++t) count += labels[t] != labels[t - 1] ? 1 : 0;
  return count;
}

Estimate mean_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  Estimate estimate;
  for (const double value : values) estimate.mean += value / count;
  double squares = 0;
  for (const double value : values) squares += (value - estimate.mean) * (value - estimate.mean);
  estimate.standard_error = count > 1 ? std::sqrt(squares / (count - 1) / count) : 0;
  return estimate;
}

}  // namespace

void QualityScore::add(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels) {
  const Matched matched = match(truth, labels, regime_count_);
  recalls_.push_back(matched.recalls);
  adjusted_rand_.push_back(regimes::adjusted_rand_index(labels, truth));
  const double years = static_cast<double>(truth.size()) / kBarsPerYear;
  switches_.push_back(count_switches(labels) / years);
  true_switches_.push_back(count_switches(truth) / years);
  for (std::size_t t = 1; t < truth.size(); ++t) {
    if (truth[t] == truth[t - 1]) continue;
    const std::int32_t wanted = matched.label[static_cast<std::size_t>(truth[t])];
    std::size_t seen = t;
    while (seen < truth.size() && truth[seen] == truth[t] && labels[seen] != wanted) ++seen;
    const bool is_found = seen < truth.size() && truth[seen] == truth[t];
    lags_.push_back(is_found ? static_cast<double>(seen - t) : std::numeric_limits<double>::infinity());
  }
}

Estimate QualityScore::balanced_accuracy() const {
  const auto regimes = static_cast<std::size_t>(regime_count_);
  std::vector<double> sums(regimes, 0.0), counts(regimes, 0.0);
  for (const std::vector<double>& recall : recalls_)
    for (std::size_t k = 0; k < regimes; ++k) {
      if (std::isnan(recall[k])) continue;
      sums[k] += recall[k];
      counts[k] += 1;
    }
  const auto mean_without = [&](const std::vector<double>* left_out) {
    double mean = 0;
    for (std::size_t k = 0; k < regimes; ++k) {
      const bool has_it = left_out != nullptr && !std::isnan((*left_out)[k]);
      const double count = counts[k] - (has_it ? 1 : 0);
      if (count > 0) mean += (sums[k] - (has_it ? (*left_out)[k] : 0)) / count / static_cast<double>(regimes);
    }
    return mean;
  };
  std::vector<double> without;
  for (const std::vector<double>& recall : recalls_) without.push_back(mean_without(&recall));
  const double spread = mean_of(without).standard_error;
  return {mean_without(nullptr), spread * static_cast<double>(recalls_.size() - 1)};
}

Estimate QualityScore::balanced_within() const {
  std::vector<double> means;
  for (const std::vector<double>& recall : recalls_) {
    double sum = 0, count = 0;
    for (const double value : recall) {
      if (std::isnan(value)) continue;
      sum += value;
      count += 1;
    }
    means.push_back(sum / count);
  }
  return mean_of(means);
}

Estimate QualityScore::balanced_absent_as_zero() const {
  std::vector<double> means;
  for (const std::vector<double>& recall : recalls_) {
    double sum = 0;
    for (const double value : recall) sum += std::isnan(value) ? 0 : value;
    means.push_back(sum / regime_count_);
  }
  return mean_of(means);
}

Estimate QualityScore::adjusted_rand() const {
  return mean_of(adjusted_rand_);
}
double QualityScore::switches_per_year() const {
  return mean_of(switches_).mean;
}
double QualityScore::true_switches_per_year() const {
  return mean_of(true_switches_).mean;
}

double QualityScore::median_lag_bars() const {
  if (lags_.empty()) return std::nan("");
  std::vector<double> lags = lags_;
  const auto middle = lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2);
  std::nth_element(lags.begin(), middle, lags.end());
  return *middle;
}

double QualityScore::missed_share() const {
  if (lags_.empty()) return std::nan("");
  return static_cast<double>(
             std::count_if(lags_.begin(), lags_.end(), [](double lag) { return std::isinf(lag); })) /
         static_cast<double>(lags_.size());
}

}  // namespace regimetry::bench
