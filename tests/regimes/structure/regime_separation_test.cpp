#include "regimes/structure/regime_separation.hpp"

#include <gtest/gtest.h>

#include <cmath>
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
    return measure_separation(labels, close, sequences, 2, std::vector<std::int64_t>{1, 5}, 199, Rng(3),
                              pool);
  }
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

TEST(RegimeSeparation, MeasuresTheShareOfRankVarianceBetweenRegimes) {
  // Ranks of 0 are 1, 2 and of 1 are 3, 4: between 4, within 1; with ties all are equal.
  ThreadPool pool(1);
  const Labels labels{0, 0, 1, 1};
  const std::vector<IndexRange> one{{0, 4}};
  const auto test =
      test_separation(labels, std::vector<double>{1, 2, 30, 400}, one, 2, 99, Rng(1), "t", pool);
  ASSERT_TRUE(test.has_value());
  EXPECT_DOUBLE_EQ(test->eta_squared, 0.8);
  EXPECT_EQ(test->count, 4);
  const auto flat = test_separation(labels, std::vector<double>(4, 7.0), one, 2, 99, Rng(1), "t", pool);
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
  const auto test = test_separation(labels, values, std::vector<IndexRange>{{0, 200}, {200, 400}}, 2, 99,
                                    Rng(1), "t", pool);
  EXPECT_NEAR(test->eta_squared, 0, 1e-12);
}

TEST(RegimeSeparation, SaysWhenThereIsNothingToCompare) {
  ThreadPool pool(1);
  const std::vector<IndexRange> one{{0, 3}};
  EXPECT_FALSE(test_separation(Labels{0, 0, -1}, std::vector<double>{1, 2, 3}, one, 1, 99, Rng(1), "t", pool)
                   .has_value());
  const Separation separation = measure_separation(Labels{0, 0, 0}, std::vector<double>{1, 2, 3}, one, 1,
                                                   std::vector<std::int64_t>{1}, 99, Rng(1), pool);
  EXPECT_EQ(separation.words, "nothing can be said: fewer than two regimes have prices after them");
}

TEST(RegimeSeparation, HasTheSameBitsForAnyThreadCount) {
  const Market market(2, 0, 1);
  const Separation one = market.measure(1), three = market.measure(3);
  EXPECT_EQ(one.horizons[1].absolute->p_value, three.horizons[1].absolute->p_value);
  EXPECT_EQ(one.horizons[1].absolute->null_mean, three.horizons[1].absolute->null_mean);
}

}  // namespace
}  // namespace regimetry::regimes
