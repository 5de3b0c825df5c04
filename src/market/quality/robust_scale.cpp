#include "market/quality/robust_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace regimetry::market {
namespace {

constexpr std::int64_t kBlock = 256;
constexpr std::int64_t kSample = 1 << 16;  // returns looked at for the deviation over all
constexpr double kFloorShare = 0.5;        // of the deviation over all
constexpr double kLeastShare = 0.5;        // of the deviations asked for, when the move is large overall
constexpr double kScreenSlack = 2.0;  // simple against log returns below: covers moves up to a factor of 2
constexpr std::int64_t kLongStepBlock = 64;

// Judges the moves of a series `returns_at(j)`, j = 0..count-1, whose blocks hold `block` returns each.
class MoveFinder {
 public:
  MoveFinder(std::span<const double> closes, std::vector<std::int64_t> rows, std::int64_t block)
      : closes_(closes), rows_(std::move(rows)), block_(block) {
    count_ = rows_.empty() ? static_cast<std::int64_t>(closes.size()) - 1
                           : static_cast<std::int64_t>(rows_.size());
    count_ = std::max<std::int64_t>(count_, 0);
    block_count_ = (count_ + block_ - 1) / block_;
    scales_.assign(static_cast<std::size_t>(block_count_), kUnknown);
  }

  void find(double deviations, double least_scale, std::vector<LargeMove>& moves) {
    overall_ = overall_deviation();
    floor_ = std::max(least_scale, kFloorShare * overall_);
    for (std::int64_t block = 0; block < block_count_; ++block) {
      if (may_hold_large_move(block, kLeastShare * deviations)) judge(block, deviations, moves);
    }
  }

  // The deviation of evenly spread returns. Where most bars do not move at all, that of those which do.
  [[nodiscard]] double overall_deviation() const {
    std::vector<double> sample;
    const std::int64_t stride = std::max<std::int64_t>(1, count_ / kSample);
    for (std::int64_t j = 0; j < count_; j += stride) sample.push_back(log_return(j));
    const double deviation = robust_deviation(sample);
    if (deviation > 0) return deviation;
    std::erase(sample, 0.0);
    return robust_deviation(sample);
  }

 private:
  static constexpr double kUnknown = -1;

  [[nodiscard]] std::int64_t row_of(std::int64_t j) const {
    return rows_.empty() ? j + 1 : rows_[static_cast<std::size_t>(j)];
  }
  [[nodiscard]] double log_return(std::int64_t j) const {
    const auto row = static_cast<std::size_t>(row_of(j));
    return std::log(closes_[row] / closes_[row - 1]);
  }
  [[nodiscard]] std::int64_t end_of(std::int64_t block) const {
    return std::min(count_, (block + 1) * block_);
  }

  // A return exceeds k deviations of its block exactly when more than half of the block lies below max|r| /
  // (k x 1.4826). That is a maximum and a count, which vectorise; the median, which does not, is left to the
  // few blocks that remain.
  [[nodiscard]] bool may_hold_large_move(std::int64_t block, double deviations) const {
    const std::int64_t begin = block * block_, size = end_of(block) - begin;
    std::array<double, kBlock> moves;
    double largest = 0;
    for (std::int64_t k = 0; k < size; ++k) {
      const auto row = static_cast<std::size_t>(row_of(begin + k));
      moves[static_cast<std::size_t>(k)] = std::abs(closes_[row] - closes_[row - 1]) / closes_[row - 1];
    }
    for (std::int64_t k = 0; k < size; ++k) largest = std::max(largest, moves[static_cast<std::size_t>(k)]);
    if (largest > 0.5) return true;  // there the simple return is no stand-in for the log return
    const double small = kScreenSlack * largest / (deviations * kNormalConsistency);
    std::int64_t small_count = 0;
    for (std::int64_t k = 0; k < size; ++k)
      small_count += static_cast<std::int64_t>(moves[static_cast<std::size_t>(k)] <= small);
    return largest > 0 && 2 * small_count >= size;
  }

  double block_scale(std::int64_t block) {
    if (block < 0 || block >= block_count_) return 0;
    double& scale = scales_[static_cast<std::size_t>(block)];
    if (scale == kUnknown) {
      std::vector<double> returns;
      for (std::int64_t j = block * block_; j < end_of(block); ++j) returns.push_back(log_return(j));
      scale = robust_deviation(returns);
    }
    return scale;
  }

  void judge(std::int64_t block, double deviations, std::vector<LargeMove>& moves) {
    const double scale = std::max({block_scale(block - 1), block_scale(block), block_scale(block + 1), floor_,
                                   std::numeric_limits<double>::min()});
    for (std::int64_t j = block * block_; j < end_of(block); ++j) {
      const double r = log_return(j);
      const bool is_large_overall = std::abs(r) > deviations * std::max(overall_, floor_);
      if (std::abs(r) > deviations * (is_large_overall ? kLeastShare : 1.0) * scale)
        moves.push_back({row_of(j), r, std::abs(r) / scale});
    }
  }

  std::span<const double> closes_;
  std::vector<std::int64_t> rows_;  // row after each step; empty: every row from 1 on
  std::int64_t block_, count_ = 0, block_count_ = 0;
  double floor_ = 0, overall_ = 0;
  std::vector<double> scales_;  // per block, kUnknown until asked for
};

}  // namespace

double robust_deviation(std::vector<double>& values) {
  if (values.empty()) return 0;
  for (double& value : values) value = std::abs(value);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return kNormalConsistency * *middle;
}

std::vector<LargeMove> find_large_moves(std::span<const double> closes, const std::vector<bool>& is_long,
                                        double deviations) {
  std::vector<LargeMove> moves;
  if (is_long.empty()) {
    MoveFinder(closes, {}, kBlock).find(deviations, 0, moves);
    return moves;
  }
  std::vector<std::int64_t> plain_rows, long_rows;
  for (std::size_t row = 1; row < closes.size(); ++row) {
    (is_long[row] ? long_rows : plain_rows).push_back(static_cast<std::int64_t>(row));
  }
  if (long_rows.empty()) return find_large_moves(closes, {}, deviations);
  double plain_deviation = 0;
  if (!plain_rows.empty()) {
    MoveFinder plain(closes, std::move(plain_rows), kBlock);
    plain_deviation = plain.overall_deviation();
    plain.find(deviations, 0, moves);
  }
  // With few nights in the data their own deviation means little; the bars' own is then the least they are
  // judged by.
  MoveFinder(closes, std::move(long_rows), kLongStepBlock).find(deviations, plain_deviation, moves);
  std::sort(moves.begin(), moves.end(), [](const LargeMove& a, const LargeMove& b) { return a.row < b.row; });
  return moves;
}

}  // namespace regimetry::market
