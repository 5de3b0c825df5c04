#include "regimes/jump/jump_emission.hpp"

#include <algorithm>
#include <array>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

constexpr Eigen::Index kBlockRows = 512;  // the running loss of a block stays in the first cache

struct RegimeSums {
  Eigen::VectorXd counts;  // [K]
  MatrixD sums, squares;   // [K, D]
};

}  // namespace

void JumpEmission::losses_of(std::span<const float> row, std::span<double> losses) const noexcept {
  for (Eigen::Index k = 0; k < centers.rows(); ++k) {
    double sum = 0;
    for (Eigen::Index d = 0; d < centers.cols(); ++d) {
      const double apart = static_cast<double>(row[static_cast<std::size_t>(d)]) - centers(k, d);
      sum += apart * apart * precisions(k, d);
    }
    losses[static_cast<std::size_t>(k)] = 0.5 * sum + offsets[k];
  }
}

JumpSamples::JumpSamples(const Eigen::Ref<const MatrixF>& values)
    : columns_(values.cast<double>().array()),
      means_(Eigen::RowVectorXd::Zero(values.cols())),
      variances_(Eigen::RowVectorXd::Zero(values.cols())),
      sums_(values.rows() + 1, values.cols()),
      squares_(values.rows() + 1, values.cols()) {
  const auto count = static_cast<double>(std::max<Eigen::Index>(1, values.rows()));
  for (Eigen::Index t = 0; t < values.rows(); ++t) means_ += values.row(t).cast<double>();
  means_ /= count;
  sums_.row(0).setZero();
  squares_.row(0).setZero();
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    const Eigen::RowVectorXd apart = values.row(t).cast<double>() - means_;
    sums_.row(t + 1) = sums_.row(t) + apart;
    squares_.row(t + 1) = squares_.row(t) + apart.cwiseProduct(apart);
  }
  variances_ = squares_.row(values.rows()) / count;
}

void JumpSamples::compute_losses(const JumpEmission& emission, Eigen::ArrayXXd& losses) const {
  losses.resize(columns_.rows(), emission.regime_count());
  std::array<double, kBlockRows> sum;
  for (Eigen::Index first = 0; first < columns_.rows(); first += kBlockRows) {
    const Eigen::Index count = std::min(kBlockRows, columns_.rows() - first);
    for (Eigen::Index k = 0; k < losses.cols(); ++k) {
      std::fill_n(sum.begin(), count, 0.0);
      for (Eigen::Index d = 0; d < columns_.cols(); ++d) {
        const double center = emission.centers(k, d), precision = emission.precisions(k, d);
        const double* x = columns_.data() + d * columns_.rows() + first;
        for (Eigen::Index t = 0; t < count; ++t) {
          const double apart = x[t] - center;
          sum[static_cast<std::size_t>(t)] += apart * apart * precision;
        }
      }
      double* out = losses.data() + k * losses.rows() + first;
      const double offset = emission.offsets[k];
      for (Eigen::Index t = 0; t < count; ++t) out[t] = 0.5 * sum[static_cast<std::size_t>(t)] + offset;
    }
  }
}

void JumpSamples::update(std::span<const std::int32_t> labels, JumpLoss loss, JumpEmission& emission) const {
  const auto regimes = static_cast<Eigen::Index>(emission.regime_count());
  RegimeSums all{Eigen::VectorXd::Zero(regimes), MatrixD::Zero(regimes, width()),
                 MatrixD::Zero(regimes, width())};
  const auto rows = static_cast<std::int64_t>(labels.size());
  for (std::int64_t first = 0, last = 0; first < rows; first = last) {
    const std::int32_t label = labels[static_cast<std::size_t>(first)];
    while (last < rows && labels[static_cast<std::size_t>(last)] == label) ++last;
    all.counts[label] += static_cast<double>(last - first);
    all.sums.row(label) += sums_.row(last) - sums_.row(first);
    if (loss == JumpLoss::kGaussian) all.squares.row(label) += squares_.row(last) - squares_.row(first);
  }
  for (Eigen::Index k = 0; k < regimes; ++k) {
    if (all.counts[k] == 0) continue;
    const Eigen::RowVectorXd apart = all.sums.row(k) / all.counts[k];
    emission.centers.row(k) = means_ + apart;
    if (loss == JumpLoss::kSquared) continue;
    emission.offsets[k] = 0;
    for (Eigen::Index d = 0; d < width(); ++d) {
      const double least = std::max(kLeastVarianceShare * variances_[d], 1e-300);
      const double variance = std::max(all.squares(k, d) / all.counts[k] - apart[d] * apart[d], least);
      emission.precisions(k, d) = 1 / variance;
      emission.offsets[k] += 0.5 * portable_log(variance);
    }
  }
}

}  // namespace regimetry::regimes
