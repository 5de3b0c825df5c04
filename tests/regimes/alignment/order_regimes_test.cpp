#include "regimes/alignment/order_regimes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;
using Returns = std::vector<double>;

const Labels kLabels{7, 7, 7, 2, 2, 2, 4, 4, -1};
const Returns kReturns{NAN, 0.5, -0.5, 0.1, 0.2, 0.3, -0.2, -0.4, 9};

TEST(OrderRegimes, PutsTheCalmestFirst) {
  // Deviations: 7: .707, 2: .1, 4: .141. The row without a label counts nowhere.
  EXPECT_EQ(order_regimes(kLabels, kReturns), (LabelMapping{{2, 0}, {4, 1}, {7, 2}}));
}

TEST(OrderRegimes, PutsTheWorstReturnFirstWhenAsked) {
  EXPECT_EQ(order_regimes(kLabels, kReturns, RegimeOrder::kCumulativeReturn),
            (LabelMapping{{4, 0}, {7, 1}, {2, 2}}));
}

TEST(OrderRegimes, GoesBySizeThenAppearanceWithoutReturns) {
  EXPECT_EQ(order_regimes(kLabels, {}), (LabelMapping{{7, 0}, {2, 1}, {4, 2}}));
  EXPECT_EQ(order_regimes(Labels{3, 1, 1}, {}), (LabelMapping{{1, 0}, {3, 1}}));
  EXPECT_EQ(order_regimes(Labels{3, 1, 1}, {}, RegimeOrder::kFirstAppearance),
            (LabelMapping{{3, 0}, {1, 1}}));
}

TEST(OrderRegimes, BreaksTiesByReturnThenSize) {
  // The same deviation everywhere: the returns decide; 5 and 6 differ in size alone.
  EXPECT_EQ(order_regimes(Labels{1, 1, 0, 0}, Returns{2, 3, 1, 2}), (LabelMapping{{0, 0}, {1, 1}}));
  EXPECT_EQ(order_regimes(Labels{5, 5, 6, 6, 6}, Returns{1, 2, 1, 2, NAN}), (LabelMapping{{6, 0}, {5, 1}}));
}

TEST(OrderRegimes, PutsRegimesWithoutEnoughReturnsLast) {
  EXPECT_EQ(order_regimes(Labels{0, 0, 1, 1, 1}, Returns{NAN, 0, 5, -5, 0}), (LabelMapping{{1, 0}, {0, 1}}));
  EXPECT_EQ(order_regimes(Labels{0, 0, 1, 1, 1}, Returns{NAN, -9, 5, -5, 0}, RegimeOrder::kCumulativeReturn),
            (LabelMapping{{1, 0}, {0, 1}}));
}

TEST(OrderRegimes, HandlesNothingAndRefusesOtherLengths) {
  EXPECT_TRUE(order_regimes(Labels{-1}, {}).empty());
  EXPECT_THROW((void)order_regimes(kLabels, Returns{1}), Error);
}

}  // namespace
}  // namespace regimetry::regimes
