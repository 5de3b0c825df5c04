#include "market/quality/robust_scale.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace regimetry::market {
namespace {

TEST(RobustDeviation, IsTheScaledMedianOfAbsoluteValues) {
  std::vector<double> values{-3, 1, 2, -100, 0};
  EXPECT_DOUBLE_EQ(robust_deviation(values), 1.4826 * 2);
  std::vector<double> none;
  EXPECT_EQ(robust_deviation(none), 0);
}

// The slow way: every block's deviation by sorting, every return compared.
std::vector<std::int64_t> plain_large_moves(const std::vector<double>& closes, double deviations) {
  std::vector<double> returns;
  for (std::size_t i = 1; i < closes.size(); ++i) returns.push_back(std::log(closes[i] / closes[i - 1]));
  const auto deviation = [&](std::size_t begin, std::size_t end) {
    std::vector<double> block;
    for (std::size_t j = begin; j < std::min(end, returns.size()); ++j) block.push_back(std::abs(returns[j]));
    if (block.empty()) return 0.0;
    std::sort(block.begin(), block.end());
    return 1.4826 * block[block.size() / 2];
  };
  const double overall = deviation(0, returns.size()), floor = 0.5 * overall;
  std::vector<std::int64_t> rows;
  for (std::size_t j = 0; j < returns.size(); ++j) {
    const std::size_t block = j / 256 * 256;
    const double scale =
        std::max({block >= 256 ? deviation(block - 256, block) : 0.0, deviation(block, block + 256),
                  deviation(block + 256, block + 512), floor});
    const bool is_large_overall = std::abs(returns[j]) > deviations * overall;
    if (std::abs(returns[j]) > (is_large_overall ? 0.5 : 1.0) * deviations * scale)
      rows.push_back(static_cast<std::int64_t>(j) + 1);
  }
  return rows;
}

TEST(FindLargeMoves, AgreesWithSortingEveryBlock) {
  std::mt19937_64 random(17);
  std::student_t_distribution<double> heavy(2.0);
  for (const std::size_t count : {2U, 3U, 255U, 257U, 258U, 3000U}) {
    for (const double deviations : {4.0, 12.0}) {
      std::vector<double> closes{100};
      while (closes.size() < count) {
        const double era = closes.size() / 700 % 2 == 0 ? 0.005 : 0.03;
        closes.push_back(closes.back() * std::exp(std::clamp(era * heavy(random), -0.9, 0.9)));
      }
      std::vector<std::int64_t> rows;
      for (const LargeMove& move : find_large_moves(closes, {}, kNoLongSteps, deviations))
        rows.push_back(move.row);
      EXPECT_EQ(rows, plain_large_moves(closes, deviations)) << count << " " << deviations;
    }
  }
}

TEST(FindLargeMoves, NeedsTwoPrices) {
  EXPECT_TRUE(find_large_moves({}, {}, kNoLongSteps, 12).empty());
  const std::vector<double> one{5};
  EXPECT_TRUE(find_large_moves(one, {}, kNoLongSteps, 12).empty());
}

}  // namespace
}  // namespace regimetry::market
