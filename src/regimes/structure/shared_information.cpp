#include "regimes/structure/shared_information.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

constexpr int kBins = 10;

struct LabelledTenths {
  std::vector<std::int32_t> labels, tenths;  // [M], each from 0
  int label_count = 0;
  int tenth_count = 0;  // that occur
};

// The tenth of each value by rank; equal values lie in one tenth, that of the lowest of their ranks.
std::vector<std::int32_t> tenths_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<std::int32_t> tenths(values.size());
  std::size_t first = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    if (values[order[rank]] != values[order[first]]) first = rank;
    tenths[order[rank]] = static_cast<std::int32_t>(first * kBins / order.size());
  }
  return tenths;
}

LabelledTenths take_rows(std::span<const std::int32_t> labels, std::span<const double> values) {
  LabelledTenths rows;
  std::vector<double> kept;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0 || !std::isfinite(values[i])) continue;
    rows.labels.push_back(labels[i]);
    kept.push_back(values[i]);
    rows.label_count = std::max(rows.label_count, labels[i] + 1);
  }
  rows.tenths = tenths_of(kept);
  std::vector<bool> seen(kBins, false);
  for (const std::int32_t tenth : rows.tenths) seen[static_cast<std::size_t>(tenth)] = true;
  rows.tenth_count = static_cast<int>(std::count(seen.begin(), seen.end(), true));
  return rows;
}

// Sum of n log n: entropies of counts are differences of it.
double n_log_n(const std::vector<std::int64_t>& counts) {
  double sum = 0;
  for (const std::int64_t count : counts)
    if (count > 0) sum += static_cast<double>(count) * portable_log(static_cast<double>(count));
  return sum;
}

class ShareOfInformation {
 public:
  explicit ShareOfInformation(const LabelledTenths& rows) : rows_(rows) {
    std::vector<std::int64_t> of_label(static_cast<std::size_t>(rows.label_count), 0), of_tenth(kBins, 0);
    for (const std::int32_t label : rows.labels) ++of_label[static_cast<std::size_t>(label)];
    for (const std::int32_t tenth : rows.tenths) ++of_tenth[static_cast<std::size_t>(tenth)];
    const auto count = static_cast<double>(rows.labels.size());
    whole_ = count * portable_log(count);
    label_sum_ = n_log_n(of_label);
    tenth_sum_ = n_log_n(of_tenth);
  }

  [[nodiscard]] bool has_something_to_say() const { return whole_ > label_sum_ && rows_.tenth_count > 1; }

  // With labels moved `shift` rows ahead, round the end.
  [[nodiscard]] double at(std::size_t shift) const {
    std::vector<std::int64_t> joint(static_cast<std::size_t>(rows_.label_count) * kBins, 0);
    const std::size_t count = rows_.labels.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from = i + shift < count ? i + shift : i + shift - count;
      ++joint[static_cast<std::size_t>(rows_.labels[from]) * kBins +
              static_cast<std::size_t>(rows_.tenths[i])];
    }
    const double information = n_log_n(joint) + whole_ - label_sum_ - tenth_sum_;
    return std::clamp(information / (whole_ - label_sum_), 0.0, 1.0);
  }

 private:
  const LabelledTenths& rows_;
  double whole_ = 0, label_sum_ = 0, tenth_sum_ = 0;
};

}  // namespace

std::optional<SharedInformation> measure_shared_information(std::span<const std::int32_t> labels,
                                                            std::span<const double> values,
                                                            std::int64_t moves, const Rng& rng,
                                                            const std::string& name, ThreadPool& pool) {
  const LabelledTenths rows = take_rows(labels, values);
  const std::size_t count = rows.labels.size();
  if (count < 2) return std::nullopt;
  const ShareOfInformation share(rows);
  if (!share.has_something_to_say()) return std::nullopt;
  SharedInformation result{.count = static_cast<std::int64_t>(count), .share = share.at(0)};
  std::vector<double> moved(static_cast<std::size_t>(moves));
  pool.parallel_for(moves, 1, [&](IndexRange range) {
    for (std::int64_t move = range.begin; move < range.end; ++move) {
      RngStream stream = rng.stream(name, static_cast<std::uint64_t>(move));
      moved[static_cast<std::size_t>(move)] = share.at(1 + static_cast<std::size_t>(stream.below(count - 1)));
    }
  });
  const auto as_large =
      std::count_if(moved.begin(), moved.end(), [&](double one) { return one >= result.share; });
  result.null_mean = std::accumulate(moved.begin(), moved.end(), 0.0) / static_cast<double>(moves);
  result.p_value = static_cast<double>(as_large + 1) / static_cast<double>(moves + 1);
  return result;
}

}  // namespace regimetry::regimes
