#include "regimes/mixture/update_components.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kBlock = RowColumns::kBlock;
// Less than this much of a row is nothing: sums of such weights have no accurate mean.
constexpr double kLeastOwned = 1e-12;
// Sums are kept in this many lanes, added up at the end in order: a loop that a compiler can turn into vector
// code without changing the order of any addition.
constexpr std::size_t kLanes = 8;
using Block = std::array<double, kBlock>;

double sum_of(const double* values) {
  std::array<double, kLanes> lanes{};
  for (std::size_t i = 0; i < kBlock; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += values[i + lane];
  }
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

double dot(const double* a, const double* b) {
  std::array<double, kLanes> lanes{};
  for (std::size_t i = 0; i < kBlock; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += a[i + lane] * b[i + lane];
  }
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

// One component's sums over all rows; blocks are padded with weights of zero.
class ComponentSums {
 public:
  ComponentSums(const RowColumns& rows, const ComponentWeights& weights, int component, int component_count)
      : rows_(rows), weights_(weights), component_(component), component_count_(component_count) {}

  // Calls body(first row, rows in the block) with the block's weights in place.
  template <typename Body>
  void for_blocks(const Body& body) {
    for (std::int64_t first = 0; first < rows_.row_count(); first += kBlock) {
      const std::int64_t count = std::min(kBlock, rows_.row_count() - first);
      load_weights(first, count);
      body(first, count);
    }
  }
  [[nodiscard]] const double* owned() const { return owned_.data(); }
  [[nodiscard]] const double* weighted() const { return weighted_.data(); }

 private:
  void load_weights(std::int64_t first, std::int64_t count) {
    if (count < kBlock) owned_.fill(0), weighted_.fill(0);
    const double* from = weights_.owned.data() + first * component_count_ + component_;
    for (std::int64_t row = 0; row < count; ++row)
      owned_[static_cast<std::size_t>(row)] = from[row * component_count_];
    if (weights_.trust.empty()) {
      weighted_ = owned_;
      return;
    }
    const double* trust = weights_.trust.data() + component_ * rows_.row_count() + first;
    for (std::int64_t row = 0; row < count; ++row)
      weighted_[static_cast<std::size_t>(row)] = owned_[static_cast<std::size_t>(row)] * trust[row];
  }

  const RowColumns& rows_;
  const ComponentWeights& weights_;
  int component_, component_count_;
  Block owned_{}, weighted_{};
};

struct Moments {
  double owned = 0;
  std::vector<double> mean;  // [D]; empty when nothing is owned
  MatrixD scatter;           // [D, D] lower, or [1, D] variances
};

void load_column(const RowColumns& rows, std::int64_t first, std::int64_t count, std::int64_t column,
                 double center, double* out) {
  const double* from = rows.at(first, column);
  for (std::int64_t row = 0; row < count; ++row) out[row] = from[row] - center;
  std::fill(out + count, out + kBlock, 0.0);
}

void add_mean(ComponentSums& sums, const RowColumns& rows, Moments& moments) {
  const std::int64_t width = rows.width();
  std::vector<double> totals(static_cast<std::size_t>(width), 0.0);
  double weight = 0;
  Block values;
  sums.for_blocks([&](std::int64_t first, std::int64_t count) {
    moments.owned += sum_of(sums.owned());
    weight += sum_of(sums.weighted());
    for (std::int64_t column = 0; column < width; ++column) {
      load_column(rows, first, count, column, 0, values.data());
      totals[static_cast<std::size_t>(column)] += dot(sums.weighted(), values.data());
    }
  });
  if (!(moments.owned > kLeastOwned && weight > kLeastOwned)) return;
  for (double& total : totals) total /= weight;
  moments.mean = std::move(totals);
}

void add_scatter(ComponentSums& sums, const RowColumns& rows, bool is_full, Moments& moments) {
  const std::int64_t width = rows.width();
  moments.scatter = MatrixD::Zero(is_full ? width : 1, width);
  std::vector<double> centered(static_cast<std::size_t>(width * kBlock));
  Block scaled;
  sums.for_blocks([&](std::int64_t first, std::int64_t count) {
    for (std::int64_t i = 0; i < width; ++i) {
      double* mine = centered.data() + i * kBlock;
      load_column(rows, first, count, i, moments.mean[static_cast<std::size_t>(i)], mine);
      for (std::size_t row = 0; row < kBlock; ++row) scaled[row] = sums.weighted()[row] * mine[row];
      for (std::int64_t j = is_full ? 0 : i; j <= i; ++j)
        moments.scatter(is_full ? i : 0, j) += dot(scaled.data(), centered.data() + j * kBlock);
    }
  });
}

void write_component(const Moments& moments, const SpreadPrior& prior, int k,
                     GaussianComponents& components) {
  const bool is_full = components.shape == CovarianceShape::kFull;
  const Eigen::Index width = components.width();
  const bool owns_rows = !moments.mean.empty();
  const double weight = (owns_rows ? moments.owned : 0) + prior.rows;
  for (Eigen::Index i = 0; i < width; ++i) {
    if (owns_rows) components.means(k, i) = moments.mean[static_cast<std::size_t>(i)];
    for (Eigen::Index j = is_full ? 0 : i; j <= i; ++j) {
      double sum = owns_rows ? moments.scatter(is_full ? i : 0, j) : 0;
      if (i == j) sum += prior.rows * prior.variances[static_cast<std::size_t>(i)];
      const double value = sum / weight;
      if (!is_full) components.covariances(k, i) = value;
      if (is_full)
        components.covariances(k * width + i, j) = components.covariances(k * width + j, i) = value;
    }
  }
}

}  // namespace

std::vector<double> update_components(const RowColumns& rows, const ComponentWeights& weights,
                                      const SpreadPrior& prior, GaussianComponents& components) {
  assert(prior.rows > 0);
  std::vector<double> owned;
  for (int k = 0; k < components.count(); ++k) {
    ComponentSums sums(rows, weights, k, components.count());
    Moments moments;
    add_mean(sums, rows, moments);
    if (!moments.mean.empty()) add_scatter(sums, rows, components.shape == CovarianceShape::kFull, moments);
    write_component(moments, prior, k, components);
    owned.push_back(moments.owned);
  }
  return owned;
}

GaussianComponents components_of_labels(const RowColumns& rows, const SpreadPrior& prior,
                                        CovarianceShape shape, int component_count,
                                        std::span<const std::int32_t> labels) {
  const std::int64_t width = rows.width();
  const std::int64_t spread_rows =
      shape == CovarianceShape::kFull ? component_count * width : component_count;
  GaussianComponents components{shape, MatrixD::Zero(component_count, width),
                                MatrixD::Zero(spread_rows, width)};
  std::vector<double> owned(labels.size() * static_cast<std::size_t>(component_count), 0.0);
  for (std::size_t row = 0; row < labels.size(); ++row)
    owned[row * static_cast<std::size_t>(component_count) + static_cast<std::size_t>(labels[row])] = 1;
  update_components(rows, {owned, {}}, prior, components);
  return components;
}

}  // namespace regimetry::regimes
