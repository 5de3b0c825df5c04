#include "features/audit/compare_past.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

struct Fixture {
  market::MarketData data = market_of({daily_walk(50, 1, "A"), daily_walk(50, 2, "B")});
  FeatureData reference;
  std::vector<BarClock> clocks = clocks_of(data);

  Fixture() {
    for (const market::Bars& bars : data.instruments)
      reference.instruments.push_back(table_of(bars, {{"close", bars.close}, {"volume", bars.volume}}));
  }
  [[nodiscard]] TimestampNs end_of_row(std::size_t row) const {
    return data.instruments[0].timestamps[row] + kNsPerDay;
  }
  [[nodiscard]] PastComparison compare(const FeatureData& other, std::size_t row) const {
    return compare_past(reference, other, clocks, end_of_row(row));
  }
};

TEST(ComparePast, EqualPastsAreEqualWhateverFollows) {
  const Fixture fixture;
  FeatureData other = fixture.reference;
  other.instruments[0].values.bottomRows(19).setConstant(7);
  other.instruments[0].values(3, 0) = fixture.reference.instruments[0].values(3, 0);
  const PastComparison result = fixture.compare(other, 30);
  EXPECT_TRUE(result.values.empty());
  EXPECT_TRUE(result.shapes.empty());
  EXPECT_EQ(result.values_compared, 2 * 31 * 2);
}

TEST(ComparePast, MissingEqualsMissingAndNothingElse) {
  Fixture fixture;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  fixture.reference.instruments[0].values(4, 0) = nan;
  FeatureData other = fixture.reference;
  other.instruments[0].values(4, 0) = -nan;
  EXPECT_TRUE(fixture.compare(other, 30).values.empty());
  other.instruments[0].values(4, 0) = 0;
  EXPECT_EQ(fixture.compare(other, 30).values.size(), 1U);
}

TEST(ComparePast, NamesFirstAndWorstRowOfEachColumn) {
  const Fixture fixture;
  FeatureData other = fixture.reference;
  MatrixF& values = other.instruments[1].values;
  values(10, 1) += 1, values(20, 1) += 50, values(31, 1) += 1000;
  const PastComparison result = fixture.compare(other, 30);
  ASSERT_EQ(result.values.size(), 1U);
  const PastChange& change = result.values.front();
  EXPECT_EQ(change.instrument, 1U);
  EXPECT_EQ(change.feature, 1U);
  EXPECT_EQ(change.first_row, 10);
  EXPECT_EQ(change.rows_changed, 2) << "row 31 is not over at the cut";
  EXPECT_EQ(change.rows_compared, 31);
  EXPECT_EQ(change.before, fixture.reference.instruments[1].values(20, 1));
  EXPECT_EQ(change.after, values(20, 1));
  EXPECT_EQ(change.first_after, values(10, 1));
}

TEST(ComparePast, TheLastBitCounts) {
  const Fixture fixture;
  FeatureData other = fixture.reference;
  float& value = other.instruments[0].values(5, 0);
  value = std::nextafter(value, 1e9F);
  EXPECT_EQ(fixture.compare(other, 30).values.size(), 1U);
}

TEST(ComparePast, RowsThatComeOrGoAreNamed) {
  const Fixture fixture;
  FeatureData other = fixture.reference;
  FeatureTable& table = other.instruments[0];
  table.timestamps.erase(table.timestamps.begin() + 12);
  table.values = table.values.topRows(49).eval();
  const PastComparison result = fixture.compare(other, 30);
  ASSERT_EQ(result.shapes.size(), 1U);
  EXPECT_FALSE(result.shapes.front().is_names);
  EXPECT_EQ(result.shapes.front().stamp, fixture.data.instruments[0].timestamps[12]);
  other.instruments.erase(other.instruments.begin());
  EXPECT_THAT(fixture.compare(other, 30).shapes.front().words, testing::HasSubstr("absent"));
}

TEST(ComparePast, NamesThatComeOrGoAreNamed) {
  const Fixture fixture;
  FeatureData other = fixture.reference;
  other.instruments[0].names[1] = "turnover";
  const PastComparison result = fixture.compare(other, 30);
  ASSERT_EQ(result.shapes.size(), 1U);
  EXPECT_TRUE(result.shapes.front().is_names);
  EXPECT_THAT(result.shapes.front().words, testing::HasSubstr("'volume' is absent"));
}

}  // namespace
}  // namespace regimetry::features
