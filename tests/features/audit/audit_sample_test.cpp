#include "features/audit/audit_sample.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

market::MarketData many(int count, std::int64_t bars) {
  market::MarketData data;
  for (int k = 0; k < count; ++k) data.instruments.push_back(daily_walk(bars, 1, fmt::format("S{:03}", k)));
  return data;
}

TEST(AuditSample, SmallDataIsTakenWhole) {
  const AuditSample sample = sample_for_audit(many(3, 50), 150);
  EXPECT_EQ(sample.data.instruments.size(), 3U);
  EXPECT_EQ(sample.words, "3 instruments, 150 bars");
  EXPECT_FALSE(sample.is_shortened);
}

TEST(AuditSample, BigDataGivesInstrumentsFromAllOverTheList) {
  const AuditSample sample = sample_for_audit(many(100, 50), 500);
  ASSERT_EQ(sample.data.instruments.size(), 10U);
  EXPECT_EQ(sample.data.instruments.front().symbol, "S005");
  EXPECT_EQ(sample.data.instruments.back().symbol, "S095");
  EXPECT_EQ(sample.words, "10 of 100 instruments, evenly by symbol, 500 bars");
}

TEST(AuditSample, TwoInstrumentsStayWithTheirLastBars) {
  const AuditSample sample = sample_for_audit(many(5, 1000), 100);
  ASSERT_EQ(sample.data.instruments.size(), 2U);
  EXPECT_EQ(sample.data.bar_count(), 100);
  EXPECT_TRUE(sample.is_shortened);
  EXPECT_EQ(sample.data.instruments[0].timestamps.back(), daily_walk(1000, 1).timestamps.back());
  EXPECT_THAT(sample.words, testing::HasSubstr("2 of 5 instruments, evenly by symbol, the last 100 bars"));
}

TEST(AuditSample, InstrumentsWithoutBarsAreNotCounted) {
  market::MarketData data = many(2, 10);
  data.instruments.emplace_back();
  EXPECT_EQ(sample_for_audit(data, 1000).instruments_in_source, 2U);
}

TEST(AuditSample, StampsMustIncrease) {
  market::MarketData data = many(1, 10);
  require_increasing_stamps(data);
  data.instruments[0].timestamps[5] = data.instruments[0].timestamps[4];
  try {
    require_increasing_stamps(data);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_THAT(error.what(), testing::HasSubstr("S000"));
    EXPECT_THAT(error.what(), testing::HasSubstr("clean the data"));
  }
}

}  // namespace
}  // namespace regimetry::features
