#include "market/resample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "core/error.hpp"
#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TimestampNs at(std::string_view iso) {
  return *parse_iso_timestamp(iso);
}

ResampleOptions to(std::string_view timeframe, std::string_view zone = "UTC", std::int64_t anchor_hours = 0) {
  ResampleOptions options;
  options.grid.timeframe = *Timeframe::parse(timeframe);
  if (zone != "UTC") options.grid.zone = TimeZone::parse(zone);
  options.grid.anchor = anchor_hours * kNsPerHour;
  return options;
}

std::vector<TimestampNs> steady_stamps_from(TimestampNs begin, std::int64_t count, std::int64_t step) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t i = 0; i < count; ++i) stamps.push_back(begin + i * step);
  return stamps;
}

const std::vector<double>& partial_of(const Bars& bars) {
  return bars.extras.back().numbers;
}

// Bars of `spacing` from `begin` on, with holes: each is left out with the given chance.
Bars random_bars(TimestampNs begin, std::int64_t count, std::int64_t spacing, double hole_share,
                 unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<TimestampNs> stamps;
  for (std::int64_t i = 0; i < count; ++i) {
    if (static_cast<double>(random() % 1000) >= 1000 * hole_share) stamps.push_back(begin + i * spacing);
  }
  Bars bars = healthy_bars(std::move(stamps), 0.001);
  bars.timeframe = {spacing, 0};
  return bars;
}

std::string message_of(const Bars& bars, const ResampleOptions& options) {
  try {
    static_cast<void>(resample(bars, options));
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

void expect_equal(const Bars& a, const Bars& b) {
  EXPECT_EQ(a.timestamps, b.timestamps);
  EXPECT_EQ(a.open, b.open);
  EXPECT_EQ(a.high, b.high);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.close, b.close);
  ASSERT_EQ(a.extras.size(), b.extras.size());
  for (std::size_t i = 0; i < a.extras.size(); ++i) EXPECT_EQ(a.extras[i].numbers, b.extras[i].numbers);
  for (std::size_t i = 0; i < a.volume.size(); ++i) EXPECT_DOUBLE_EQ(a.volume[i], b.volume[i]);
}

TEST(Resample, BuildsABarFromItsParts) {
  Bars bars = healthy_bars(steady_stamps(4, 15 * kNsPerMinute));
  bars.open = {10, 11, 12, 13};
  bars.high = {11, 15, 13, 14};
  bars.low = {9, 10, 8, 12};
  bars.close = {11, 12, 13, 12.5};
  bars.volume = {1, 2, kNaN, 4};
  const Bars hours = resample(bars, to("1h"));
  EXPECT_THAT(hours.timestamps, ElementsAre(kFirstMonday));
  EXPECT_THAT(hours.open, ElementsAre(10));
  EXPECT_THAT(hours.high, ElementsAre(15));
  EXPECT_THAT(hours.low, ElementsAre(8));
  EXPECT_THAT(hours.close, ElementsAre(12.5));
  EXPECT_THAT(hours.volume, ElementsAre(7));
  EXPECT_EQ(hours.timeframe.name(), "1h");
  EXPECT_EQ(hours.extras.back().name, "is_partial");
  EXPECT_THAT(partial_of(hours), ElementsAre(0));
}

TEST(Resample, MarksTheEndsThatTheDataDoesNotCover) {
  // 00:15 to 02:45: the first hour lacks its beginning, the last one quarter of its end.
  Bars bars = healthy_bars(steady_stamps(11, 15 * kNsPerMinute));
  bars = without_rows(bars, 0, 1);
  EXPECT_THAT(partial_of(resample(bars, to("1h"))), ElementsAre(1, 0, 1));
  ResampleOptions drop = to("1h");
  drop.partial = PartialBars::kDrop;
  const Bars dropped = resample(bars, drop);
  EXPECT_THAT(dropped.timestamps, ElementsAre(kFirstMonday + kNsPerHour));
  EXPECT_TRUE(dropped.extras.empty());
}

TEST(Resample, AnEmptyPeriodGivesNoBar) {
  const Bars bars = without_rows(healthy_bars(steady_stamps(16, 15 * kNsPerMinute)), 4, 8);
  EXPECT_THAT(resample(bars, to("1h")).timestamps,
              ElementsAre(kFirstMonday, kFirstMonday + 2 * kNsPerHour, kFirstMonday + 3 * kNsPerHour));
}

TEST(Resample, EndStampsStayEndStamps) {
  Bars bars = healthy_bars(steady_stamps(8, 15 * kNsPerMinute));
  for (TimestampNs& stamp : bars.timestamps) stamp += 15 * kNsPerMinute;
  bars.stamp_meaning = StampMeaning::kBarEnd;
  const Bars hours = resample(bars, to("1h"));
  EXPECT_THAT(hours.timestamps, ElementsAre(kFirstMonday + kNsPerHour, kFirstMonday + 2 * kNsPerHour));
  EXPECT_EQ(hours.stamp_meaning, StampMeaning::kBarEnd);
  EXPECT_EQ(hours.close[0], bars.close[3]);  // the bar that ends at 01:00 belongs to the first hour
  EXPECT_THAT(partial_of(hours), ElementsAre(0, 0));
}

TEST(Resample, CurrencyDaysFollowNewYork) {
  // Hours from Sunday 17:00 in New York, with clocks changing on Sunday 2024-03-10 before the second week.
  std::vector<TimestampNs> stamps;
  for (TimestampNs stamp = at("2024-03-03T22:00"); stamp < at("2024-03-08T22:00"); stamp += kNsPerHour)
    stamps.push_back(stamp);
  for (TimestampNs stamp = at("2024-03-10T21:00"); stamp < at("2024-03-15T21:00"); stamp += kNsPerHour)
    stamps.push_back(stamp);
  const Bars bars = healthy_bars(stamps);
  const Bars days = resample(bars, to("1d", "America/New_York", 17));
  ASSERT_EQ(days.size(), 10);
  EXPECT_EQ(days.timestamps[4], at("2024-03-07T22:00"));
  EXPECT_EQ(days.timestamps[5], at("2024-03-10T21:00"));
  EXPECT_EQ(std::count(partial_of(days).begin(), partial_of(days).end(), 1.0), 0);
  const Bars weeks = resample(bars, to("1w", "America/New_York", 17));
  ASSERT_EQ(weeks.size(), 2);
  EXPECT_EQ(weeks.close[0], bars.close[119]);
  EXPECT_EQ(weeks.open[1], bars.open[120]);
  // The second week is over on Sunday; Friday's last bar cannot know that nothing follows.
  EXPECT_THAT(partial_of(weeks), ElementsAre(0, 1));
  // The same from daily bars, one of which stands an hour off 24 hours.
  const Bars weeks_of_days = resample(days, to("1w", "America/New_York", 17));
  EXPECT_EQ(weeks_of_days.close, weeks.close);
  EXPECT_EQ(weeks_of_days.timestamps, weeks.timestamps);
}

TEST(Resample, DailyBarsMakeWeeksAndMonths) {
  const Bars days = healthy_days(60);  // from Monday 2019-01-07
  const Bars weeks = resample(days, to("1w"));
  EXPECT_EQ(weeks.size(), 12);
  EXPECT_EQ(weeks.close[3], days.close[19]);
  const Bars months = resample(days, to("1mo"));
  EXPECT_THAT(months.timestamps, ElementsAre(at("2019-01-01"), at("2019-02-01"), at("2019-03-01")));
  EXPECT_THAT(partial_of(months), ElementsAre(1, 0, 1));
  EXPECT_EQ(months.timeframe.name(), "1mo");
  const Bars quarters = resample(months, to("3mo"));
  EXPECT_THAT(quarters.timestamps, ElementsAre(at("2019-01-01")));
  EXPECT_THAT(partial_of(quarters), ElementsAre(1));
}

TEST(Resample, FurtherColumnsFollowTheirRule) {
  Bars bars = healthy_bars(steady_stamps(8, 30 * kNsPerMinute));
  bars.extras = {
      {"spread", ColumnKind::kNumber, {1, 2, 3, kNaN, 5, 6, kNaN, kNaN}, {}, {}, {}},
      {"trades", ColumnKind::kNumber, {1, 2, 3, 4, 5, 6, kNaN, kNaN}, {}, {}, {}},
      {"regime", ColumnKind::kCategory, {}, {0, 1, 1, kMissingCode, 0, 0, 1, 0}, {"bull", "bear"}, {}},
      {"depth", ColumnKind::kNumber, {1, 3, 5, kNaN, 5, 6, kNaN, kNaN}, {}, {}, {}}};
  ResampleOptions options = to("1h");
  options.extra_rules = {{"trades", ExtraRule::kSum}, {"depth", ExtraRule::kMean}};
  const Bars hours = resample(bars, options);
  EXPECT_EQ(hours.extras[0].numbers[0], 2);
  EXPECT_EQ(hours.extras[0].numbers[1], 3);  // the last known one
  EXPECT_TRUE(std::isnan(hours.extras[0].numbers[3]));
  EXPECT_EQ(hours.extras[1].numbers[1], 7);
  EXPECT_TRUE(std::isnan(hours.extras[1].numbers[3]));
  EXPECT_THAT(hours.extras[2].codes, ElementsAre(1, 1, 0, 0));
  EXPECT_EQ(hours.extras[2].categories, bars.extras[2].categories);
  EXPECT_EQ(hours.extras[3].numbers[0], 2);
  options.extra_rules = {{"regime", ExtraRule::kSum}};
  EXPECT_THAT(message_of(bars, options),
              HasSubstr("column 'regime' is a category and has neither sum nor mean"));
  options.extra_rules = {{"sprad", ExtraRule::kSum}};
  EXPECT_THAT(message_of(bars, options), HasSubstr("no further column 'sprad'"));
}

TEST(Resample, RefusesToInventBars) {
  const Bars hours = healthy_bars(steady_stamps(100, kNsPerHour));
  EXPECT_THAT(message_of(hours, to("15m")), HasSubstr("cannot make 15m bars from 1h bars of TEST"));
  const Bars two_hours = healthy_bars(steady_stamps(100, 2 * kNsPerHour));
  EXPECT_THAT(message_of(two_hours, to("3h")), HasSubstr("3h is not a whole number of the 2h bars"));
  const Bars weeks = healthy_bars(steady_stamps(100, 7 * kNsPerDay));
  EXPECT_THAT(message_of(weeks, to("1mo")), HasSubstr("1mo is not a whole number of the 1w bars"));
  EXPECT_THAT(message_of(weeks, to("1d")), HasSubstr("cannot make 1d bars from 1w bars"));
}

TEST(Resample, RefusesBarsThatReachAcrossABoundaryAndNamesTheFlag) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t i = 0; i < 100; ++i) stamps.push_back(kFirstMonday + i * kNsPerHour + 30 * kNsPerMinute);
  const Bars bars = healthy_bars(stamps);
  const std::string message = message_of(bars, to("4h"));
  EXPECT_THAT(
      message,
      HasSubstr("test.csv:5: the 1h bar of TEST from 2019-01-07 03:30 to 2019-01-07 04:30 reaches across "
                "2019-01-07 04:00"));
  EXPECT_THAT(message, HasSubstr("--anchor 03:30"));
  ResampleOptions anchored = to("4h");
  anchored.grid.anchor = 30 * kNsPerMinute;
  EXPECT_EQ(message_of(bars, anchored), "no error");
}

TEST(Resample, LetsNoHourOfTheNextSessionIn) {
  // Days of UTC held against sessions that begin at 19:00 in New York: the same instant in winter, an hour
  // off in summer.
  const Bars winter = healthy_bars(steady_stamps_from(at("2024-01-08T00:00:00Z"), 14, kNsPerDay));
  EXPECT_EQ(message_of(winter, to("1w", "America/New_York", 19)), "no error");
  const Bars summer = healthy_bars(steady_stamps_from(at("2024-07-08T00:00:00Z"), 14, kNsPerDay));
  EXPECT_THAT(message_of(summer, to("1w", "America/New_York", 19)), HasSubstr("reaches across"));
}

TEST(Resample, DaysOfTheSessionsZoneMayLoseAndGainAnHour) {
  std::vector<TimestampNs> stamps;  // midnights of Berlin over both changes of 2024
  const TimeZone berlin = TimeZone::parse("Europe/Berlin");
  for (std::int64_t day = 0; day < 350; ++day)
    stamps.push_back(berlin.to_utc(at("2024-01-08T00:00:00Z") + day * kNsPerDay).earlier);
  Bars days = healthy_bars(stamps);
  days.timeframe = {kNsPerDay, 0};
  const Bars weeks = resample(days, to("1w", "Europe/Berlin"));
  EXPECT_EQ(weeks.size(), 50);
  for (std::size_t i = 0; i < partial_of(weeks).size(); ++i) EXPECT_EQ(partial_of(weeks)[i], 0) << i;
}

TEST(Resample, RefusesStampsThatDoNotRise) {
  Bars bars = healthy_bars(steady_stamps(10, kNsPerHour));
  std::swap(bars.timestamps[3], bars.timestamps[4]);
  EXPECT_THAT(message_of(bars, to("4h")), HasSubstr("stamps of TEST do not rise"));
}

TEST(Resample, StampsWithoutSpacingAreMoments) {
  Bars ticks =
      healthy_bars({at("2024-01-01T00:00:01"), at("2024-01-01T00:00:59"), at("2024-01-01T00:01:00")});
  ticks.timeframe = {};
  const Bars minutes = resample(ticks, to("1m"));
  EXPECT_EQ(minutes.size(), 2);
  EXPECT_EQ(minutes.close[0], ticks.close[1]);
}

// The slow way: a map from each period's beginning to its rows.
TEST(Resample, AgreesWithAMapOfPeriods) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Bars bars = random_bars(at("2024-03-08T00:00"), 5000, kNsPerMinute, 0.5, seed);
    for (const auto& options :
         {to("5m"), to("1h"), to("4h", "America/New_York", 17), to("1d", "America/New_York", 17)}) {
      const PeriodGrid grid(options.grid);
      std::map<TimestampNs, std::vector<std::size_t>> rows;
      for (std::size_t i = 0; i < bars.timestamps.size(); ++i)
        rows[grid.period_of(bars.timestamps[i]).begin].push_back(i);
      const Bars result = resample(bars, options);
      ASSERT_EQ(result.timestamps.size(), rows.size());
      std::size_t at_bar = 0;
      for (const auto& [begin, members] : rows) {
        double high = 0, low = 1e300, volume = 0;
        for (const std::size_t row : members) {
          high = std::max(high, bars.high[row]);
          low = std::min(low, bars.low[row]);
          volume += bars.volume[row];
        }
        ASSERT_EQ(result.timestamps[at_bar], begin);
        ASSERT_EQ(result.open[at_bar], bars.open[members.front()]);
        ASSERT_EQ(result.high[at_bar], high);
        ASSERT_EQ(result.low[at_bar], low);
        ASSERT_EQ(result.close[at_bar], bars.close[members.back()]);
        ASSERT_DOUBLE_EQ(result.volume[at_bar], volume);
        ++at_bar;
      }
    }
  }
}

TEST(Resample, GoingByHoursChangesNothing) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    // Across the change of clocks on 2024-11-03, beginning and ending anywhere.
    const TimestampNs begin = at("2024-11-01T00:00") + static_cast<std::int64_t>(seed) * 17 * kNsPerMinute;
    const Bars minutes = random_bars(begin, 6000 + seed * 13, kNsPerMinute, 0.3, seed);
    for (const std::string_view target : {"4h", "1d", "1w"}) {
      const Bars directly = resample(minutes, to(target, "America/New_York", 17));
      const Bars by_hours =
          resample(resample(minutes, to("1h", "America/New_York", 17)), to(target, "America/New_York", 17));
      expect_equal(by_hours, directly);
    }
  }
}

TEST(Resample, NeverLooksAhead) {
  const Bars bars = random_bars(at("2024-03-08T00:00"), 4000, kNsPerMinute, 0.2, 3);
  const ResampleOptions options = to("4h", "America/New_York", 17);
  const Bars all = resample(bars, options);
  for (const std::int64_t count : {1, 2, 50, 191, 192, 193, 1000, 2999}) {
    const Bars prefix = resample(without_rows(bars, count, bars.size()), options);
    ASSERT_LE(prefix.size(), all.size());
    for (std::int64_t i = 0; i < prefix.size(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      if (partial_of(prefix)[k] == 1) continue;
      EXPECT_EQ(prefix.timestamps[k], all.timestamps[k]);
      EXPECT_EQ(prefix.open[k], all.open[k]);
      EXPECT_EQ(prefix.high[k], all.high[k]);
      EXPECT_EQ(prefix.low[k], all.low[k]);
      EXPECT_EQ(prefix.close[k], all.close[k]);
      EXPECT_EQ(prefix.volume[k], all.volume[k]);
    }
    // Only the bars at the two ends may be marked.
    for (std::int64_t i = 1; i + 1 < prefix.size(); ++i)
      EXPECT_EQ(partial_of(prefix)[static_cast<std::size_t>(i)], 0);
  }
}

TEST(Resample, SaysInTheMetadataWhatWasDone) {
  ThreadPool pool(2);
  MarketData data = market_of(healthy_bars(steady_stamps(100, kNsPerHour)));
  data.metadata["simulation"] = {{"seed", 7}};
  const MarketData result = resample(data, to("1d", "America/New_York", 17), pool);
  EXPECT_EQ(result.metadata["simulation"]["seed"], 7);
  EXPECT_EQ(result.metadata["resample"]["to"], "1d");
  EXPECT_EQ(result.metadata["resample"]["anchor"], "17:00");
  EXPECT_EQ(result.metadata["resample"]["time_zone"], "America/New_York");
}

}  // namespace
}  // namespace regimetry::market
