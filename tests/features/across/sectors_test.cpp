#include "features/across/sectors.hpp"

#include <gtest/gtest.h>

#include <array>

#include "features/support/made_bars.hpp"

namespace regimetry::features {
namespace {

constexpr std::int32_t kGap = market::kMissingCode;

market::Bars bars_of(const std::string& symbol, const std::vector<std::int32_t>& codes = {},
                     const std::vector<std::string>& words = {}) {
  market::Bars bars = testing::made_bars(4, 1, {.symbol = symbol});
  if (!codes.empty()) bars.extras.push_back({"Sector", market::ColumnKind::kCategory, {}, codes, words, {}});
  return bars;
}

market::MarketData market_of(std::vector<market::Bars> instruments) {
  market::MarketData data;
  data.instruments = std::move(instruments);
  return data;
}

TEST(Sectors, AreEqualWhereTheWordsAre) {
  const Sectors sectors(market_of({bars_of("A"), bars_of("B", {0, 0, 0, 0}, {"tech"}), bars_of("C")}),
                        {{"A", "tech"}, {"C", "energy"}});
  EXPECT_EQ(sectors.at(0, 0), sectors.at(1, 0));
  EXPECT_NE(sectors.at(0, 0), sectors.at(2, 0));
  EXPECT_NE(sectors.at(2, 0), kNoSector);
}

TEST(Sectors, AWordHoldsFromItsBarOnAndForNoneBefore) {
  const market::MarketData data =
      market_of({bars_of("A", {kGap, 1, kGap, 0}, {"energy", "tech"}), bars_of("T"), bars_of("E")});
  const Sectors sectors(data, {{"T", "tech"}, {"E", "energy"}});
  EXPECT_EQ(sectors.at(0, 0), kNoSector);
  EXPECT_EQ(sectors.at(0, 1), sectors.at(1, 1));
  EXPECT_EQ(sectors.at(0, 2), sectors.at(1, 2));
  EXPECT_EQ(sectors.at(0, 3), sectors.at(2, 3));
  EXPECT_EQ(sectors.last_word(0), "energy");
}

TEST(Sectors, BeginWithWhatWasKnownBefore) {
  const std::array<std::string, 2> before{"tech", "tech"};
  const Sectors sectors(market_of({bars_of("A", {kGap, kGap, 0, 0}, {"energy"}), bars_of("B")}), {}, before);
  EXPECT_EQ(sectors.at(0, 1), sectors.at(1, 1));
  EXPECT_NE(sectors.at(0, 2), sectors.at(1, 2));
  EXPECT_EQ(sectors.last_word(0), "energy");
  EXPECT_EQ(sectors.last_word(1), "tech");
}

TEST(Sectors, TheListOutrulesTheColumn) {
  const Sectors sectors(market_of({bars_of("A", {0, 0, 0, 0}, {"tech"}), bars_of("B")}),
                        {{"A", "energy"}, {"B", "energy"}});
  EXPECT_EQ(sectors.at(0, 3), sectors.at(1, 3));
  EXPECT_EQ(sectors.last_word(0), "energy");
}

TEST(Sectors, NoneIsNoSector) {
  const market::MarketData data = market_of({bars_of("A"), bars_of("B", {kGap, kGap, kGap, kGap}, {})});
  const Sectors sectors(data, {});
  EXPECT_EQ(sectors.at(0, 2), kNoSector);
  EXPECT_EQ(sectors.at(1, 2), kNoSector);
  EXPECT_EQ(sectors.last_word(1), "");
  EXPECT_FALSE(has_sector_column(data.instruments[0]));
  EXPECT_TRUE(has_sector_column(data.instruments[1]));
}

}  // namespace
}  // namespace regimetry::features
