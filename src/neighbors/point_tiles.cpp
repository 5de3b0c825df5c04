#include "neighbors/point_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace regimetry::neighbors {
namespace {

constexpr std::int64_t kPanel = 64;  // a multiple of the panel width of every level of kernels

// A tile takes at most 256 KiB, so that it stays in a core's second cache beside queries and scores.
std::int64_t tile_size_for(std::int64_t width, std::int64_t point_count) {
  const std::int64_t fitting =
      std::clamp<std::int64_t>(65'536 / std::max<std::int64_t>(width, 1), kPanel, 512);
  return std::min(fitting / kPanel, (point_count + kPanel - 1) / kPanel) * kPanel;
}

std::vector<double> mean_of(const Eigen::Ref<const MatrixF>& points) {
  std::vector<double> mean(static_cast<std::size_t>(points.cols()));
  const double share = 1.0 / static_cast<double>(points.rows());
  for (std::int64_t row = 0; row < points.rows(); ++row) {
    const float* const values = points.row(row).data();
    for (std::size_t column = 0; column < mean.size(); ++column)
      mean[column] += static_cast<double>(values[column]) * share;
  }
  return mean;
}

double largest_distance_to(const std::vector<double>& mean, const Eigen::Ref<const MatrixF>& rows) {
  double largest = 0;
  for (std::int64_t row = 0; row < rows.rows(); ++row) {
    const float* const values = rows.row(row).data();
    for (std::size_t column = 0; column < mean.size(); ++column)
      largest = std::max(largest, std::abs(static_cast<double>(values[column]) - mean[column]));
  }
  return largest;
}

float rounded_up(double value) {
  return static_cast<float>(value * (1 + 0x1p-22)) + std::numeric_limits<float>::min();
}

}  // namespace

PointTiles::PointTiles(const Eigen::Ref<const MatrixF>& points, const Eigen::Ref<const MatrixF>& queries)
    : kernels_(nn::row_kernels()),
      point_count_(points.rows()),
      width_(points.cols()),
      tile_size_(tile_size_for(width_, point_count_)),
      mean_(mean_of(points)) {
  const double largest = std::max(largest_distance_to(mean_, points), largest_distance_to(mean_, queries));
  if (largest > 0) scale_ = std::exp2(-std::ilogb(largest) - 1);
  pack(points);
}

void PointTiles::pack(const Eigen::Ref<const MatrixF>& points) {
  const std::int64_t filled = tile_count() * tile_size_, panel = kernels_.panel_columns;
  panels_.assign(static_cast<std::size_t>(filled * width_), 0.0F);
  half_norms_.assign(static_cast<std::size_t>(filled), std::numeric_limits<float>::infinity());
  tile_norms_.assign(static_cast<std::size_t>(tile_count()), 0.0F);
  for (std::int64_t point = 0; point < point_count_; ++point) {
    float* const out = panels_.data() + point / panel * panel * width_ + point % panel;
    double squares = 0;
    for (std::int64_t column = 0; column < width_; ++column) {
      const auto value = static_cast<float>(
          (static_cast<double>(points(point, column)) - mean_[static_cast<std::size_t>(column)]) * scale_);
      out[column * panel] = value;
      squares += static_cast<double>(value) * static_cast<double>(value);
    }
    half_norms_[static_cast<std::size_t>(point)] = static_cast<float>(squares / 2);
    float& largest = tile_norms_[static_cast<std::size_t>(point / tile_size_)];
    largest = std::max(largest, rounded_up(std::sqrt(squares)));
  }
}

IndexRange PointTiles::points_of(std::int64_t tile) const noexcept {
  return {tile * tile_size_, std::min((tile + 1) * tile_size_, point_count_)};
}

PointTiles::Queries PointTiles::prepare(const Eigen::Ref<const MatrixF>& rows) const {
  Queries queries;
  queries.values.resize(static_cast<std::size_t>(rows.rows() * width_));
  queries.norms.resize(static_cast<std::size_t>(rows.rows()));
  for (std::int64_t row = 0; row < rows.rows(); ++row) {
    const float* const in = rows.row(row).data();
    float* const out = queries.values.data() + row * width_;
    double squares = 0;
    for (std::int64_t column = 0; column < width_; ++column) {
      out[column] = static_cast<float>(
          (mean_[static_cast<std::size_t>(column)] - static_cast<double>(in[column])) * scale_);
      squares += static_cast<double>(out[column]) * static_cast<double>(out[column]);
    }
    queries.norms[static_cast<std::size_t>(row)] = rounded_up(std::sqrt(squares));
  }
  return queries;
}

void PointTiles::scores(const Queries& queries, IndexRange rows, std::int64_t tile, float* out) const {
  const std::int64_t begin = tile * tile_size_;
  const nn::PanelView panels{panels_.data() + begin * width_, width_, tile_size_, kernels_.panel_columns};
  kernels_.multiply(queries.values.data() + rows.begin * width_, width_, rows.size(), panels, out, tile_size_,
                    {.bias = half_norms_.data() + begin});
}

namespace {

// With u = 2^-24: a sum of D products that begins with a half norm is wrong by at most (D + 2) u times the
// sum of the sizes of its terms, `terms`, and each later step by u of the same; the rounding of centred
// values moves a distance by u (|q| + |p|) at most. A tenth is added for terms of higher order and two steps
// for the sums that use the margin; the last term is for products below the normal numbers.
float margin_of(double terms, double both, double steps) {
  constexpr double kHalfUnit = 0x1p-24, kSlack = 1.1;
  return static_cast<float>(kSlack * kHalfUnit * (steps * terms + both * both) +
                            steps * static_cast<double>(std::numeric_limits<float>::min()));
}

}  // namespace

float PointTiles::margin(float query_norm, std::int64_t tile) const noexcept {
  const double q = static_cast<double>(query_norm);
  const double p = static_cast<double>(tile_norms_[static_cast<std::size_t>(tile)]);
  return margin_of(p * p / 2 + q * p, q + p, static_cast<double>(width_ + 4));
}

float PointTiles::mutual_margin(float query_norm, std::int64_t tile) const noexcept {
  const double q = static_cast<double>(query_norm);
  const double p = static_cast<double>(tile_norms_[static_cast<std::size_t>(tile)]);
  return margin_of((q * q + p * p) / 2 + q * p, q + p, static_cast<double>(width_ + 8));
}

}  // namespace regimetry::neighbors
