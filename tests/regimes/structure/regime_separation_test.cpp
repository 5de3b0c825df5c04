#include "regimes/structure/regime_separation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <span>
#include <vector>

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

// Two regimes in spells of about 25 bars, and prices whose next move depends on the regime.
struct Market {
  Market(double second_volatility, double drift, std::uint64_t key, int bars = 3000) : sequences{{0, bars}} {
    RngStream stream(key);
    double log_price = 0;
    std::int32_t label = 0;
    for (int n = 0; n < bars; ++n) {
      if (stream.below(25) == 0) label = 1 - label;
      labels.push_back(label);
      close.push_back(std::exp(log_price));
      const double move = label == 0 ? drift : -drift;
      log_price += 0.01 * (move + (label == 0 ? 1 : second_volatility) * stream.normal());
    }
  }
  [[nodiscard]] Separation measure(int threads = 1) const {
    ThreadPool pool(threads);
    return measure_separation(labels, close, sequences, share_calendar({}, sequences), 2,
                              std::vector<std::int64_t>{1, 5}, 199, Rng(3), pool);
  }
  Labels labels;
  std::vector<double> close;
  std::vector<IndexRange> sequences;
};

// Instruments of one market: returns correlated by one half, regimes in spells of about 25 bars that all of
// them share, and the market's volatility in spells of its own. Instrument i lacks a bar in i + 20 and begins
// with bar 10 i.
struct Panel {
  // Volatility of the second regime; of the market's own lively spells.
  Panel(double second_volatility, double lively_volatility, std::uint64_t key, int bars = 600,
        int instruments = 10) {
    RngStream market(key);
    std::vector<std::int32_t> regime;
    std::vector<double> common, volatility;
    std::int32_t label = 0, lively = 0;
    for (int n = 0; n < bars; ++n) {
      if (market.below(25) == 0) label = 1 - label;
      if (market.below(25) == 0) lively = 1 - lively;
      regime.push_back(label);
      common.push_back(market.normal());
      volatility.push_back((label == 0 ? 1 : second_volatility) * (lively == 0 ? 1 : lively_volatility));
    }
    for (int i = 0; i < instruments; ++i) {
      RngStream own(key, static_cast<std::uint64_t>(i) + 1);
      const std::int64_t begin = std::ssize(labels);
      double log_price = 0;
      for (int n = 10 * i; n < bars; ++n) {
        const auto bar = static_cast<std::size_t>(n);
        if (n % (i + 20) != 19) {
          stamps.push_back(n);
          labels.push_back(regime[bar]);
          close.push_back(std::exp(log_price));
        }
        log_price += 0.01 * volatility[bar] * std::sqrt(0.5) * (common[bar] + own.normal());
      }
      sequences.push_back({begin, std::ssize(labels)});
    }
  }
  [[nodiscard]] Separation measure(int threads = 1) const {
    ThreadPool pool(threads);
    return measure_separation(labels, close, sequences, share_calendar(stamps, sequences), 2,
                              std::vector<std::int64_t>{1, 5}, 199, Rng(3), pool);
  }
  std::vector<TimestampNs> stamps;
  Labels labels;
  std::vector<double> close;
  std::vector<IndexRange> sequences;
};

TEST(RegimeSeparation, NamesWhatWasPutIn) {
  EXPECT_EQ(Market(2, 0, 1).measure().words, "volatility, not direction");
  EXPECT_EQ(Market(1, 0.3, 2).measure().words, "direction, not volatility");
  EXPECT_EQ(Market(3, 0.5, 3).measure().words, "volatility and direction");
  EXPECT_EQ(Market(1, 0, 4).measure().words, "neither volatility nor direction");
}

TEST(RegimeSeparation, RaisesFalseAlarmsAboutAsOftenAsItSays) {
  // Volatility comes in runs that have nothing to do with the labels, which fools tests that shuffle rows.
  int alarms = 0;
  for (std::uint64_t key = 0; key < 60; ++key) {
    Market market(2, 0, key, 1000);
    const Market other(1, 0, 1000 + key, 1000);
    market.labels = other.labels;
    alarms += market.measure().separates_volatility ? 1 : 0;
  }
  EXPECT_LE(alarms, 8);  // at most 3 expected
}

TEST(RegimeSeparation, IsNotFooledByInstrumentsThatMoveTogether) {
  // Ten instruments are not ten times the evidence: shifts of each by its own number find separation in most
  // of these.
  int volatility = 0, direction = 0;
  for (std::uint64_t key = 0; key < 60; ++key) {
    const Separation separation = Panel(1, 2, key).measure();
    volatility += separation.separates_volatility ? 1 : 0;
    direction += separation.separates_direction ? 1 : 0;
  }
  EXPECT_LE(volatility, 6);  // at most 3 expected of each
  EXPECT_LE(direction, 6);
}

TEST(RegimeSeparation, FindsWhatDrivesAPanel) {
  EXPECT_EQ(Panel(2, 1, 1).measure().words, "volatility, not direction");
  EXPECT_TRUE(Panel(2, 1.5, 2).measure().separates_volatility);
}

TEST(RegimeSeparation, FindsItWhereNoTwoInstrumentsShareAStamp) {
  // As with closes in Tokyo and New York: half of all shifts lead from one's stamps to the other's.
  Panel panel(2, 1, 3, 1200, 2);
  for (auto n = static_cast<std::size_t>(panel.sequences[1].begin); n < panel.stamps.size(); ++n)
    panel.stamps[n] = 2 * panel.stamps[n] + 1;
  for (auto n = static_cast<std::size_t>(0); n < static_cast<std::size_t>(panel.sequences[0].end); ++n)
    panel.stamps[n] = 2 * panel.stamps[n];
  EXPECT_EQ(panel.measure().words, "volatility, not direction");
}

TEST(RegimeSeparation, FindsItInContractsThatFollowEachOther) {
  Market market(2, 0, 1);
  std::vector<TimestampNs> stamps;
  for (std::int64_t n = 0; n < 3000; ++n) stamps.push_back(n);
  market.sequences.clear();
  for (std::int64_t begin = 0; begin < 3000; begin += 500) market.sequences.push_back({begin, begin + 500});
  ThreadPool pool(1);
  const auto separation = measure_separation(market.labels, market.close, market.sequences,
                                             share_calendar(stamps, market.sequences), 2,
                                             std::vector<std::int64_t>{1}, 199, Rng(3), pool);
  EXPECT_TRUE(separation.separates_volatility);
}

// Eta squared of values with the labels of `shift` stamps later, row by row. Values without ties.
double plain_eta_squared(const Panel& panel, std::span<const double> values, const SharedCalendar& calendar,
                         std::int64_t shift) {
  std::vector<std::vector<double>> ranks(2);
  for (const IndexRange& sequence : panel.sequences) {
    for (std::int64_t n = sequence.begin; n < sequence.end; ++n) {
      const auto row = static_cast<std::size_t>(n);
      if (std::isnan(values[row])) continue;
      double below = 0, all = 0;
      std::int32_t label = -1;
      const std::int64_t place = (calendar.places[row] + shift) % calendar.size;
      const bool has_ended = place > calendar.places[static_cast<std::size_t>(sequence.end) - 1];
      for (auto m = static_cast<std::size_t>(sequence.begin); m < static_cast<std::size_t>(sequence.end);
           ++m) {
        all += std::isnan(values[m]) ? 0 : 1;
        below += values[m] < values[row] ? 1 : 0;
        if (calendar.places[m] <= place && !has_ended) label = panel.labels[m];
      }
      if (label >= 0) ranks[static_cast<std::size_t>(label)].push_back((below + 0.5) / all);
    }
  }
  const auto mean = [](const std::vector<double>& of) {
    return std::accumulate(of.begin(), of.end(), 0.0) / static_cast<double>(of.size());
  };
  std::vector<double> both = ranks[0];
  both.insert(both.end(), ranks[1].begin(), ranks[1].end());
  double between = 0, total = 0;
  for (const auto& group : ranks)
    between += static_cast<double>(group.size()) * std::pow(mean(group) - mean(both), 2);
  for (const double rank : both) total += std::pow(rank - mean(both), 2);
  return between / total;
}

TEST(RegimeSeparation, MovesAllInstrumentsByOneNumberOfStamps) {
  Panel panel(2, 1, 5, 120, 3);
  for (std::size_t n = 30; n < 45; ++n) panel.labels[n] = -1;
  const SharedCalendar calendar = share_calendar(panel.stamps, panel.sequences);
  RngStream noise(9);
  std::vector<double> values(panel.labels.size());
  noise.fill_normal(values);
  values[7] = std::nan("");
  ThreadPool pool(1);
  const auto test =
      test_separation(panel.labels, values, panel.sequences, calendar, 2, 99, Rng(1), "t", pool);
  EXPECT_NEAR(test->eta_squared, plain_eta_squared(panel, values, calendar, 0), 1e-12);
  double sum = 0;
  for (std::uint64_t b = 0; b < 99; ++b) {
    RngStream stream = Rng(1).stream("t", b);
    const auto choices = static_cast<std::uint64_t>(calendar.size - 1);
    sum += plain_eta_squared(panel, values, calendar, 1 + static_cast<std::int64_t>(stream.below(choices)));
  }
  EXPECT_NEAR(test->null_mean, sum / 99, 1e-12);
}

TEST(RegimeSeparation, SaysWhenThereWereTooFewDrawsToTell) {
  const Market market(3, 0.5, 3);
  ThreadPool pool(1);
  const std::vector<std::int64_t> horizons{1, 2, 3, 4, 5};
  const auto measure = [&](std::int64_t shifts) {
    return measure_separation(market.labels, market.close, market.sequences,
                              share_calendar({}, market.sequences), 2, horizons, shifts, Rng(3), pool);
  };
  const Separation few = measure(99);
  EXPECT_EQ(few.words, "nothing can be said: 99 draws are too few to tell over 5 horizons, which takes 100");
  EXPECT_FALSE(few.separates_volatility);
  EXPECT_EQ(measure(fewest_shifts(5)).words, "volatility and direction");
}

TEST(RegimeSeparation, SaysWhenRegimesAreInstruments) {
  Market market(3, 0, 4);
  for (std::size_t row = 0; row < market.labels.size(); ++row) market.labels[row] = row < 1500 ? 0 : 1;
  market.sequences = {{0, 1500}, {1500, 3000}};
  EXPECT_EQ(market.measure().words, "nothing can be said: no instrument ever changes its regime");
}

TEST(RegimeSeparation, SaysWhenThereAreTooFewStampsToTell) {
  EXPECT_EQ(Market(1, 0, 4, 30).measure().words,
            "nothing can be said: 30 stamps are too few to tell over 2 horizons, which takes 41");
}

TEST(RegimeSeparation, MeasuresTheShareOfRankVarianceBetweenRegimes) {
  // Ranks of 0 are 1, 2 and of 1 are 3, 4: between 4, within 1; with ties all are equal.
  ThreadPool pool(1);
  const Labels labels{0, 0, 1, 1};
  const std::vector<IndexRange> one{{0, 4}};
  const SharedCalendar calendar = share_calendar({}, one);
  const auto test =
      test_separation(labels, std::vector<double>{1, 2, 30, 400}, one, calendar, 2, 99, Rng(1), "t", pool);
  ASSERT_TRUE(test.has_value());
  EXPECT_DOUBLE_EQ(test->eta_squared, 0.8);
  EXPECT_EQ(test->count, 4);
  const auto flat =
      test_separation(labels, std::vector<double>(4, 7.0), one, calendar, 2, 99, Rng(1), "t", pool);
  EXPECT_EQ(flat->eta_squared, 0);
  EXPECT_EQ(flat->p_value, 1);
}

TEST(RegimeSeparation, IsNotImpressedByALivelierInstrument) {
  // Each regime has an instrument of its own, one a hundred times as volatile: ranks are taken within each.
  RngStream stream(8);
  Labels labels;
  std::vector<double> values;
  for (int n = 0; n < 400; ++n) {
    labels.push_back(n < 200 ? 0 : 1);
    values.push_back((n < 200 ? 1 : 100) * std::abs(stream.normal()));
  }
  ThreadPool pool(1);
  const std::vector<IndexRange> two{{0, 200}, {200, 400}};
  const auto test = test_separation(labels, values, two, share_calendar({}, two), 2, 99, Rng(1), "t", pool);
  EXPECT_NEAR(test->eta_squared, 0, 1e-12);
}

TEST(RegimeSeparation, SaysWhenThereIsNothingToCompare) {
  ThreadPool pool(1);
  const std::vector<IndexRange> one{{0, 3}};
  const SharedCalendar calendar = share_calendar({}, one);
  const std::vector<double> values{1, 2, 3};
  EXPECT_FALSE(
      test_separation(Labels{0, 0, -1}, values, one, calendar, 1, 99, Rng(1), "t", pool).has_value());
  const Separation separation = measure_separation(Labels{0, 0, 0}, values, one, calendar, 1,
                                                   std::vector<std::int64_t>{1}, 99, Rng(1), pool);
  EXPECT_EQ(separation.words, "nothing can be said: fewer than two regimes have prices after them");
}

TEST(RegimeSeparation, HasTheSameBitsForAnyThreadCount) {
  const Panel panel(1.1, 2, 1);
  const Separation one = panel.measure(1), three = panel.measure(3);
  EXPECT_EQ(one.horizons[1].absolute->p_value, three.horizons[1].absolute->p_value);
  EXPECT_EQ(one.horizons[1].absolute->null_mean, three.horizons[1].absolute->null_mean);
}

}  // namespace
}  // namespace regimetry::regimes
