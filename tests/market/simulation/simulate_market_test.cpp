#include "market/simulation/simulate_market.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "core/expect_error.hpp"
#include "core/sha256.hpp"
#include "market/simulation/presets.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;

SimulatedMarket simulate(const SimulationOptions& options, std::uint64_t seed = 7, int threads = 1) {
  ThreadPool pool(threads);
  return simulate_market(options, seed, pool, silent_observer());
}

// Everything at once: what could make one part depend on another.
SimulationOptions rich_options() {
  SimulationOptions options;
  options.bars = 700;
  options.instruments = 5;
  options.sectors = 2;
  options.timeframe = "1h";
  options.garch_alpha = 0.08;
  options.garch_beta = 0.9;
  options.market_correlation = 0.2;
  options.sector_correlation = 0.5;
  options.signal_strength = 0.2;
  options.dwell_shape = 2;
  options.calendar.overnight_share = 0.2;
  options.splits = 1;
  return options;
}

void append(Sha256& digest, const std::vector<double>& values) {
  digest.update(std::as_bytes(std::span(values)));
}

std::string digest_of(const Bars& bars) {
  Sha256 digest;
  digest.update(bars.symbol);
  digest.update(std::as_bytes(std::span(bars.timestamps)));
  for (const auto* column : {&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume})
    append(digest, *column);
  for (const Column& extra : bars.extras) {
    digest.update(extra.name);
    append(digest, extra.numbers);
    digest.update(std::as_bytes(std::span(extra.codes)));
  }
  std::string hex;
  for (const std::uint8_t byte : digest.finish())
    hex += "0123456789abcdef"[byte >> 4U], hex += "0123456789abcdef"[byte & 15U];
  return hex;
}

const Column& extra(const Bars& bars, const std::string& name) {
  for (const Column& column : bars.extras) {
    if (column.name == name) return column;
  }
  throw std::runtime_error("no column " + name);
}

TEST(SimulateMarket, ThreadsDoNotChangeABit) {
  const SimulatedMarket one = simulate(rich_options(), 7, 1), two = simulate(rich_options(), 7, 2);
  ASSERT_EQ(one.data.instruments.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_EQ(digest_of(one.data.instruments[i]), digest_of(two.data.instruments[i])) << i;
  EXPECT_EQ(one.data.metadata, two.data.metadata);
}

TEST(SimulateMarket, SeedsMatter) {
  EXPECT_NE(digest_of(simulate(rich_options(), 7).data.instruments[0]),
            digest_of(simulate(rich_options(), 8).data.instruments[0]));
}

TEST(SimulateMarket, MoreInstrumentsLeaveTheOthersAsTheyWere) {
  SimulationOptions more = rich_options();
  more.instruments = 6;
  const SimulatedMarket five = simulate(rich_options()), six = simulate(more);
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_EQ(digest_of(five.data.instruments[i]), digest_of(six.data.instruments[i])) << i;
}

TEST(SimulateMarket, MoreBarsContinueTheShorterMarket) {
  SimulationOptions options = rich_options();
  options.splits = 0;  // their places depend on the number of bars
  SimulationOptions longer = options;
  longer.bars = 1100;
  const Bars brief = simulate(options).data.instruments[2], full = simulate(longer).data.instruments[2];
  for (std::size_t t = 0; t < 700; ++t) {
    ASSERT_EQ(brief.high[t], full.high[t]) << t;
    ASSERT_EQ(brief.volume[t], full.volume[t]) << t;
    ASSERT_EQ(extra(brief, "oracle_p_up").numbers[t], extra(full, "oracle_p_up").numbers[t]) << t;
  }
}

// A change of these digests means that files made by an earlier version cannot be made again: say so in the
// changelog.
TEST(SimulateMarket, BitsAreTheSameOnEveryMachine) {
  SimulationOptions plain;
  plain.bars = 600;
  EXPECT_EQ(digest_of(simulate(plain).data.instruments[0]),
            "efa663a5a493352b373537511d3ef1cec351987a80fba9feb26b39653c4e755a");
  EXPECT_EQ(digest_of(simulate(rich_options()).data.instruments[3]),
            "5c5a897efa7af5634ec4540bea6c7e813535a3a1f4296e118ce1bfbac8588e29");
  plain.preset = "hardy3-daily";
  EXPECT_EQ(digest_of(simulate(plain).data.instruments[0]),
            "193077b4cb39721f3d7223f2d5a2962e6bc34554e57a418cf262f6060bc7ed6b");
}

TEST(SimulateMarket, BarsAreConsistent) {
  for (const char* timeframe : {"1d", "15m"}) {
    SimulationOptions options = rich_options();
    options.bars = 20'000;
    options.timeframe = timeframe;
    options.splits = 0;
    for (const Bars& bars : simulate(options).data.instruments) {
      for (std::size_t t = 0; t < bars.close.size(); ++t) {
        ASSERT_LE(bars.low[t], std::min(bars.open[t], bars.close[t]));
        ASSERT_GE(bars.high[t], std::max(bars.open[t], bars.close[t]));
        ASSERT_GT(bars.low[t], 0);
        ASSERT_GE(bars.volume[t], 1);
        ASSERT_EQ(bars.volume[t], std::round(bars.volume[t]));
        if (t == 0) continue;
        ASSERT_GT(bars.timestamps[t], bars.timestamps[t - 1]);
      }
    }
  }
}

TEST(SimulateMarket, WithoutGapsEachBarOpensAtTheLastClose) {
  SimulationOptions options;
  options.bars = 1500;
  const Bars bars = simulate(options).data.instruments[0];
  EXPECT_EQ(bars.open[0], 100);
  for (std::size_t t = 1; t < bars.close.size(); ++t) ASSERT_EQ(bars.open[t], bars.close[t - 1]) << t;
}

struct Moments {
  double mean = 0, sd = 0, count = 0;
};

// Of log returns inside a regime.
Moments moments_of(const Bars& bars, int regime) {
  const std::vector<std::int32_t>& regimes = extra(bars, "true_regime").codes;
  Moments m;
  double square = 0;
  for (std::size_t t = 1; t < bars.close.size(); ++t) {
    if (regimes[t] != regime) continue;
    const double move = std::log(bars.close[t] / bars.close[t - 1]);
    m.mean += move;
    square += move * move;
    m.count += 1;
  }
  m.mean /= m.count;
  m.sd = std::sqrt(square / m.count - m.mean * m.mean);
  return m;
}

TEST(SimulateMarket, RegimesHaveTheirMeansAndSds) {
  for (const bool clusters : {false, true}) {
    SimulationOptions options;
    options.bars = 60'000;
    options.preset = "four-daily";
    options.zero_drift = true;
    options.student_t_dof = 9;  // the error of an sd needs a fourth moment
    options.market_correlation = 0.4;
    if (clusters) options.garch_alpha = 0.05, options.garch_beta = 0.85;
    const SimulatedMarket market = simulate(options);
    for (int k = 0; k < 4; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const double mean = market.parameters.means[at], sd = market.parameters.sds[at];
      const Moments m = moments_of(market.data.instruments[0], k);
      EXPECT_NEAR(m.mean, mean, 4.5 * sd / std::sqrt(m.count)) << k;
      EXPECT_NEAR(m.sd / sd, 1, clusters ? 0.05 : 0.03) << k;
      // Shares scatter by sqrt(p (1 - p) / T * (1 + l) / (1 - l)) with l = .98, how much of a bar's regime
      // the next one keeps.
      EXPECT_NEAR(m.count / 60'000, 0.25, 4.5 * std::sqrt(0.1875 / 60'000 * 1.98 / 0.02)) << k;
    }
  }
}

TEST(SimulateMarket, CorrelatedInstrumentsCorrelateAsAsked) {
  SimulationOptions options;
  options.preset = "random-walk-daily";
  options.bars = 60'000;
  options.instruments = 3;
  options.sectors = 2;
  options.market_correlation = 0.3;
  options.sector_correlation = 0.6;
  const SimulatedMarket market = simulate(options);
  const auto correlation = [&](std::size_t i, std::size_t j) {
    const Bars &a = market.data.instruments[i], &b = market.data.instruments[j];
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t t = 1; t < a.close.size(); ++t) {
      const double x = std::log(a.close[t] / a.close[t - 1]) - 0.0003,
                   y = std::log(b.close[t] / b.close[t - 1]) - 0.0003;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / std::sqrt(aa * bb);
  };
  EXPECT_NEAR(correlation(0, 1), 0.3, 0.02);
  EXPECT_NEAR(correlation(0, 2), 0.6, 0.02);
}

TEST(SimulateMarket, ParkinsonsVarianceIsUnbiasedUnderStudentT) {
  SimulationOptions options;
  options.preset = "random-walk-daily";
  options.student_t_dof = 9;
  options.bars = 60'000;
  options.instruments = 5;
  double mean = 0, count = 0;
  for (const Bars& bars : simulate(options).data.instruments) {
    for (std::size_t t = 0; t < bars.close.size(); ++t) {
      const double range = std::log(bars.high[t] / bars.low[t]);
      mean += range * range / (4 * std::log(2.0)) / (0.01 * 0.01);
      count += 1;
    }
  }
  EXPECT_NEAR(mean / count, 1, 0.01);
}

TEST(SimulateMarket, VolumeRisesWithTheRootOfTheSd) {
  SimulationOptions options;
  options.bars = 60'000;
  options.zero_drift = true;
  const SimulatedMarket market = simulate(options);
  const Bars& bars = market.data.instruments[0];
  std::vector<double> sums(4, 0.0), squares(4, 0.0), counts(4, 0.0);
  for (std::size_t t = 0; t < bars.volume.size(); ++t) {
    const auto k = static_cast<std::size_t>(extra(bars, "true_regime").codes[t]);
    const double log_volume = std::log(bars.volume[t]);
    sums[k] += log_volume;
    squares[k] += log_volume * log_volume;
    counts[k] += 1;
  }
  for (std::size_t k = 0; k < 4; ++k) {
    const double rise = sums[k] / counts[k] - sums[0] / counts[0];
    EXPECT_NEAR(rise, 0.5 * std::log(market.parameters.sds[k] / market.parameters.sds[0]), 0.02) << k;
    EXPECT_NEAR(std::sqrt(squares[k] / counts[k] - std::pow(sums[k] / counts[k], 2)), 0.3, 0.01) << k;
  }
}

TEST(SimulateMarket, BayesAccuracyIsWhatTheBestRuleGets) {
  SimulationOptions options;
  options.bars = 60'000;
  options.instruments = 4;
  options.zero_drift = true;
  options.signal_strength = 0.15;
  const DirectionScores direction = simulate(options).scores.direction;
  EXPECT_NEAR(direction.realised_accuracy, direction.bayes_accuracy, 4 * std::sqrt(0.25 / 240'000));
  EXPECT_GT(direction.bayes_accuracy, 0.54);
  EXPECT_GE(direction.bound_knowing_regime, direction.bayes_accuracy - 1e-3);
}

TEST(SimulateMarket, ProblemsOfPresetTimeframeAndCalendarAreToldTogether) {
  SimulationOptions options;
  options.preset = "nope";
  options.timeframe = "7q";
  options.calendar.start = "foo";
  options.calendar.overnight_share = 2;
  options.bars = 0;
  EXPECT_THAT(options.problems(),
              testing::UnorderedElementsAre(HasSubstr("no preset 'nope'"), HasSubstr("--timeframe '7q'"),
                                            HasSubstr("--start 'foo'"), HasSubstr("--overnight-share 2"),
                                            HasSubstr("bars: 0"), HasSubstr("splits: 0")));
}

TEST(SimulateMarket, AProblemOfOwnRegimesIsToldOnceAndWithoutATimeframe) {
  SimulationOptions options;
  options.means = {0};
  options.sds = {-1};
  options.transition = {1};
  options.timeframe = "7q";
  options.student_t_dof = 1;
  EXPECT_THAT(options.problems(),
              testing::UnorderedElementsAre(HasSubstr("sds: value 1 is -1"), HasSubstr("--timeframe '7q'"),
                                            HasSubstr("student_t_dof: 1")));
}

TEST(SimulateMarket, BayesAccuracyOfASingleRegimeHasAClosedForm) {
  // One driftless normal regime: P(sign of z + s x is that of x) averaged over x is 1/2 + atan(s) / pi.
  SimulationOptions options;
  options.means = {0};
  options.sds = {0.01};
  options.transition = {1};
  options.bars = 60'000;
  options.signal_strength = 0.5;
  const DirectionScores direction = simulate(options).scores.direction;
  EXPECT_NEAR(direction.bayes_accuracy, 0.5 + std::atan(0.5) / std::acos(-1.0), 0.003);
  EXPECT_NEAR(direction.realised_accuracy, direction.bayes_accuracy, 4 * std::sqrt(0.25 / 60'000));
}

TEST(SimulateMarket, NoSignalMeansNoForesightBeyondTheDrift) {
  SimulationOptions options;
  options.preset = "random-walk-daily";
  options.bars = 2000;
  const DirectionScores direction = simulate(options).scores.direction;
  EXPECT_NEAR(direction.bayes_accuracy, 0.5 * std::erfc(-0.03 / std::sqrt(2.0)), 1e-9);
}

TEST(SimulateMarket, FilterProbabilitiesAreCalibrated) {
  // Among bars to which the filter gives a regime a chance near p, the regime rules in a share p: the check
  // that the oracle is given the very multipliers and shifts that made the bars.
  SimulationOptions options = rich_options();
  options.timeframe = "15m";
  options.instruments = 4;
  options.bars = 40'000;
  options.splits = 0;
  const SimulatedMarket market = simulate(options);
  for (int k = 0; k < 4; ++k) {
    std::vector<double> expected(5, 0.0), happened(5, 0.0), counts(5, 0.0);
    for (const Bars& bars : market.data.instruments) {
      const std::vector<double>& p =
          extra(bars, "oracle_smoother_p_" + market.parameters.names[static_cast<std::size_t>(k)]).numbers;
      for (std::size_t t = 0; t < p.size(); ++t) {
        const auto bin = std::min<std::size_t>(4, static_cast<std::size_t>(p[t] * 5));
        expected[bin] += p[t];
        happened[bin] += extra(bars, "true_regime").codes[t] == k ? 1 : 0;
        counts[bin] += 1;
      }
    }
    for (std::size_t bin = 0; bin < 5; ++bin) {
      if (counts[bin] < 500) continue;
      EXPECT_NEAR(happened[bin] / counts[bin], expected[bin] / counts[bin], 0.06)
          << "regime " << k << " bin " << bin;
    }
  }
}

TEST(SimulateMarket, SharedRegimesAreShared) {
  SimulationOptions options;
  options.instruments = 2;
  options.bars = 600;
  const SimulatedMarket own = simulate(options);
  EXPECT_NE(extra(own.data.instruments[0], "true_regime").codes,
            extra(own.data.instruments[1], "true_regime").codes);
  options.shared_regime = true;
  const SimulatedMarket shared = simulate(options);
  EXPECT_EQ(extra(shared.data.instruments[0], "true_regime").codes,
            extra(shared.data.instruments[1], "true_regime").codes);
  EXPECT_NE(shared.data.instruments[0].close, shared.data.instruments[1].close);
}

TEST(SimulateMarket, PresetsScaleToTheTimeframe) {
  SimulationOptions options;
  options.preset = "hardy2-monthly";
  options.timeframe = "1d";
  options.bars = 10;
  const RegimeParameters scaled = simulate(options).parameters;
  const RegimeParameters& daily = find_preset("hardy2-daily").parameters;
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_NEAR(scaled.means[k], daily.means[k], 1e-15);
    EXPECT_NEAR(scaled.sds[k], daily.sds[k], 1e-15);
  }
  EXPECT_NEAR(scaled.transition[0], daily.transition[0], 1e-11);
  options.calendar.kind = CalendarKind::kAlways;
  options.preset = "hardy2-daily";
  options.timeframe = "1h";
  EXPECT_NEAR(simulate(options).parameters.sds[0], daily.sds[0] / std::sqrt(24.0), 1e-15);
}

TEST(SimulateMarket, YourOwnRegimesAreTaken) {
  SimulationOptions options;
  options.means = {0.001, -0.002};
  options.sds = {0.01, 0.02};
  options.transition = {0.9, 0.1, 0.2, 0.8};
  options.bars = 100;
  const SimulatedMarket market = simulate(options);
  EXPECT_EQ(market.parameters.names, (std::vector<std::string>{"r0", "r1"}));
  EXPECT_EQ(market.data.metadata["simulation"]["regimes"][1]["sd"], 0.02);
  EXPECT_TRUE(market.data.metadata["simulation"]["preset"].is_null());
}

TEST(SimulateMarket, NoTruthLeavesNoAnswers) {
  SimulationOptions options = rich_options();
  options.truth = false;
  const SimulatedMarket market = simulate(options);
  std::vector<std::string> names;
  for (const Column& column : market.data.instruments[0].extras) names.push_back(column.name);
  EXPECT_EQ(names, (std::vector<std::string>{"planted_signal", "split_ratio"}));
  options.truth = true;
  EXPECT_EQ(market.data.instruments[0].close, simulate(options).data.instruments[0].close);
}

TEST(SimulateMarket, OneBarIsEnough) {
  SimulationOptions options;
  options.bars = 1;
  const SimulatedMarket market = simulate(options);
  EXPECT_EQ(market.data.bar_count(), 1);
  EXPECT_EQ(market.data.instruments[0].bars_per_year, 0);
}

TEST(SimulateMarket, EveryProblemIsToldAtOnce) {
  SimulationOptions options;
  options.bars = 0;
  options.instruments = 0;
  options.garch_alpha = 0.5;
  options.garch_beta = 0.6;
  options.market_correlation = 0.5;
  options.sector_correlation = 0.2;
  options.defects = {"gaps"};
  const std::string message = message_of(ErrorKind::kUsage, [&] { static_cast<void>(simulate(options)); });
  EXPECT_THAT(message, HasSubstr("bars: 0"));
  EXPECT_THAT(message, HasSubstr("instruments: 0"));
  EXPECT_THAT(message, HasSubstr("garch_alpha + garch_beta is 1.1"));
  EXPECT_THAT(message, HasSubstr("sector_correlation: 0.2"));
  EXPECT_THAT(message, HasSubstr("did you mean 'gap'?"));
}

TEST(SimulateMarket, DriftOutOfRangeIsExplained) {
  SimulationOptions options;
  options.means = {0.5};
  options.sds = {0.01};
  options.transition = {1};
  options.bars = 5000;
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { static_cast<void>(simulate(options)); }),
              HasSubstr("Pass --zero-drift"));
  options.zero_drift = true;
  EXPECT_EQ(simulate(options).data.bar_count(), 5000);
}

}  // namespace
}  // namespace regimetry::market
