#include "regimes/jump/return_features.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kWindows[] = {6, 14};

// Means and spreads of any stretch of rows by differences of running sums.
class Stretches {
 public:
  explicit Stretches(std::span<const double> values) : sums_{0}, squares_{0} {
    double mean = 0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) {
      sums_.push_back(sums_.back() + (value - mean));
      squares_.push_back(squares_.back() + (value - mean) * (value - mean));
    }
    mean_ = mean;
  }
  // Rows begin .. end - 1, cut to the rows there are.
  [[nodiscard]] double mean(std::int64_t begin, std::int64_t end) const { return mean_ + apart(begin, end); }
  [[nodiscard]] double spread(std::int64_t begin, std::int64_t end) const {
    const auto [first, last] = cut(begin, end);
    const double centre = apart(begin, end);
    const double variance =
        (squares_[last] - squares_[first]) / static_cast<double>(last - first) - centre * centre;
    return std::sqrt(std::max(variance, 0.0));
  }

 private:
  [[nodiscard]] std::pair<std::size_t, std::size_t> cut(std::int64_t begin, std::int64_t end) const {
    const auto rows = static_cast<std::int64_t>(sums_.size()) - 1;
    return {static_cast<std::size_t>(std::max<std::int64_t>(begin, 0)),
            static_cast<std::size_t>(std::min(end, rows))};
  }
  [[nodiscard]] double apart(std::int64_t begin, std::int64_t end) const {
    const auto [first, last] = cut(begin, end);
    return (sums_[last] - sums_[first]) / static_cast<double>(last - first);
  }

  std::vector<double> sums_, squares_;  // [T + 1], of deviations from mean_
  double mean_ = 0;
};

MatrixD standardised(MatrixD columns) {
  const auto rows = static_cast<double>(columns.rows());
  for (Eigen::Index d = 0; d < columns.cols(); ++d) {
    double mean = 0, variance = 0;
    for (Eigen::Index t = 0; t < columns.rows(); ++t) mean += columns(t, d) / rows;
    for (Eigen::Index t = 0; t < columns.rows(); ++t)
      variance += (columns(t, d) - mean) * (columns(t, d) - mean) / rows;
    const double scale = variance > 0 ? 1 / std::sqrt(variance) : 0;
    for (Eigen::Index t = 0; t < columns.rows(); ++t) columns(t, d) = (columns(t, d) - mean) * scale;
  }
  return columns;
}

MatrixD make_features(std::span<const double> returns, bool looks_ahead) {
  const auto rows = static_cast<std::int64_t>(returns.size());
  const Stretches stretches(returns);
  const auto change = [&](std::int64_t t) {
    if (t < 1 || t >= rows) return 0.0;
    return std::abs(returns[static_cast<std::size_t>(t)] - returns[static_cast<std::size_t>(t - 1)]);
  };
  MatrixD features(rows, looks_ahead ? 15 : 6);
  for (std::int64_t t = 0; t < rows; ++t) {
    Eigen::Index column = 0;
    const auto add = [&](double value) { features(t, column++) = value; };
    const auto add_stretch = [&](std::int64_t begin, std::int64_t end) {
      add(stretches.mean(begin, end));
      add(stretches.spread(begin, end));
    };
    add(returns[static_cast<std::size_t>(t)]);
    add(change(t));
    if (looks_ahead) add(change(t + 1));
    for (const std::int64_t window : kWindows) {
      add_stretch(t - window + 1, t + 1);
      if (!looks_ahead) continue;
      add_stretch(t, t + window);
      add_stretch(t - window, t + window);
    }
  }
  return standardised(std::move(features));
}

}  // namespace

MatrixD centred_return_features(std::span<const double> returns) {
  return make_features(returns, true);
}

MatrixD trailing_return_features(std::span<const double> returns) {
  return make_features(returns, false);
}

}  // namespace regimetry::regimes
