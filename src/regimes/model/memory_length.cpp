#include "regimes/model/memory_length.hpp"

#include <algorithm>

namespace regimetry::regimes {
namespace {

// An estimate from a thousand rows strays by some hundredths, so less than this cannot be told from nothing.
constexpr double kForgotten = 0.1;
// Pairs that each autocorrelation rests on, evenly spread: enough for two digits, however long the rows.
constexpr std::int64_t kMostPairs = 16384;

class ColumnMemory {
 public:
  ColumnMemory(const RegimeRows& rows, std::int64_t column) : rows_(rows), column_(column) {
    const auto values = rows.values.col(column).cast<double>();
    mean_ = values.mean();
    variance_ = (values.array() - mean_).square().mean();
  }

  [[nodiscard]] bool has_forgotten(std::int64_t lag) const {
    return !(variance_ > 0) || covariance(lag) <= kForgotten * variance_;
  }

 private:
  // Of rows `lag` apart; 0 where no sequence is that long.
  [[nodiscard]] double covariance(std::int64_t lag) const {
    const std::int64_t step = std::max<std::int64_t>(1, rows_.values.rows() / kMostPairs);
    double sum = 0;
    std::int64_t pairs = 0;
    for (const IndexRange& range : rows_.sequences)
      for (std::int64_t row = range.begin; row + lag < range.end; row += step, ++pairs)
        sum += (rows_.values(row, column_) - mean_) * (rows_.values(row + lag, column_) - mean_);
    return pairs == 0 ? 0 : sum / static_cast<double>(pairs);
  }

  const RegimeRows& rows_;
  std::int64_t column_;
  double mean_ = 0, variance_ = 0;
};

}  // namespace

std::int64_t memory_length(const RegimeRows& rows) {
  std::int64_t longest = 0;
  for (const IndexRange& range : rows.sequences) longest = std::max(longest, range.size());
  const std::int64_t most = std::max<std::int64_t>(1, longest / 4);
  std::int64_t length = 1;
  for (std::int64_t column = 0; column < rows.values.cols(); ++column) {
    const ColumnMemory memory(rows, column);
    // Lags a quarter apart: some thirty for any number of rows, and the answer errs on the long side.
    while (length < most && !memory.has_forgotten(length))
      length = std::min(most, std::max(length + 1, length * 5 / 4));
  }
  return length;
}

}  // namespace regimetry::regimes
