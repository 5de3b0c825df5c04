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

MatrixF seed_rows(const Eigen::Ref<const MatrixF>& values, int regime_count, RngStream& stream) {
  return values(seed_centers(values, regime_count, stream), Eigen::all);
}

JumpEmission start_on_rows(const Eigen::Ref<const MatrixF>& values, int regime_count, RngStream& stream) {
  const MatrixF centers = seed_rows(values, regime_count, stream);
  JumpEmission emission = flat_emission(centers.rows(), values.cols());
  emission.centers = centers.cast<double>();
  return emission;
}

std::int32_t nearest_of(const Eigen::Ref<const MatrixF>& seeds,
                        const Eigen::Ref<const Eigen::RowVectorXf>& row) {
  std::int32_t nearest = 0;
  float least = std::numeric_limits<float>::infinity();
  for (Eigen::Index k = 0; k < seeds.rows(); ++k) {
    const float apart = (row - seeds.row(k)).squaredNorm();
    if (!(apart < least)) continue;
    least = apart;
    nearest = static_cast<std::int32_t>(k);
  }
  return nearest;
}

// The laws of the rows that lie nearest to each of a few rows.
JumpEmission start_on_neighborhoods(const Eigen::Ref<const MatrixF>& values, const JumpSamples& samples,
                                    int regime_count, RngStream& stream) {
  const MatrixF seeds = seed_rows(values, regime_count, stream);
  std::vector<std::int32_t> labels;
  labels.reserve(static_cast<std::size_t>(values.rows()));
  for (Eigen::Index t = 0; t < values.rows(); ++t) labels.push_back(nearest_of(seeds, values.row(t)));
  JumpEmission emission = flat_emission(seeds.rows(), values.cols());
  samples.update(labels, JumpLoss::kGaussian, emission);
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
  const MatrixF seeds = seed_rows(described, regime_count, stream);
  std::vector<std::int32_t> labels;
  labels.reserve(static_cast<std::size_t>(values.rows()));
  for (Eigen::Index t = 0; t < values.rows(); ++t)
    labels.push_back(nearest_of(seeds, described.row(std::min(t / stretch_rows, described.rows() - 1))));
  JumpEmission emission = flat_emission(seeds.rows(), values.cols());
  samples.update(labels, JumpLoss::kGaussian, emission);
  return emission;
}

}  // namespace

std::vector<JumpEmission> draw_jump_starts(const Eigen::Ref<const MatrixF>& values,
                                           const JumpSamples& samples, int regime_count, JumpLoss loss,
                                           RngStream& stream) {
  std::vector<JumpEmission> starts;
  if (loss == JumpLoss::kSquared) {
    starts.push_back(start_on_rows(values, regime_count, stream));
  } else {
    starts.push_back(start_on_stretches(values, samples, regime_count, stream));
    starts.push_back(start_on_neighborhoods(values, samples, regime_count, stream));
  }
  return starts;
}

}  // namespace regimetry::regimes
