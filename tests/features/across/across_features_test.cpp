// Instruments against each other, compared with loops over stamps written from the definitions.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "features/compute_features.hpp"
#include "features/support/made_bars.hpp"

namespace regimetry::features {
namespace {

using testing::made_bars;

// Five instruments; the third begins late, the fourth misses every fifth day.
market::MarketData panel() {
  market::MarketData data;
  for (std::uint64_t i = 0; i < 5; ++i) {
    market::Bars bars = made_bars(200, 40 + i);
    bars.symbol = std::string(1, static_cast<char>('A' + i));
    bars.timeframe = market::Timeframe::parse("1d").value();
    std::vector<std::int64_t> kept;
    for (std::int64_t row = i == 2 ? 50 : 0; row < 200; ++row) {
      if (i != 3 || row % 5 != 0) kept.push_back(row);
    }
    data.instruments.push_back(market::take_rows(bars, kept));
  }
  return data;
}

FeatureData compute(const market::MarketData& data, const std::string& features,
                    std::map<std::string, std::string> sectors = {}) {
  FeatureSpecification specification;
  specification.features = {features};
  ThreadPool pool(2);
  return compute_features(data, FeatureSet(specification), {.sector_of_symbol = std::move(sectors)}, pool,
                          silent_observer());
}

// Log returns over n bars of every instrument, by stamp.
std::map<TimestampNs, std::map<std::size_t, double>> returns_at(const market::MarketData& data,
                                                                std::size_t n) {
  std::map<TimestampNs, std::map<std::size_t, double>> at;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    const market::Bars& bars = data.instruments[i];
    for (std::size_t row = n; row < bars.close.size(); ++row)
      at[bars.timestamps[row]][i] = std::log(bars.close[row] / bars.close[row - n]);
  }
  return at;
}

double mean_of(const std::map<std::size_t, double>& values) {
  double sum = 0;
  for (const auto& [i, value] : values) sum += value;
  return sum / static_cast<double>(values.size());
}

TEST(AcrossFeatures, RankIsTheShareOfOthersBelow) {
  const market::MarketData data = panel();
  const FeatureData result = compute(data, "return_rank(3)");
  auto at = returns_at(data, 3);
  for (std::size_t i = 0; i < 5; ++i) {
    const FeatureTable& table = result.instruments[i];
    for (Eigen::Index row = 3; row < table.values.rows(); ++row) {
      const auto& here = at[table.timestamps[static_cast<std::size_t>(row)]];
      int below = 0;
      for (const auto& [other, value] : here) below += value < here.at(i) ? 1 : 0;
      const double expected = here.size() == 1 ? 0.5 : below / static_cast<double>(here.size() - 1);
      ASSERT_NEAR(table.values(row, 0), expected, 1e-6) << i << " " << row;
    }
  }
}

TEST(AcrossFeatures, TiesCountHalf) {
  market::MarketData data = panel();
  for (auto& bars : data.instruments) bars.close.assign(bars.close.size(), 100.0);
  EXPECT_EQ(compute(data, "return_rank(1)").instruments[0].values(100, 0), 0.5F);
}

TEST(AcrossFeatures, BetaAndCorrelationAreThoseOfTheMarketMean) {
  const market::MarketData data = panel();
  const FeatureData result =
      compute(data, "market_beta(20), market_correlation(20), market_relative_return(1)");
  auto at = returns_at(data, 1);
  for (std::size_t i = 0; i < 5; ++i) {
    const FeatureTable& table = result.instruments[i];
    for (Eigen::Index row = 20; row < table.values.rows(); ++row) {
      double own = 0, market = 0, own2 = 0, market2 = 0, both = 0;
      for (Eigen::Index k = row - 19; k <= row; ++k) {
        const auto& here = at[table.timestamps[static_cast<std::size_t>(k)]];
        const double x = here.at(i), y = mean_of(here);
        own += x, market += y, own2 += x * x, market2 += y * y, both += x * y;
      }
      const double covariance = both / 20 - own / 20 * market / 20;
      const double own_variance = own2 / 20 - own * own / 400,
                   market_variance = market2 / 20 - market * market / 400;
      ASSERT_NEAR(table.values(row, 0), covariance / market_variance, 1e-5);
      ASSERT_NEAR(table.values(row, 1), covariance / std::sqrt(own_variance * market_variance), 1e-5);
      const auto& here = at[table.timestamps[static_cast<std::size_t>(row)]];
      ASSERT_NEAR(table.values(row, 2), here.at(i) - mean_of(here), 1e-7);
    }
  }
}

TEST(AcrossFeatures, SectorsAreTakenFromTheListAndFromTheColumn) {
  market::MarketData data = panel();
  market::Bars& last = data.instruments[4];
  last.extras = {{"Sector",
                  market::ColumnKind::kCategory,
                  {},
                  std::vector<std::int32_t>(last.close.size(), 0),
                  {"tech"},
                  {}}};
  const FeatureData result = compute(data, "sector_relative_return(1)", {{"A", "tech"}, {"B", "energy"}});
  auto at = returns_at(data, 1);
  const FeatureTable& table = result.instruments[0];
  const auto& here = at[table.timestamps[120]];
  EXPECT_NEAR(table.values(120, 0), here.at(0) - (here.at(0) + here.at(4)) / 2, 1e-7);
  EXPECT_EQ(result.instruments[1].values(120, 0), 0.0F);  // alone in its sector
}

// The third says nothing for ten bars; the first moves from tech to energy at its bar 90, the fifth says its
// word once.
market::MarketData panel_with_changing_sectors() {
  market::MarketData data = panel();
  const std::vector<std::string> words{"tech", "energy"};
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    market::Bars& bars = data.instruments[i];
    std::vector<std::int32_t> codes(bars.close.size(), static_cast<std::int32_t>(i % 2));
    if (i == 2) std::fill_n(codes.begin(), 10, market::kMissingCode);
    if (i == 0) std::fill(codes.begin() + 90, codes.end(), 1);
    if (i == 4) std::fill(codes.begin() + 1, codes.end(), market::kMissingCode);
    bars.extras = {{"sector", market::ColumnKind::kCategory, {}, codes, words, {}}};
  }
  return data;
}

TEST(AcrossFeatures, ASectorIsTheOneKnownAtTheBar) {
  const market::MarketData data = panel_with_changing_sectors();
  const FeatureData result = compute(data, "sector_relative_return(1)");
  auto at = returns_at(data, 1);
  const FeatureTable& first = result.instruments[0];
  const auto& before = at[first.timestamps[89]];  // in tech with the third and the fifth
  EXPECT_NEAR(first.values(89, 0), before.at(0) - (before.at(0) + before.at(2) + before.at(4)) / 3, 1e-7);
  const auto& after = at[first.timestamps[91]];  // in energy with the second and the fourth
  EXPECT_NEAR(first.values(91, 0), after.at(0) - (after.at(0) + after.at(1) + after.at(3)) / 3, 1e-7);
  EXPECT_TRUE(std::isnan(result.instruments[2].values(9, 0)));
  EXPECT_FALSE(std::isnan(result.instruments[2].values(10, 0)));
}

TEST(AcrossFeatures, ALaterSectorChangesNothingBefore) {
  const market::MarketData data = panel_with_changing_sectors();
  const FeatureData whole = compute(data, "sector_relative_return(1)");
  for (const std::int64_t count : {5, 40, 55, 62, 91, 120}) {
    market::MarketData prefix;
    for (const market::Bars& bars : data.instruments) {
      std::vector<std::int64_t> rows;
      for (std::int64_t row = 0; row < bars.size(); ++row) {
        if (bars.timestamps[static_cast<std::size_t>(row)] <=
            data.instruments[0].timestamps[static_cast<std::size_t>(count)])
          rows.push_back(row);
      }
      prefix.instruments.push_back(market::take_rows(bars, rows));
    }
    const FeatureData part = compute(prefix, "sector_relative_return(1)");
    for (std::size_t i = 0; i < part.instruments.size(); ++i) {
      const auto rows = static_cast<Eigen::Index>(prefix.instruments[i].size());
      for (Eigen::Index row = 0; row < rows; ++row) {
        const float expected = whole.instruments[i].values(row, 0),
                    actual = part.instruments[i].values(row, 0);
        ASSERT_TRUE(expected == actual || (std::isnan(expected) && std::isnan(actual))) << i << " " << row;
      }
    }
  }
}

TEST(AcrossFeatures, WithoutASectorThereIsNoComparisonWithinOne) {
  const FeatureData result =
      compute(panel(), "sector_relative_return(1), return_rank(1)", {{"A", "tech"}, {"B", "tech"}});
  EXPECT_FALSE(std::isnan(result.instruments[0].values(100, 0)));
  EXPECT_TRUE(std::isnan(result.instruments[3].values(100, 0)));
  EXPECT_FALSE(std::isnan(result.instruments[3].values(100, 1)));
}

TEST(AcrossFeatures, InstrumentsOfOtherTimeframesAreAnotherMarket) {
  market::MarketData data = panel();
  data.instruments[1].timeframe = market::Timeframe::parse("1h").value();
  EXPECT_EQ(compute(data, "return_rank(1)").instruments[1].values(100, 0), 0.5F);
}

TEST(AcrossFeatures, ALaterBarOfAnotherInstrumentChangesNothingBefore) {
  market::MarketData data = panel();
  const FeatureData before = compute(data, "return_rank(5), market_beta(20)");
  data.instruments[1].close[150] *= 3;
  const FeatureData after = compute(data, "return_rank(5), market_beta(20)");
  for (Eigen::Index row = 25; row < 150; ++row) {
    ASSERT_EQ(before.instruments[0].values(row, 0), after.instruments[0].values(row, 0));
    ASSERT_EQ(before.instruments[0].values(row, 1), after.instruments[0].values(row, 1));
  }
  EXPECT_NE(before.instruments[0].values(150, 1), after.instruments[0].values(150, 1));
}

}  // namespace
}  // namespace regimetry::features
