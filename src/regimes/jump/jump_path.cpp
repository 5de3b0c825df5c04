#include "regimes/jump/jump_path.hpp"

#include <algorithm>

namespace regimetry::regimes {
namespace {

// One row, in place for all regimes at once: a way either stays in its regime or comes from the cheapest one.
// kSize 0: any number of regimes, known at run time.
template <int kSize, typename Loss>
void step(double* values, int regime_count, double least, double penalty, const Loss& loss) noexcept {
  const int count = kSize > 0 ? kSize : regime_count;
  for (int k = 0; k < count; ++k) values[k] = std::min(values[k] - least, penalty) + loss(k);
}

template <int kSize>
double least_of(const double* values, int regime_count) noexcept {
  const int count = kSize > 0 ? kSize : regime_count;
  double least = values[0];
  for (int k = 1; k < count; ++k) least = values[k] < least ? values[k] : least;
  return least;
}

template <int kSize>
std::int32_t first_equal(const double* values, int regime_count, double least) noexcept {
  const int count = kSize > 0 ? kSize : regime_count;
  std::int32_t found = 0;
  for (int k = count; k-- > 0;) found = values[k] == least ? k : found;
  return found;
}

// Fills values [T, K] and best [T]; returns the cost of the cheapest way.
template <int kSize>
double run_forward(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty, double* values,
                   std::int32_t* best) noexcept {
  const auto rows = losses.rows();
  const int count = kSize > 0 ? kSize : static_cast<int>(losses.cols());
  const double* data = losses.data();
  const auto stride = losses.outerStride();
  double now[kSize > 0 ? kSize : 1];
  double* state = kSize > 0 ? now : values;
  double cost = 0, least = 0;
  if (kSize > 0) std::fill(now, now + count, 0.0);
  if (kSize == 0) std::fill(values, values + count, 0.0);
  for (Eigen::Index t = 0; t < rows; ++t) {
    double* row = values + t * count;
    if (kSize == 0 && t > 0) std::copy(row - count, row, row);
    if (kSize == 0) state = row;
    step<kSize>(state, count, least, penalty, [&](int k) { return data[k * stride + t]; });
    least = least_of<kSize>(state, count);
    best[t] = first_equal<kSize>(state, count, least);
    cost += least;
    if (kSize > 0) std::copy(state, state + count, row);
  }
  return cost;
}

double run_forward_any(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty, double* values,
                       std::int32_t* best) noexcept {
  switch (losses.cols()) {
    case 2:
      return run_forward<2>(losses, penalty, values, best);
    case 3:
      return run_forward<3>(losses, penalty, values, best);
    case 4:
      return run_forward<4>(losses, penalty, values, best);
    case 5:
      return run_forward<5>(losses, penalty, values, best);
    case 6:
      return run_forward<6>(losses, penalty, values, best);
    default:
      return run_forward<0>(losses, penalty, values, best);
  }
}

}  // namespace

void JumpRecursion::push(std::span<const double> losses) noexcept {
  const int count = static_cast<int>(values_.size());
  const double least = values_[static_cast<std::size_t>(best_)];
  step<0>(values_.data(), count, least, penalty_, [&](int k) { return losses[static_cast<std::size_t>(k)]; });
  best_ = first_equal<0>(values_.data(), count, least_of<0>(values_.data(), count));
}

double JumpPath::solve(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty,
                       std::span<std::int32_t> labels) {
  const auto rows = static_cast<std::size_t>(losses.rows());
  const auto count = static_cast<std::size_t>(losses.cols());
  if (rows == 0) return 0;
  values_.resize(rows * count);
  best_.resize(rows);
  const double cost = run_forward_any(losses, penalty, values_.data(), best_.data());
  std::int32_t label = best_[rows - 1];
  labels[rows - 1] = label;
  for (std::size_t t = rows - 1; t-- > 0;) {
    const double* row = values_.data() + t * count;
    const double least = row[best_[t]];
    if (row[label] - least > penalty) label = best_[t];
    labels[t] = label;
  }
  return cost;
}

}  // namespace regimetry::regimes
