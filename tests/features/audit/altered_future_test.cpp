#include "features/audit/altered_future.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

using market::Bars;

// Two instruments with columns of every kind and some missing cells; the second begins later.
market::MarketData rich_market() {
  market::MarketData data = market_of({daily_walk(120, 1, "A"), daily_walk(120, 2, "B")});
  for (Bars& bars : data.instruments) {
    bars.volume[70] = kMissing;
    std::vector<double> spread(120), flag(120);
    std::vector<std::int32_t> codes(120);
    market::Column times;
    times.name = "settled";
    times.kind = market::ColumnKind::kTime;
    for (std::size_t t = 0; t < 120; ++t) {
      spread[t] = 1 + 0.01 * static_cast<double>(t);
      flag[t] = t % 3 == 0 ? 1 : 0;
      codes[t] = static_cast<std::int32_t>(t % 4);
      times.times.push_back(bars.timestamps[t]);
    }
    bars.extras = {number_column("spread", spread), category_column("mood", codes, {"a", "b", "c", "d"}),
                   times};
    market::Column is_open = number_column("is_open", flag);
    is_open.kind = market::ColumnKind::kBoolean;
    bars.extras.push_back(is_open);
  }
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 60; row < 120; ++row) rows.push_back(row);
  data.instruments[1] = take_rows(data.instruments[1], rows);
  return data;
}

market::MarketData altered(const market::MarketData& data, TimestampNs moment, FutureChange change,
                           std::uint64_t substream = 0) {
  return with_altered_future(data, clocks_of(data), moment, change, Rng(1), substream);
}

bool same_cell(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

bool same_row(const Bars& a, const Bars& b, std::size_t row) {
  bool same = same_cell(a.open[row], b.open[row]) && same_cell(a.high[row], b.high[row]) &&
              same_cell(a.low[row], b.low[row]) && same_cell(a.close[row], b.close[row]) &&
              same_cell(a.volume[row], b.volume[row]);
  for (std::size_t k = 0; k < a.extras.size(); ++k) {
    const market::Column &x = a.extras[k], &y = b.extras[k];
    same = same && (x.numbers.empty() || same_cell(x.numbers[row], y.numbers[row])) &&
           (x.codes.empty() || x.codes[row] == y.codes[row]) &&
           (x.times.empty() || x.times[row] == y.times[row]);
  }
  return same;
}

TEST(AlteredFuture, LeavesThePastAndItsStampsAlone) {
  const market::MarketData data = rich_market();
  const TimestampNs moment = data.instruments[0].timestamps[80] + kNsPerDay;
  for (const FutureChange change : kFutureChanges) {
    const market::MarketData other = altered(data, moment, change);
    ASSERT_EQ(other.instruments.size(), 2U);
    EXPECT_EQ(other.instruments[0].size(), change == FutureChange::kRemoved ? 81 : 120);
    for (std::size_t row = 0; row <= 80; ++row)
      EXPECT_TRUE(same_row(data.instruments[0], other.instruments[0], row))
          << future_change_name(change) << row;
    for (std::size_t row = 0; row <= 20; ++row)
      EXPECT_TRUE(same_row(data.instruments[1], other.instruments[1], row))
          << future_change_name(change) << row;
  }
}

TEST(AlteredFuture, ChangesWhatFollowsInEveryColumn) {
  const market::MarketData data = rich_market();
  const Bars& before = data.instruments[0];
  for (const FutureChange change : kFutureChanges) {
    if (change == FutureChange::kRemoved) continue;
    const Bars after = altered(data, before.timestamps[80] + kNsPerDay, change).instruments[0];
    std::int64_t changed = 0;
    for (std::size_t row = 81; row < 120; ++row) changed += same_row(before, after, row) ? 0 : 1;
    EXPECT_GE(changed, 36) << future_change_name(change) << ": shuffling may leave a row where it was";
    for (std::size_t k = 0; k < before.extras.size(); ++k) {
      const bool is_same = before.extras[k].numbers == after.extras[k].numbers &&
                           before.extras[k].codes == after.extras[k].codes &&
                           before.extras[k].times == after.extras[k].times;
      EXPECT_FALSE(is_same) << future_change_name(change) << " " << before.extras[k].name;
    }
  }
}

TEST(AlteredFuture, BarsStayValidAndMissingCellsMissing) {
  const market::MarketData data = rich_market();
  for (const FutureChange change : kFutureChanges) {
    if (change == FutureChange::kRemoved) continue;
    const Bars bars = altered(data, data.instruments[0].timestamps[40] + kNsPerDay, change).instruments[0];
    EXPECT_EQ(std::count_if(bars.volume.begin(), bars.volume.end(), [](double v) { return std::isnan(v); }),
              1);
    for (std::size_t row = 0; row < 120; ++row) {
      EXPECT_GT(bars.low[row], 0);
      EXPECT_LE(bars.low[row], std::min(bars.open[row], bars.close[row])) << future_change_name(change);
      EXPECT_GE(bars.high[row], std::max(bars.open[row], bars.close[row])) << future_change_name(change);
      EXPECT_FALSE(bars.volume[row] < 0);
    }
    for (const std::int32_t code : bars.extras[1].codes) EXPECT_TRUE(code >= 0 && code < 4);
  }
}

// Which cells of each further column are missing, column by column.
std::vector<std::vector<bool>> holes_of(const Bars& bars) {
  std::vector<std::vector<bool>> holes;
  for (const market::Column& column : bars.extras) {
    std::vector<bool>& of_column = holes.emplace_back();
    for (const double number : column.numbers) of_column.push_back(std::isnan(number));
    for (const std::int32_t code : column.codes) of_column.push_back(code == market::kMissingCode);
    for (const TimestampNs time : column.times) of_column.push_back(time == market::kMissingTime);
  }
  return holes;
}

TEST(AlteredFuture, MissingCellsOfFurtherColumnsStayMissing) {
  market::MarketData data = rich_market();
  Bars& bars = data.instruments[0];
  for (std::size_t row = 5; row < 120; row += 7) {
    bars.extras[0].numbers[row] = kMissing;
    bars.extras[1].codes[row] = market::kMissingCode;
    bars.extras[2].times[row] = market::kMissingTime;
    bars.extras[3].numbers[row] = kMissing;
  }
  ASSERT_TRUE(holes_of(bars)[0][40]) << "the last row of the past is a hole too";
  const auto before = holes_of(bars);
  for (const FutureChange change : kFutureChanges) {
    if (change == FutureChange::kRemoved) continue;
    auto after = holes_of(altered(data, bars.timestamps[40] + kNsPerDay, change).instruments[0]);
    if (change == FutureChange::kShuffled) {
      for (std::size_t k = 0; k < before.size(); ++k)
        EXPECT_EQ(std::count(before[k].begin(), before[k].end(), true),
                  std::count(after[k].begin(), after[k].end(), true));
      EXPECT_EQ(after[0], after[1]) << "they go with their bar";
    } else {
      EXPECT_EQ(before, after) << future_change_name(change);
    }
  }
}

TEST(AlteredFuture, WhatIsHeldIsTheLastValueThatIsThere) {
  market::MarketData data = rich_market();
  Bars& bars = data.instruments[0];
  bars.extras[0].numbers[40] = kMissing;
  bars.extras[1].codes[40] = market::kMissingCode;
  const Bars after = altered(data, bars.timestamps[40] + kNsPerDay, FutureChange::kConstant).instruments[0];
  EXPECT_EQ(after.extras[0].numbers[119], bars.extras[0].numbers[39]);
  EXPECT_EQ(after.extras[1].codes[119], bars.extras[1].codes[39]);
}

TEST(AlteredFuture, AColumnWithoutAnyValueStaysAsItIs) {
  market::MarketData data = rich_market();
  Bars& bars = data.instruments[0];
  bars.extras[0].numbers.assign(120, kMissing);
  for (const FutureChange change : {FutureChange::kVolatile, FutureChange::kConstant}) {
    const Bars after = altered(data, bars.timestamps[40] + kNsPerDay, change).instruments[0];
    EXPECT_TRUE(std::all_of(after.extras[0].numbers.begin(), after.extras[0].numbers.end(),
                            [](double number) { return std::isnan(number); }));
  }
}

TEST(AlteredFuture, ShufflingKeepsTheBars) {
  const market::MarketData data = rich_market();
  Bars after =
      altered(data, data.instruments[0].timestamps[40] + kNsPerDay, FutureChange::kShuffled).instruments[0];
  Bars before = data.instruments[0];
  std::sort(before.close.begin(), before.close.end());
  std::sort(after.close.begin(), after.close.end());
  EXPECT_EQ(before.close, after.close);
}

TEST(AlteredFuture, InstrumentsWithoutAPastAreAbsentWhenTheFutureIsRemoved) {
  const market::MarketData data = rich_market();
  const TimestampNs moment = data.instruments[0].timestamps[30] + kNsPerDay;
  EXPECT_EQ(altered(data, moment, FutureChange::kRemoved).instruments.size(), 1U);
  EXPECT_EQ(altered(data, moment, FutureChange::kVolatile).instruments.size(), 2U);
}

TEST(AlteredFuture, DrawsDependOnSeedAndNumberAlone) {
  const market::MarketData data = rich_market();
  const TimestampNs moment = data.instruments[0].timestamps[30] + kNsPerDay;
  const auto closes = [&](std::uint64_t substream) {
    return altered(data, moment, FutureChange::kVolatile, substream).instruments[0].close;
  };
  EXPECT_EQ(closes(3), closes(3));
  EXPECT_NE(closes(3), closes(4));
}

}  // namespace
}  // namespace regimetry::features
