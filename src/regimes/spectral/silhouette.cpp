#include "regimes/spectral/silhouette.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "regimes/kmeans/row_blocks.hpp"

namespace regimetry::regimes {
namespace {

struct Sample {
  MatrixF values;
  std::vector<std::int32_t> labels;
  std::vector<std::int64_t> counts;  // rows of each label
};

Sample sample_of(const Eigen::Ref<const MatrixF>& values, std::span<const std::int32_t> labels,
                 std::int64_t most_rows) {
  const std::int64_t count = std::min<std::int64_t>(values.rows(), most_rows);
  Sample sample{MatrixF(count, values.cols()), {}, {}};
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t row = i * values.rows() / count;
    const std::int32_t label = labels[static_cast<std::size_t>(row)];
    sample.values.row(i) = values.row(row);
    sample.labels.push_back(label);
    if (static_cast<std::size_t>(label) >= sample.counts.size())
      sample.counts.resize(static_cast<std::size_t>(label) + 1);
    ++sample.counts[static_cast<std::size_t>(label)];
  }
  return sample;
}

// Sums of the distances from one row to the rows of each label.
std::vector<double> distance_sums(const Sample& sample, const RowBlocks& blocks, std::int64_t row) {
  std::vector<double> sums(sample.counts.size()), point(static_cast<std::size_t>(sample.values.cols()));
  for (std::size_t column = 0; column < point.size(); ++column)
    point[column] = static_cast<double>(sample.values(row, static_cast<Eigen::Index>(column)));
  std::array<double, RowBlocks::kRows> squares;
  for (std::int64_t block = 0; block < blocks.block_count(); ++block) {
    blocks.squared_distances(block, point, squares);
    for (std::int64_t i = 0; i < blocks.rows_in(block); ++i) {
      const std::int32_t label = sample.labels[static_cast<std::size_t>(block * RowBlocks::kRows + i)];
      sums[static_cast<std::size_t>(label)] += std::sqrt(squares[static_cast<std::size_t>(i)]);
    }
  }
  return sums;
}

double silhouette_of(const Sample& sample, const std::vector<double>& sums, std::int32_t label) {
  const auto own = static_cast<std::size_t>(label);
  if (sample.counts[own] < 2) return 0;
  const double inside = sums[own] / static_cast<double>(sample.counts[own] - 1);
  double outside = std::numeric_limits<double>::infinity();
  for (std::size_t other = 0; other < sums.size(); ++other) {
    if (other != own && sample.counts[other] > 0)
      outside = std::min(outside, sums[other] / static_cast<double>(sample.counts[other]));
  }
  if (std::isinf(outside) || !(std::max(inside, outside) > 0)) return 0;
  return (outside - inside) / std::max(inside, outside);
}

}  // namespace

double mean_silhouette(const Eigen::Ref<const MatrixF>& values, std::span<const std::int32_t> labels,
                       std::int64_t most_rows, ThreadPool& pool) {
  assert(values.rows() == static_cast<std::int64_t>(labels.size()) && most_rows >= 1);
  if (values.rows() == 0) return 0;
  constexpr std::int64_t kGrain = 64;
  const Sample sample = sample_of(values, labels, most_rows);
  const RowBlocks blocks(sample.values);
  std::vector<double> each(sample.labels.size());
  pool.parallel_for(static_cast<std::int64_t>(each.size()), kGrain, [&](IndexRange rows) {
    for (std::int64_t row = rows.begin; row < rows.end; ++row)
      each[static_cast<std::size_t>(row)] = silhouette_of(sample, distance_sums(sample, blocks, row),
                                                          sample.labels[static_cast<std::size_t>(row)]);
  });
  double total = 0;
  for (const double one : each) total += one;
  return total / static_cast<double>(each.size());
}

}  // namespace regimetry::regimes
