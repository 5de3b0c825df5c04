#include "regimes/mixture/start_labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/portable_math.hpp"
#include "regimes/kmeans/seed_centers.hpp"

namespace regimetry::regimes {
namespace {

std::vector<IndexRange> cut(std::span<const IndexRange> sequences, std::int64_t length) {
  std::vector<IndexRange> stretches;
  for (const IndexRange& sequence : sequences) {
    for (std::int64_t begin = sequence.begin; begin < sequence.end; begin += length)
      stretches.push_back({begin, std::min(begin + length, sequence.end)});
  }
  return stretches;
}

// [stretches, 2 D]: means, then half log variances. A constant stretch gets a tiny variance, not none.
MatrixD describe(const Eigen::Ref<const MatrixF>& values, const std::vector<IndexRange>& stretches) {
  const Eigen::Index width = values.cols();
  MatrixD features(static_cast<Eigen::Index>(stretches.size()), 2 * width);
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const auto row_count = static_cast<double>(stretches[i].size());
    for (Eigen::Index column = 0; column < width; ++column) {
      double sum = 0, squares = 0;
      for (std::int64_t row = stretches[i].begin; row < stretches[i].end; ++row)
        sum += static_cast<double>(values(row, column));
      const double mean = sum / row_count;
      for (std::int64_t row = stretches[i].begin; row < stretches[i].end; ++row) {
        const double deviation = static_cast<double>(values(row, column)) - mean;
        squares += deviation * deviation;
      }
      features(static_cast<Eigen::Index>(i), column) = mean;
      features(static_cast<Eigen::Index>(i), width + column) =
          0.5 * portable_log(squares / row_count + std::numeric_limits<double>::min());
    }
  }
  return features;
}

MatrixF standardised(const MatrixD& features) {
  MatrixF result(features.rows(), features.cols());
  const auto count = static_cast<double>(features.rows());
  for (Eigen::Index column = 0; column < features.cols(); ++column) {
    double mean = 0, variance = 0;
    for (Eigen::Index row = 0; row < features.rows(); ++row) mean += features(row, column) / count;
    for (Eigen::Index row = 0; row < features.rows(); ++row)
      variance += (features(row, column) - mean) * (features(row, column) - mean) / count;
    const double scale = variance > 0 ? 1 / std::sqrt(variance) : 0;
    for (Eigen::Index row = 0; row < features.rows(); ++row)
      result(row, column) = static_cast<float>((features(row, column) - mean) * scale);
  }
  return result;
}

}  // namespace

std::vector<std::int32_t> labels_from_rows(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks,
                                           int count, RngStream& stream) {
  const std::vector<std::int64_t> centers = seed_centers(values, blocks, count, stream);
  const auto row_count = static_cast<std::size_t>(blocks.row_count());
  std::vector<std::int32_t> labels(row_count, 0);
  std::vector<double> nearest(row_count, std::numeric_limits<double>::infinity());
  std::array<double, RowBlocks::kRows> distances;
  for (std::size_t k = 0; k < centers.size(); ++k) {
    const Eigen::RowVectorXd center = values.row(centers[k]).cast<double>();
    for (std::int64_t block = 0; block < blocks.block_count(); ++block) {
      blocks.squared_distances(block, {center.data(), static_cast<std::size_t>(center.size())}, distances);
      for (std::int64_t i = 0; i < blocks.rows_in(block); ++i) {
        const auto row = static_cast<std::size_t>(block * RowBlocks::kRows + i);
        if (!(distances[static_cast<std::size_t>(i)] < nearest[row])) continue;
        nearest[row] = distances[static_cast<std::size_t>(i)];
        labels[row] = static_cast<std::int32_t>(k);
      }
    }
  }
  return labels;
}

std::vector<std::int32_t> labels_from_stretches(const RegimeRows& rows, std::int64_t stretch_length,
                                                int count, RngStream& stream) {
  const std::vector<IndexRange> stretches = cut(rows.sequences, stretch_length);
  const MatrixF features = standardised(describe(rows.values, stretches));
  const std::vector<std::int32_t> chosen = labels_from_rows(features, RowBlocks(features), count, stream);
  std::vector<std::int32_t> labels(static_cast<std::size_t>(rows.values.rows()), 0);
  for (std::size_t i = 0; i < stretches.size(); ++i)
    std::fill(labels.begin() + stretches[i].begin, labels.begin() + stretches[i].end, chosen[i]);
  return labels;
}

}  // namespace regimetry::regimes
