#include "regimes/alignment/adjusted_rand_index.hpp"

#include "regimes/alignment/contingency.hpp"

namespace regimetry::regimes {
namespace {

// Pairs of 2^31 rows fill 62 bits, so their products need twice that.
__extension__ using Wide = __int128;

std::int64_t pairs_of(std::int64_t count) {
  return count * (count - 1) / 2;
}

std::int64_t sum_of_pairs(const CountMatrix& counts) {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts.reshaped()) sum += pairs_of(count);
  return sum;
}

}  // namespace

double adjusted_rand_index(std::span<const std::int32_t> first, std::span<const std::int32_t> second) {
  const Contingency table = count_label_pairs(first, second);
  const std::int64_t in_both = sum_of_pairs(table.counts);
  const std::int64_t in_first = sum_of_pairs(table.counts.rowwise().sum());
  const std::int64_t in_second = sum_of_pairs(table.counts.colwise().sum());
  const std::int64_t all = pairs_of(table.row_count);
  const Wide only_first = in_first - in_both, only_second = in_second - in_both;
  const Wide in_neither = Wide{all} - in_first - in_second + in_both;
  if (only_first == 0 && only_second == 0) return 1;
  const Wide above = 2 * (in_both * in_neither - only_first * only_second);
  const Wide below = in_first * (only_first + in_neither) + in_second * (only_second + in_neither);
  return static_cast<double>(above) / static_cast<double>(below);
}

}  // namespace regimetry::regimes
