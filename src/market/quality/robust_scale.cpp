#include "market/quality/robust_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace regimetry::market {
namespace {

constexpr std::int64_t kBlock = 256;
constexpr std::int64_t kSample = 8192;  // returns looked at for the deviation over all
constexpr double kFloorShare = 0.5;     // of the deviation over all
constexpr double kLeastShare = 0.5;     // of the deviations asked for, when the move is large overall
constexpr double kLargestSimple = 0.5;  // beyond it a simple return is no stand-in for a log return

// A series of moves: plain steps of the closes, or its long steps.
class PlainMoves {
 public:
  PlainMoves(std::span<const double> closes, std::span<const TimestampNs> stamps, std::int64_t longest_step)
      : closes_(closes), stamps_(stamps), longest_step_(longest_step) {}

  [[nodiscard]] std::int64_t count() const {
    return std::max<std::int64_t>(static_cast<std::int64_t>(closes_.size()) - 1, 0);
  }
  [[nodiscard]] std::int64_t row_of(std::int64_t j) const { return j + 1; }
  [[nodiscard]] bool is_excluded(std::int64_t j) const {
    const auto i = static_cast<std::size_t>(j);
    return longest_step_ != kNoLongSteps && stamps_[i + 1] - stamps_[i] > longest_step_;
  }

 private:
  std::span<const double> closes_;
  std::span<const TimestampNs> stamps_;
  std::int64_t longest_step_;
};

class ListedMoves {
 public:
  explicit ListedMoves(std::vector<std::int64_t> rows) : rows_(std::move(rows)) {}
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(rows_.size()); }
  [[nodiscard]] std::int64_t row_of(std::int64_t j) const { return rows_[static_cast<std::size_t>(j)]; }
  [[nodiscard]] static bool is_excluded(std::int64_t /*j*/) { return false; }

 private:
  std::vector<std::int64_t> rows_;  // row after each step
};

template <typename Moves>
class MoveFinder {
 public:
  MoveFinder(std::span<const double> closes, Moves moves) : closes_(closes), moves_(std::move(moves)) {
    block_count_ = (moves_.count() + kBlock - 1) / kBlock;
    scales_.assign(static_cast<std::size_t>(block_count_), kUnknown);
    overall_ = overall_deviation();
  }

  void find(double deviations, double least_scale, std::vector<LargeMove>& found) {
    floor_ = std::max(least_scale, kFloorShare * overall_);
    for (std::int64_t block = 0; block < block_count_; ++block) {
      if (may_hold_large_move(block, deviations)) judge(block, deviations, found);
    }
  }
  [[nodiscard]] double overall() const { return overall_; }

 private:
  static constexpr double kUnknown = -1;

  [[nodiscard]] double log_return(std::int64_t j) const {
    const auto row = static_cast<std::size_t>(moves_.row_of(j));
    return std::log(closes_[row] / closes_[row - 1]);
  }
  [[nodiscard]] std::int64_t end_of(std::int64_t block) const {
    return std::min(moves_.count(), (block + 1) * kBlock);
  }

  // The deviation of evenly spread returns. Where most bars do not move at all, that of those which do.
  [[nodiscard]] double overall_deviation() const {
    std::vector<double> sample;
    const std::int64_t stride = std::max<std::int64_t>(1, moves_.count() / kSample);
    for (std::int64_t j = 0; j < moves_.count(); j += stride) {
      if (!moves_.is_excluded(j)) sample.push_back(log_return(j));
    }
    const double deviation = robust_deviation(sample);
    if (deviation > 0) return deviation;
    std::erase(sample, 0.0);
    return robust_deviation(sample);
  }

  // A return exceeds k deviations of its block exactly when more than half of the block lies below max|r| /
  // (k x 1.4826). That is a maximum and a count, which vectorise; the median, which does not, is left to the
  // few blocks that remain. Simple returns stand in for log returns, with the slack that they can differ by.
  [[nodiscard]] bool may_hold_large_move(std::int64_t block, double deviations) const {
    const std::int64_t begin = block * kBlock, size = end_of(block) - begin;
    std::array<double, kBlock> moves;
    double largest = 0;
    for (std::int64_t k = 0; k < size; ++k) {
      const auto row = static_cast<std::size_t>(moves_.row_of(begin + k));
      const double move = std::abs(closes_[row] - closes_[row - 1]) / closes_[row - 1];
      moves[static_cast<std::size_t>(k)] =
          moves_.is_excluded(begin + k) ? 0 : move;  // a zero can only help to pass
    }
    for (std::int64_t k = 0; k < size; ++k) largest = std::max(largest, moves[static_cast<std::size_t>(k)]);
    if (largest > kLargestSimple) return true;
    const double slack = (1 + largest) / (1 - largest);
    const bool may_be_large_overall = largest * slack > deviations * std::max(overall_, floor_);
    const double least_deviations = deviations * (may_be_large_overall ? kLeastShare : 1.0);
    const double small = slack * slack * largest / (least_deviations * kNormalConsistency);
    std::int64_t small_count = 0;
    for (std::int64_t k = 0; k < size; ++k) {
      small_count += static_cast<std::int64_t>(moves[static_cast<std::size_t>(k)] <= small);
    }
    return largest > 0 && 2 * small_count >= size;
  }

  double block_scale(std::int64_t block) {
    if (block < 0 || block >= block_count_) return 0;
    double& scale = scales_[static_cast<std::size_t>(block)];
    if (scale == kUnknown) {
      std::vector<double> returns;
      for (std::int64_t j = block * kBlock; j < end_of(block); ++j) {
        if (!moves_.is_excluded(j)) returns.push_back(log_return(j));
      }
      scale = robust_deviation(returns);
    }
    return scale;
  }

  void judge(std::int64_t block, double deviations, std::vector<LargeMove>& found) {
    const double scale = std::max({block_scale(block - 1), block_scale(block), block_scale(block + 1), floor_,
                                   std::numeric_limits<double>::min()});
    for (std::int64_t j = block * kBlock; j < end_of(block); ++j) {
      if (moves_.is_excluded(j)) continue;
      const double r = log_return(j);
      const bool is_large_overall = std::abs(r) > deviations * std::max(overall_, floor_);
      if (std::abs(r) <= deviations * (is_large_overall ? kLeastShare : 1.0) * scale) continue;
      found.push_back({moves_.row_of(j), r, std::abs(r) / scale});
    }
  }

  std::span<const double> closes_;
  Moves moves_;
  std::int64_t block_count_ = 0;
  double floor_ = 0, overall_ = 0;
  std::vector<double> scales_;  // per block, kUnknown until asked for
};

std::vector<std::int64_t> rows_after_long_steps(std::span<const TimestampNs> stamps,
                                                std::int64_t longest_step) {
  std::vector<std::int64_t> rows;
  if (longest_step == kNoLongSteps) return rows;
  for (std::size_t row = 1; row < stamps.size(); ++row) {
    if (stamps[row] - stamps[row - 1] > longest_step) rows.push_back(static_cast<std::int64_t>(row));
  }
  return rows;
}

}  // namespace

double robust_deviation(std::vector<double>& values) {
  if (values.empty()) return 0;
  for (double& value : values) value = std::abs(value);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return kNormalConsistency * *middle;
}

std::vector<LargeMove> find_large_moves(std::span<const double> closes, std::span<const TimestampNs> stamps,
                                        std::int64_t longest_step, double deviations) {
  std::vector<LargeMove> found;
  std::vector<std::int64_t> long_rows = rows_after_long_steps(stamps, longest_step);
  MoveFinder plain(closes, PlainMoves(closes, stamps, long_rows.empty() ? kNoLongSteps : longest_step));
  plain.find(deviations, 0, found);
  if (long_rows.empty()) return found;
  // With few nights in the data their own deviation means little; the bars' own is then the least they are
  // judged by.
  MoveFinder(closes, ListedMoves(std::move(long_rows))).find(deviations, plain.overall(), found);
  std::sort(found.begin(), found.end(), [](const LargeMove& a, const LargeMove& b) { return a.row < b.row; });
  return found;
}

}  // namespace regimetry::market
