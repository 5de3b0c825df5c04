#include "features/audit/leak_reach.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

// The mean of the closes from the row to `ahead` bars later.
PanelComputation mean_of_next(std::int64_t ahead) {
  return over_panel(computation_of({{"mean", [ahead](const market::Bars& bars) {
                                       return per_row(bars.close.size(), [&](std::size_t t) {
                                         const auto row = static_cast<std::int64_t>(t);
                                         return mean_between(bars.close, row, row + ahead);
                                       });
                                     }}}));
}

std::optional<std::int64_t> reach(const PanelComputation& computation, const market::MarketData& data,
                                  std::int64_t row, FutureChange change) {
  const std::vector<BarClock> clocks = clocks_of(data);
  const FeatureData reference = computation(data);
  const TimestampNs moment = clocks[0].end_of(data.instruments[0].timestamps[static_cast<std::size_t>(row)]);
  return measure_reach(computation, data, clocks, reference, MovedValue{0, 0, row, moment, change, 1},
                       Rng(1));
}

TEST(LeakReach, FindsTheFurthestBarThatMatters) {
  const market::MarketData data = market_of({daily_walk(200, 1)});
  for (const std::int64_t ahead : {1, 2, 7, 64}) {
    for (const FutureChange change : {FutureChange::kRemoved, FutureChange::kVolatile, FutureChange::kScaled})
      EXPECT_EQ(reach(mean_of_next(ahead), data, 50, change), ahead) << future_change_name(change);
  }
}

TEST(LeakReach, EndsWithTheHistory) {
  const market::MarketData data = market_of({daily_walk(100, 1)});
  EXPECT_EQ(reach(mean_of_next(1000), data, 40, FutureChange::kVolatile), 59);
  EXPECT_EQ(reach(mean_of_next(1000), data, 98, FutureChange::kVolatile), 1);
}

TEST(LeakReach, ARefusalTellsNothing) {
  const PanelComputation inner = mean_of_next(30);
  const PanelComputation picky = [inner](const market::MarketData& data) {
    if (data.instruments.front().size() < 80) throw Error(ErrorKind::kData, "too short");
    return inner(data);
  };
  const auto found = reach(picky, market_of({daily_walk(100, 1)}), 60, FutureChange::kRemoved);
  ASSERT_TRUE(found.has_value());
  EXPECT_GE(*found, 1);
  EXPECT_LE(*found, 30);
}

TEST(LeakReach, RowsThatAreNoBarsHaveNone) {
  const market::MarketData data = market_of({daily_walk(100, 1)});
  const PanelComputation shifted = [inner = mean_of_next(3)](const market::MarketData& some) {
    FeatureData result = inner(some);
    for (FeatureTable& table : result.instruments) {
      for (TimestampNs& stamp : table.timestamps) stamp += kNsPerHour;
    }
    return result;
  };
  EXPECT_FALSE(reach(shifted, data, 50, FutureChange::kVolatile).has_value());
}

}  // namespace
}  // namespace regimetry::features
