// Ways in which the future gets into features, each beside a twin that does the same honestly. The audit must
// name the leak and leave the twin alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "features/audit/lookahead.hpp"
#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

using market::Bars;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

std::set<std::string> culprit_names(const LookaheadReport& report) {
  std::set<std::string> names;
  for (const Culprit& culprit : report.culprits) names.insert(culprit.feature);
  return names;
}

LookaheadReport audit(const PanelComputation& computation, const market::MarketData& data) {
  ThreadPool pool(2);
  return audit_lookahead(computation, data, {}, pool, silent_observer());
}

// Audits one instrument with the columns "leak" and "honest"; expects the first alone to be named.
LookaheadReport expect_leak(const Bars& bars, ValuesOf leak, ValuesOf honest) {
  const FeatureComputation computation =
      computation_of({{"honest", std::move(honest)}, {"leak", std::move(leak)}});
  LookaheadReport report = audit(over_panel(computation), market_of({bars}));
  EXPECT_EQ(culprit_names(report), (std::set<std::string>{"leak"}));
  EXPECT_GE(report.prefix_count, 20);
  if (!report.culprits.empty()) {
    EXPECT_EQ(report.culprits.front().kind, LeakKind::kValueMoves);
    EXPECT_EQ(report.culprits.front().symbol, bars.symbol);
    EXPECT_FALSE(report.culprits.front().advice.empty());
  }
  return report;
}

std::int64_t reach_of(const LookaheadReport& report) {
  return report.culprits.empty() ? -1 : report.culprits.front().reach_bars.value_or(0);
}

Bars plain_daily() {
  return daily_walk(500, 1);
}

TEST(PlantedLeaks, CentredMovingAverage) {
  const auto window = [](std::int64_t before, std::int64_t after) {
    return [=](const Bars& bars) {
      return per_row(bars.close.size(), [&](std::size_t t) {
        const auto row = static_cast<std::int64_t>(t);
        return mean_between(bars.close, row - before, row + after);
      });
    };
  };
  EXPECT_EQ(reach_of(expect_leak(plain_daily(), window(10, 10), window(20, 0))), 10);
}

TEST(PlantedLeaks, NextClose) {
  const auto shifted = [](std::int64_t shift) {
    return [=](const Bars& bars) {
      return per_row(bars.close.size(), [&](std::size_t t) {
        const std::int64_t row = static_cast<std::int64_t>(t) + shift;
        const bool is_inside = row >= 0 && row < bars.size();
        return is_inside ? bars.close[static_cast<std::size_t>(row)] : kMissing;
      });
    };
  };
  const LookaheadReport report = expect_leak(plain_daily(), shifted(1), shifted(-1));
  EXPECT_EQ(reach_of(report), 1);
  const Culprit& culprit = report.culprits.front();
  ASSERT_TRUE(culprit.cut.has_value());
  EXPECT_EQ(culprit.stamp, *culprit.cut) << "only the row before the cut can see over it";
  EXPECT_EQ(culprit.rows_changed, 1);
}

// Volume with holes: what stands in a hole?
Bars with_holes() {
  Bars bars = plain_daily();
  for (std::size_t t = 40; t < bars.volume.size(); t += 23) bars.volume[t] = bars.volume[t + 1] = kMissing;
  return bars;
}

TEST(PlantedLeaks, BackFillOfMissingValues) {
  const auto backward = [](const Bars& bars) {
    Values filled = bars.volume;
    for (std::size_t t = filled.size() - 1; t-- > 0;)
      if (std::isnan(filled[t])) filled[t] = filled[t + 1];
    return filled;
  };
  const auto forward = [](const Bars& bars) {
    Values filled = bars.volume;
    for (std::size_t t = 1; t < filled.size(); ++t)
      if (std::isnan(filled[t])) filled[t] = filled[t - 1];
    return filled;
  };
  EXPECT_EQ(reach_of(expect_leak(with_holes(), backward, forward)), 2);
}

TEST(PlantedLeaks, BackFillOfTheWarmUpAlone) {
  const auto change = [](const Bars& bars, bool fills) {
    Values series = per_row(bars.close.size(), [&](std::size_t t) {
      return t < 60 ? kMissing : bars.close[t] / bars.close[t - 60];
    });
    if (fills && series.size() > 60) std::fill(series.begin(), series.begin() + 60, series[60]);
    return series;
  };
  expect_leak(
      plain_daily(), [=](const Bars& bars) { return change(bars, true); },
      [=](const Bars& bars) { return change(bars, false); });
}

TEST(PlantedLeaks, InterpolationAcrossHoles) {
  const auto interpolated = [](const Bars& bars) {
    Values filled = bars.volume;
    for (std::size_t t = 1; t < filled.size(); ++t) {
      if (!std::isnan(filled[t])) continue;
      std::size_t next = t;
      while (next < filled.size() && std::isnan(bars.volume[next])) ++next;
      if (next == filled.size()) break;
      filled[t] = filled[t - 1] + (bars.volume[next] - filled[t - 1]) / static_cast<double>(next - t + 1);
    }
    return filled;
  };
  const auto held = [](const Bars& bars) {
    Values filled = bars.volume;
    for (std::size_t t = 1; t < filled.size(); ++t)
      if (std::isnan(filled[t])) filled[t] = filled[t - 1];
    return filled;
  };
  expect_leak(with_holes(), interpolated, held);
}

// Statistics over `last` + 1 rows: all of them leak, those up to the present do not.
using Statistic = std::function<double(const Values&, std::size_t now, std::size_t last)>;
LookaheadReport expect_full_sample_leak(const Statistic& statistic) {
  const auto apply = [statistic](const Bars& bars, bool is_full) {
    return per_row(bars.close.size(), [&](std::size_t t) {
      return statistic(bars.close, t, is_full ? bars.close.size() - 1 : t);
    });
  };
  return expect_leak(
      daily_walk(260, 2), [=](const Bars& bars) { return apply(bars, true); },
      [=](const Bars& bars) { return apply(bars, false); });
}

TEST(PlantedLeaks, FullSampleStandardScaling) {
  const LookaheadReport report =
      expect_full_sample_leak([](const Values& values, std::size_t now, std::size_t last) {
        const double mean = mean_between(values, 0, static_cast<std::int64_t>(last));
        double squares = 0;
        for (std::size_t t = 0; t <= last; ++t) squares += (values[t] - mean) * (values[t] - mean);
        return (values[now] - mean) / std::sqrt(squares / static_cast<double>(last + 1));
      });
  EXPECT_THAT(report.culprits.front().advice, testing::HasSubstr("fitted on all rows"));
  EXPECT_GT(reach_of(report), 20);
}

TEST(PlantedLeaks, FullSampleMinMax) {
  expect_full_sample_leak([](const Values& values, std::size_t now, std::size_t last) {
    const auto [low, high] =
        std::minmax_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    return *high > *low ? (values[now] - *low) / (*high - *low) : 0;
  });
}

TEST(PlantedLeaks, GlobalRank) {
  expect_full_sample_leak([](const Values& values, std::size_t now, std::size_t last) {
    const auto below = std::count_if(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                                     [&](double value) { return value < values[now]; });
    return static_cast<double>(below) / static_cast<double>(last + 1);
  });
}

TEST(PlantedLeaks, FullSampleRegression) {
  expect_full_sample_leak([](const Values& values, std::size_t now, std::size_t last) {
    // The residual of the line through all closes.
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t t = 0; t <= last; ++t) {
      const auto at = static_cast<double>(t);
      n += 1, x += at, y += values[t], xx += at * at, xy += at * values[t];
    }
    const double slope = n > 1 ? (n * xy - x * y) / (n * xx - x * x) : 0;
    return values[now] - (y - slope * x) / n - slope * static_cast<double>(now);
  });
}

TEST(PlantedLeaks, FullSamplePrincipalComponent) {
  const auto project = [](const Bars& bars, bool is_full) {
    return per_row(bars.close.size(), [&](std::size_t now) {
      double aa = 0, bb = 0, ab = 0;
      for (std::size_t t = 0; t <= (is_full ? bars.close.size() - 1 : now); ++t) {
        const double a = std::log(bars.close[t] / bars.open[t]), b = std::log(bars.high[t] / bars.low[t]);
        aa += a * a, bb += b * b, ab += a * b;
      }
      const double angle = 0.5 * std::atan2(2 * ab, aa - bb);
      return std::cos(angle) * std::log(bars.close[now] / bars.open[now]) +
             std::sin(angle) * std::log(bars.high[now] / bars.low[now]);
    });
  };
  expect_leak(
      daily_walk(260, 3), [=](const Bars& bars) { return project(bars, true); },
      [=](const Bars& bars) { return project(bars, false); });
}

// The close of the period of `hours` hours to which each bar belongs, or of the one before.
Values period_close(const Bars& bars, std::int64_t period, bool is_previous) {
  const TimestampNs origin = days_from_civil(2018, 1, 1) * kNsPerDay;  // a Monday
  return per_row(bars.close.size(), [&](std::size_t t) {
    const std::int64_t wanted = (bars.timestamps[t] - origin) / period - (is_previous ? 1 : 0);
    double close = kMissing;
    for (std::size_t k = 0; k < bars.close.size(); ++k)
      if ((bars.timestamps[k] - origin) / period == wanted) close = bars.close[k];
    return close;
  });
}

TEST(PlantedLeaks, WeekAttachedToItsFirstDay) {
  const auto week = [](bool is_previous) {
    return [=](const Bars& bars) { return period_close(bars, 7 * kNsPerDay, is_previous); };
  };
  EXPECT_THAT(reach_of(expect_leak(daily_walk(300, 4), week(false), week(true))), AllOf(Ge(1), Le(4)));
}

TEST(PlantedLeaks, FourHoursAttachedToTheFirst) {
  const auto block = [](bool is_previous) {
    return [=](const Bars& bars) { return period_close(bars, 4 * kNsPerHour, is_previous); };
  };
  EXPECT_THAT(reach_of(expect_leak(hourly_walk(400, 5), block(false), block(true))), AllOf(Ge(1), Le(3)));
}

TEST(PlantedLeaks, SwingsKnownBeforeTheyAreConfirmed) {
  const auto swing = [](std::size_t delay) {
    return [=](const Bars& bars) {
      return per_row(bars.high.size(), [&](std::size_t t) {
        if (t < delay + 3) return 0.0;
        const std::size_t peak = t - delay;
        double highest = 0;
        for (std::size_t k = peak - 3; k <= std::min(peak + 3, bars.high.size() - 1); ++k)
          highest = std::max(highest, bars.high[k]);
        return bars.high[peak] == highest ? 1.0 : 0.0;
      });
    };
  };
  EXPECT_THAT(reach_of(expect_leak(plain_daily(), swing(0), swing(3))), AllOf(Ge(1), Le(3)));
}

TEST(PlantedLeaks, SmoothingRunForwardAndBack) {
  const auto smooth = [](const Bars& bars, bool and_back) {
    Values series = bars.close;
    for (std::size_t t = 1; t < series.size(); ++t) series[t] = 0.9 * series[t - 1] + 0.1 * series[t];
    if (!and_back) return series;
    for (std::size_t t = series.size() - 1; t-- > 0;) series[t] = 0.9 * series[t + 1] + 0.1 * series[t];
    return series;
  };
  expect_leak(
      plain_daily(), [=](const Bars& bars) { return smooth(bars, true); },
      [=](const Bars& bars) { return smooth(bars, false); });
}

TEST(PlantedLeaks, RowsTakenNewestFirst) {
  const auto momentum = [](const Bars& bars, bool newest_first) {
    Values closes = bars.close;
    if (newest_first) std::reverse(closes.begin(), closes.end());
    Values series = per_row(closes.size(),
                            [&](std::size_t t) { return t < 5 ? kMissing : closes[t] / closes[t - 5] - 1; });
    if (newest_first) std::reverse(series.begin(), series.end());
    return series;
  };
  const LookaheadReport report = expect_leak(
      plain_daily(), [=](const Bars& bars) { return momentum(bars, true); },
      [=](const Bars& bars) { return momentum(bars, false); });
  EXPECT_EQ(reach_of(report), 5);
}

// ---- leaks that bite seldom: the next close where `bites`, else the present one ----

LookaheadReport expect_seldom_leak(const Bars& bars,
                                   const std::function<bool(const Bars&, std::size_t)>& bites) {
  return expect_leak(
      bars,
      [=](const Bars& some) {
        return per_row(some.close.size(), [&](std::size_t t) {
          return bites(some, t) && t + 1 < some.close.size() ? some.close[t + 1] : some.close[t];
        });
      },
      [](const Bars& some) { return some.close; });
}

TEST(PlantedLeaks, OnlyInTheLastTwentieth) {
  expect_seldom_leak(plain_daily(),
                     [](const Bars& bars, std::size_t t) { return t > bars.close.size() * 95 / 100; });
}

TEST(PlantedLeaks, OnlyEvery97thBar) {
  const LookaheadReport report =
      expect_seldom_leak(plain_daily(), [](const Bars&, std::size_t t) { return t % 97 == 41; });
  EXPECT_EQ(report.cut_count, report.possible_cut_count) << "small data is cut behind every bar";
  EXPECT_EQ(report.culprits.front().cuts_caught, 5);
}

TEST(PlantedLeaks, OnlyBeforeGaps) {
  const Bars bars = daily_walk(3000, 6);
  const auto stands_before_gap = [](const Bars& some, std::size_t t) {
    return t + 1 < some.close.size() && some.timestamps[t + 1] - some.timestamps[t] > 10 * kNsPerDay;
  };
  ThreadPool pool(2);
  LookaheadOptions options;
  options.bar_budget = 1'400'000;  // far too few to cut behind every bar
  const FeatureComputation computation =
      computation_of({{"leak", [=](const Bars& some) {
                         return per_row(some.close.size(), [&](std::size_t t) {
                           return stands_before_gap(some, t) ? some.close[t + 1] : some.close[t];
                         });
                       }}});
  const LookaheadReport report =
      audit_lookahead(computation, market_of({bars}), options, pool, silent_observer());
  EXPECT_LT(report.cut_count, report.possible_cut_count / 2);
  EXPECT_EQ(culprit_names(report), (std::set<std::string>{"leak"}));
}

// ---- leaks across instruments ----

TEST(PlantedLeaks, RankAgainstAnotherInstrumentsLaterBar) {
  const auto rank_at = [](const market::MarketData& data, std::int64_t ahead, bool is_leak) {
    FeatureData result;
    for (const Bars& bars : data.instruments) {
      const auto ahead_of = [&](std::size_t t, std::int64_t shift) {
        double rank = 0;
        for (const Bars& other : data.instruments) {
          const std::int64_t row = static_cast<std::int64_t>(t) + (&other == &bars ? 0 : shift);
          if (row < other.size() && other.close[static_cast<std::size_t>(row)] < bars.close[t]) rank += 1;
        }
        return rank;
      };
      result.instruments.push_back(table_of(
          bars, {{"honest", per_row(bars.close.size(), [&](std::size_t t) { return ahead_of(t, 0); })},
                 {"leak", per_row(bars.close.size(),
                                  [&](std::size_t t) { return ahead_of(t, is_leak ? ahead : 0); })}}));
    }
    return result;
  };
  const market::MarketData data =
      market_of({daily_walk(300, 7, "A"), daily_walk(300, 8, "B"), daily_walk(300, 9, "C")});
  const PanelComputation leaking = [=](const market::MarketData& some) { return rank_at(some, 1, true); };
  const PanelComputation honest = [=](const market::MarketData& some) { return rank_at(some, 1, false); };
  const LookaheadReport report = audit(leaking, data);
  EXPECT_EQ(culprit_names(report), (std::set<std::string>{"leak"}));
  EXPECT_EQ(reach_of(report), 1);
  EXPECT_TRUE(audit(honest, data).is_clean());
}

// An hourly instrument joined with a daily one: the last daily bar whose stamp, moved by `shift`, is not
// later than the end of the hour.
PanelComputation join_daily(std::int64_t shift) {
  return [=](const market::MarketData& data) {
    FeatureData result;
    const auto daily = std::find_if(data.instruments.begin(), data.instruments.end(),
                                    [](const Bars& bars) { return bars.symbol == "RATE"; });
    for (const Bars& bars : data.instruments) {
      Values joined = per_row(bars.close.size(), [&](std::size_t t) {
        double close = kMissing;
        for (std::size_t k = 0;
             daily != data.instruments.end() && bars.symbol != "RATE" && k < daily->close.size(); ++k) {
          if (daily->timestamps[k] + shift <= bars.timestamps[t] + kNsPerHour) close = daily->close[k];
        }
        return close;
      });
      result.instruments.push_back(table_of(bars, {{"joined", std::move(joined)}}));
    }
    return result;
  };
}

market::MarketData hours_and_days(market::StampMeaning meaning) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; day < 25; ++day)
    stamps.push_back((days_from_civil(2020, 3, 2) + day) * kNsPerDay);
  Bars daily = walk_at("RATE", stamps, 11);
  daily.timeframe.nanoseconds = kNsPerDay;
  daily.stamp_meaning = meaning;
  return market_of({hourly_walk(480, 10, "EURUSD"), daily});
}

TEST(PlantedLeaks, DailySeriesJoinedByTheStartOfItsDay) {
  const market::MarketData data = hours_and_days(market::StampMeaning::kBarStart);
  const LookaheadReport report = audit(join_daily(0), data);
  ASSERT_EQ(culprit_names(report), (std::set<std::string>{"joined"}));
  EXPECT_EQ(report.culprits.front().symbol, "EURUSD");
  EXPECT_TRUE(audit(join_daily(kNsPerDay), data).is_clean());
}

TEST(PlantedLeaks, DailySeriesInAnotherTimeZone) {
  const market::MarketData data = hours_and_days(market::StampMeaning::kBarEnd);
  const LookaheadReport report = audit(join_daily(-5 * kNsPerHour), data);
  ASSERT_EQ(culprit_names(report), (std::set<std::string>{"joined"}));
  EXPECT_TRUE(audit(join_daily(0), data).is_clean());
}

// ---- leaks of shape ----

TEST(PlantedLeaks, RowsDroppedBecauseOfALaterLabel) {
  const FeatureComputation computation = [](const Bars& bars) {
    std::vector<std::int64_t> kept;
    for (std::int64_t t = 0; t < bars.size() - 5; ++t) kept.push_back(t);
    const Bars some = take_rows(bars, kept);
    return table_of(some, {{"close", some.close}});
  };
  const LookaheadReport report = audit(over_panel(computation), market_of({plain_daily()}));
  ASSERT_FALSE(report.is_clean());
  EXPECT_EQ(report.culprits.front().kind, LeakKind::kRowsMove);
  EXPECT_EQ(report.culprits.front().severity, 1);
}

TEST(PlantedLeaks, FeaturesChosenByTheWholeSample) {
  const FeatureComputation computation = [](const Bars& bars) {
    const bool ends_higher = bars.close.back() > bars.close.front();
    return table_of(bars, {{ends_higher ? "winner" : "loser", bars.close}});
  };
  const LookaheadReport report = audit(over_panel(computation), market_of({plain_daily()}));
  ASSERT_FALSE(report.is_clean());
  EXPECT_EQ(report.culprits.front().kind, LeakKind::kNamesMove);
}

// ---- labels that come with the data ----

LookaheadReport audit_columns(Bars bars, std::vector<market::Column> columns) {
  bars.extras = std::move(columns);
  const FeatureComputation computation =
      computation_of({{"close", [](const Bars& some) { return some.close; }}});
  return audit(over_panel(computation), market_of({std::move(bars)}));
}

Values return_over(const Bars& bars, std::int64_t horizon) {
  return per_row(bars.close.size(), [&](std::size_t t) {
    const std::int64_t other = static_cast<std::int64_t>(t) + horizon;
    if (other < 0 || other >= bars.size()) return kMissing;
    const double change = bars.close[static_cast<std::size_t>(other)] / bars.close[t];
    return horizon > 0 ? change - 1 : 1 / change - 1;
  });
}

TEST(PlantedLeaks, ForwardReturnAsAFurtherColumn) {
  const Bars bars = daily_walk(800, 12);
  const LookaheadReport report = audit_columns(bars, {number_column("target", return_over(bars, 5)),
                                                      number_column("momentum", return_over(bars, -5))});
  ASSERT_EQ(culprit_names(report), (std::set<std::string>{"target"}));
  const Culprit& culprit = report.culprits.front();
  EXPECT_EQ(culprit.kind, LeakKind::kEqualsFuture);
  EXPECT_TRUE(culprit.is_input);
  EXPECT_EQ(culprit.reach_bars, 5);
}

market::Column signals(const Bars& bars, std::int64_t horizon) {
  std::vector<std::int32_t> codes;
  for (const double change : return_over(bars, horizon))
    codes.push_back(std::isnan(change) ? market::kMissingCode : change > 0.008 ? 0 : change < -0.008 ? 2 : 1);
  return category_column(horizon > 0 ? "signal" : "earlier_signal", codes, {"Buy", "Hold", "Sell"});
}

TEST(PlantedLeaks, BuyHoldSellLabels) {
  const Bars bars = daily_walk(800, 13);
  const LookaheadReport report = audit_columns(bars, {signals(bars, 1), signals(bars, -1)});
  ASSERT_EQ(culprit_names(report), (std::set<std::string>{"signal"}));
  EXPECT_EQ(report.culprits.front().kind, LeakKind::kResemblesFuture);
  EXPECT_EQ(report.culprits.front().reach_bars, 1);
}

}  // namespace
}  // namespace regimetry::features
