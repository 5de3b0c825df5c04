#include "regimes/jump/jump_start.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/portable_math.hpp"
#include "regimes/kmeans/seed_centers.hpp"

namespace regimetry::regimes {
namespace {

// Rows per stretch: long enough to show a spread, short enough to lie inside one regime.
constexpr Eigen::Index kStretchRows = 20;

JumpEmission flat_emission(Eigen::Index regimes, Eigen::Index width) {
  return {MatrixD::Zero(regimes, width), MatrixD::Ones(regimes, width), Eigen::VectorXd::Zero(regimes)};
}

JumpEmission start_on_rows(const Eigen::Ref<const MatrixF>& values, int regime_count, RngStream& stream) {
  const std::vector<std::int64_t> rows = seed_centers(values, regime_count, stream);
  JumpEmission emission = flat_emission(static_cast<Eigen::Index>(rows.size()), values.cols());
  for (std::size_t k = 0; k < rows.size(); ++k)
    emission.centers.row(static_cast<Eigen::Index>(k)) = values.row(rows[k]).cast<double>();
  return emission;
}

// [stretches, 2D]: mean and log variance of each column, each scaled to unit variance over the stretches.
MatrixF describe_stretches(const Eigen::Ref<const MatrixF>& values, Eigen::Index stretch_rows) {
  const Eigen::Index count = values.rows() / stretch_rows, width = values.cols();
  MatrixD described(count, 2 * width);
  for (Eigen::Index i = 0; i < count; ++i) {
    for (Eigen::Index d = 0; d < width; ++d) {
      const Eigen::VectorXd stretch = values.col(d).segment(i * stretch_rows, stretch_rows).cast<double>();
      double mean = 0, variance = 0;
      for (const double x : stretch) mean += x / static_cast<double>(stretch_rows);
      for (const double x : stretch) variance += (x - mean) * (x - mean) / static_cast<double>(stretch_rows);
      described(i, d) = mean;
      described(i, width + d) = portable_log(std::max(variance, 1e-30));
    }
  }
  for (Eigen::Index d = 0; d < 2 * width; ++d) {
    double mean = 0, variance = 0;
    for (Eigen::Index i = 0; i < count; ++i) mean += described(i, d) / static_cast<double>(count);
    for (Eigen::Index i = 0; i < count; ++i)
      variance += (described(i, d) - mean) * (described(i, d) - mean) / static_cast<double>(count);
    const double scale = variance > 0 ? 1 / std::sqrt(variance) : 0;
    for (Eigen::Index i = 0; i < count; ++i) described(i, d) = (described(i, d) - mean) * scale;
  }
  return described.cast<float>();
}

JumpEmission start_on_stretches(const Eigen::Ref<const MatrixF>& values, const JumpSamples& samples,
                                int regime_count, RngStream& stream) {
  const Eigen::Index stretch_rows =
      std::clamp<Eigen::Index>(values.rows() / (4 * regime_count), 1, kStretchRows);
  const MatrixF described = describe_stretches(values, stretch_rows);
  const std::vector<std::int64_t> seeds = seed_centers(described, regime_count, stream);
  std::vector<std::int32_t> labels(static_cast<std::size_t>(values.rows()));
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    const Eigen::Index stretch = std::min(t / stretch_rows, described.rows() - 1);
    float nearest = std::numeric_limits<float>::infinity();
    for (std::size_t k = 0; k < seeds.size(); ++k) {
      const float apart = (described.row(stretch) - described.row(seeds[k])).squaredNorm();
      if (!(apart < nearest)) continue;
      nearest = apart;
      labels[static_cast<std::size_t>(t)] = static_cast<std::int32_t>(k);
    }
  }
  JumpEmission emission = flat_emission(static_cast<Eigen::Index>(seeds.size()), values.cols());
  samples.update(labels, JumpLoss::kGaussian, emission);
  return emission;
}

}  // namespace

JumpEmission draw_jump_start(const Eigen::Ref<const MatrixF>& values, const JumpSamples& samples,
                             int regime_count, JumpLoss loss, RngStream& stream) {
  return loss == JumpLoss::kSquared ? start_on_rows(values, regime_count, stream)
                                    : start_on_stretches(values, samples, regime_count, stream);
}

}  // namespace regimetry::regimes
