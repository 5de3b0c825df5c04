#include "regimes/jump/jump_temperature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace regimetry::regimes {
namespace {

constexpr double kLeastRows = 8;          // fewer say nothing of an autocorrelation
constexpr std::size_t kLongestLag = 500;  // rows; windows beyond it are not taken to overlap

struct LossGap {
  std::vector<double> apart;  // [T] d_t minus its mean for the rows of the regime, 0 elsewhere
  double mean = 0, rows = 0;
};

// Against the regime in which the rows of `own` cost least after their own.
LossGap gap_of(const Eigen::ArrayXXd& losses, std::span<const std::int32_t> labels, Eigen::Index own) {
  LossGap gap;
  Eigen::ArrayXd means = Eigen::ArrayXd::Zero(losses.cols());
  for (Eigen::Index t = 0; t < losses.rows(); ++t) {
    if (labels[static_cast<std::size_t>(t)] != own) continue;
    gap.rows += 1;
    for (Eigen::Index k = 0; k < losses.cols(); ++k) means[k] += losses(t, k) - losses(t, own);
  }
  if (gap.rows < kLeastRows) return gap;
  means /= gap.rows;
  means[own] = std::numeric_limits<double>::infinity();
  Eigen::Index next_best = 0;
  gap.mean = means.minCoeff(&next_best);
  gap.apart.assign(labels.size(), 0.0);
  for (Eigen::Index t = 0; t < losses.rows(); ++t)
    if (labels[static_cast<std::size_t>(t)] == own)
      gap.apart[static_cast<std::size_t>(t)] = losses(t, next_best) - losses(t, own) - gap.mean;
  return gap;
}

double covariance_at(const LossGap& gap, std::size_t lag) {
  double sum = 0;
  for (std::size_t t = lag; t < gap.apart.size(); ++t) sum += gap.apart[t] * gap.apart[t - lag];
  return sum / gap.rows;
}

double autocorrelation_time(const LossGap& gap, double variance) {
  const double significant = 2 / std::sqrt(gap.rows);
  const std::size_t longest = std::min(kLongestLag, gap.apart.size() / 4);
  double time = 1;
  for (std::size_t lag = 1; lag <= longest; ++lag) {
    const double correlation = covariance_at(gap, lag) / variance;
    if (correlation < significant) break;
    time += 2 * correlation;
  }
  return time;
}

}  // namespace

double jump_temperature(const Eigen::ArrayXXd& losses, std::span<const std::int32_t> labels, JumpLoss loss) {
  double sum = 0, rows = 0;
  for (Eigen::Index k = 0; losses.cols() > 1 && k < losses.cols(); ++k) {
    const LossGap gap = gap_of(losses, labels, k);
    if (gap.rows < kLeastRows || !(gap.mean > 0)) continue;
    const double variance = covariance_at(gap, 0);
    if (!(variance > 0)) continue;
    const double scale = loss == JumpLoss::kSquared ? variance / (2 * gap.mean) : 1;
    sum += gap.rows * scale * autocorrelation_time(gap, variance);
    rows += gap.rows;
  }
  return rows > 0 ? sum / rows : 1;
}

}  // namespace regimetry::regimes
