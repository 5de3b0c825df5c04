#include "features/audit/choose_cuts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

CutPlan plan(const market::MarketData& data, const CutOptions& options = {}, std::uint64_t seed = 1) {
  return plan_cuts(data, clocks_of(data), options, Rng(seed));
}

bool is_cut_after(const CutPlan& cuts, TimestampNs stamp) {
  return std::any_of(cuts.cuts.begin(), cuts.cuts.end(),
                     [&](const Cut& cut) { return cut.moment == stamp + kNsPerDay; });
}

TEST(ChooseCuts, SpreadsOverTheHistoryAndBothEnds) {
  const market::Bars bars = daily_walk(1000, 1);
  const CutPlan cuts = plan(market_of({bars}));
  EXPECT_GE(cuts.cuts.size(), 40U);
  for (const std::size_t row : {0U, 1U, 9U, 59U, 998U, 997U, 994U, 989U, 979U})
    EXPECT_TRUE(is_cut_after(cuts, bars.timestamps[row])) << row;
  for (std::size_t part = 0; part < 24; ++part) {
    const TimestampNs begin = bars.timestamps[part * 999 / 24], end = bars.timestamps[(part + 1) * 999 / 24];
    EXPECT_TRUE(std::any_of(cuts.cuts.begin(), cuts.cuts.end(), [&](const Cut& cut) {
      return cut.gets_every_change && cut.moment > begin && cut.moment <= end + kNsPerDay;
    })) << part;
  }
}

TEST(ChooseCuts, NeverAfterTheLastBarAndNeverTwice) {
  const market::Bars bars = daily_walk(200, 1);
  const CutPlan cuts = plan(market_of({bars}));
  std::set<TimestampNs> moments;
  for (const Cut& cut : cuts.cuts) EXPECT_TRUE(moments.insert(cut.moment).second);
  for (const TimestampNs moment : cuts.others) EXPECT_TRUE(moments.insert(moment).second);
  EXPECT_EQ(moments.size(), 199U) << "all places together: behind every bar but the last";
  EXPECT_LT(*moments.rbegin(), bars.timestamps.back() + kNsPerDay);
}

TEST(ChooseCuts, StandsBeforeTheWidestGapAndAtMissingValues) {
  market::Bars bars = daily_walk(900, 1);
  bars.volume[333] = kMissing;
  bars.extras = {number_column("spread", std::vector<double>(900, 1.0))};
  bars.extras[0].numbers[555] = kMissing;
  const CutPlan cuts = plan(market_of({bars}), {.random_count = 0});
  std::size_t widest = 0;
  for (std::size_t t = 0; t + 1 < 900; ++t) {
    if (bars.timestamps[t + 1] - bars.timestamps[t] > bars.timestamps[widest + 1] - bars.timestamps[widest])
      widest = t;
  }
  EXPECT_TRUE(is_cut_after(cuts, bars.timestamps[widest]));
  EXPECT_TRUE(is_cut_after(cuts, bars.timestamps[333]));
  EXPECT_TRUE(is_cut_after(cuts, bars.timestamps[555]));
}

bool is_before_weekend(const market::Bars& bars, TimestampNs moment) {
  return std::binary_search(bars.timestamps.begin(), bars.timestamps.end(), moment - kNsPerDay) &&
         weekday(moment) == 5;
}

TEST(ChooseCuts, TheWidestGapsOfSeveralInstrumentsAreAllKept) {
  // Three weeks are missing in each, at another place, so that with their weekends all have a gap of their
  // own.
  std::vector<market::Bars> instruments;
  std::vector<TimestampNs> before_gaps;
  for (std::int64_t k = 0; k < 6; ++k) {
    const market::Bars whole = daily_walk(600, 1, std::string(1, static_cast<char>('A' + k)));
    const std::int64_t first = 107 + 61 * k;
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < whole.size(); ++row) {
      if (row < first || row >= first + 15) rows.push_back(row);
    }
    before_gaps.push_back(whole.timestamps[static_cast<std::size_t>(first - 1)]);
    instruments.push_back(take_rows(whole, rows));
  }
  const CutPlan cuts = plan(market_of(instruments), {.gap_count = 6, .random_count = 0});
  for (const TimestampNs stamp : before_gaps)
    EXPECT_TRUE(is_cut_after(cuts, stamp)) << format_timestamp_short(stamp);
}

TEST(ChooseCuts, GapsOfOneWidthAreSpreadEvenly) {
  const market::Bars bars = daily_walk(2000, 1);
  const auto weekends = [&](std::int64_t gap_count) {
    std::set<TimestampNs> found;
    for (const Cut& cut : plan(market_of({bars}), {.gap_count = gap_count, .random_count = 0}).cuts) {
      if (is_before_weekend(bars, cut.moment)) found.insert(cut.moment);
    }
    return found;
  };
  const std::set<TimestampNs> without = weekends(0), with = weekends(9);
  std::vector<TimestampNs> added;
  std::set_difference(with.begin(), with.end(), without.begin(), without.end(), std::back_inserter(added));
  ASSERT_GE(added.size(), 6U) << "a wider gap and cuts that were there before may take some";
  const TimestampNs first = bars.timestamps.front(), length = bars.timestamps.back() - first;
  EXPECT_LT(added.front() - first, length / 4);
  EXPECT_GT(added.back() - first, length * 3 / 4);
}

TEST(ChooseCuts, RandomPlacesComeFromTheSeed) {
  const market::MarketData data = market_of({daily_walk(5000, 1)});
  const auto moments = [&](std::uint64_t seed) {
    std::vector<TimestampNs> found;
    for (const Cut& cut : plan(data, {}, seed).cuts) found.push_back(cut.moment);
    return found;
  };
  EXPECT_EQ(moments(1), moments(1));
  EXPECT_NE(moments(1), moments(2));
}

TEST(ChooseCuts, FurtherPlacesAreSpreadFromTheFirstOn) {
  const market::Bars bars = daily_walk(1000, 1);
  const CutPlan cuts = plan(market_of({bars}));
  std::vector<TimestampNs> first(cuts.others.begin(), cuts.others.begin() + 100);
  std::sort(first.begin(), first.end());
  for (std::size_t k = 0; k < 10; ++k) {
    const auto inside = std::count_if(first.begin(), first.end(), [&](TimestampNs moment) {
      return moment > bars.timestamps[k * 99] + kNsPerDay &&
             moment <= bars.timestamps[(k + 1) * 99] + kNsPerDay;
    });
    EXPECT_NEAR(static_cast<double>(inside), 10, 3) << k;
  }
}

TEST(ChooseCuts, AHistoryOfOneBarCannotBeCut) {
  EXPECT_TRUE(plan(market_of({daily_walk(1, 1)})).cuts.empty());
  EXPECT_EQ(plan(market_of({daily_walk(2, 1)})).cuts.size(), 1U);
}

}  // namespace
}  // namespace regimetry::features
