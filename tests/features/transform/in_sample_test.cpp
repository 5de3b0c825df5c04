#include "features/transform/in_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TimestampNs at(const char* text) {
  return parse_iso_timestamp(text).value();
}

RawInstrument rows_at(const std::string& symbol, const market::Timeframe& timeframe,
                      const std::vector<const char*>& stamps) {
  RawInstrument instrument;
  instrument.symbol = symbol;
  instrument.timeframe = timeframe;
  for (const char* text : stamps) instrument.timestamps.push_back(at(text));
  instrument.columns = {number_column("x", std::vector<double>(stamps.size(), 1))};
  return instrument;
}

constexpr market::Timeframe kHour{kNsPerHour, 0}, kDay{kNsPerDay, 0}, kMonth{0, 1};

FittedRange known(const char* text) {
  return {at("2010-01-01"), at("2019-12-01"), at(text), 7};
}

// A scaler that was fitted on the December bar of one symbol has seen prices up to the 31st.
TEST(InSample, IsEveryRowWhoseBarWasOverWhenTheLastTrainingBarWas) {
  const RawFeatures raw = raw_features({rows_at("D", kDay, {"2019-12-02", "2019-12-31", "2020-01-01"}),
                                        rows_at("M", kMonth, {"2019-12-01", "2020-01-01"})});
  const InSample found = find_in_sample(input_table(raw), known("2019-12-31T23:59:59.999999999"));
  EXPECT_EQ(found.count, 3);
  EXPECT_EQ(found.first, at("2019-12-01"));
  EXPECT_EQ(found.last, at("2019-12-31"));
  EXPECT_EQ(found.symbol, "D");
  EXPECT_EQ(found.next_clean, at("2020-01-01"));
}

TEST(InSample, IsNotABarThatWasStillGoingOn) {
  const RawFeatures raw = raw_features(
      {rows_at("H", kHour, {"2019-12-14T23:00", "2019-12-15T00:00"}), rows_at("M", kMonth, {"2019-12-01"})});
  const InSample found = find_in_sample(input_table(raw), known("2019-12-14T23:59:59.999999999"));
  EXPECT_EQ(found.count, 1);
  EXPECT_EQ(found.symbol, "H");
  // From here on no row is in the sample; the monthly row would be clean, but its stamp is not the first.
  EXPECT_EQ(found.next_clean, at("2019-12-15T00:00"));
}

TEST(InSample, TakesStampsForEndsWhereTheMetadataSaysSo) {
  RawFeatures raw = raw_features({rows_at("M", kMonth, {"2019-12-31", "2020-01-31"})});
  raw.metadata = {{"instruments", {{{"symbol", "M"}, {"stamp", "end"}}}}};
  EXPECT_EQ(find_in_sample(input_table(raw), known("2019-12-31")).count, 1);
}

TEST(InSample, OfAnUnknownTimeframeIsJudgedByTheLongestOfTheOthers) {
  const RawFeatures raw =
      raw_features({rows_at("A", {}, {"2019-12-01"}), rows_at("M", kMonth, {"2019-12-01"})});
  EXPECT_EQ(find_in_sample(input_table(raw), known("2019-12-15")).count, 0);
}

TEST(InSample, IsRefusedWithTheMomentThatDecides) {
  const RawFeatures raw = raw_features({rows_at("D", kDay, {"2019-12-02", "2020-01-01"})});
  const FittedRange range = known("2019-12-31T23:59:59.999999999");
  const InputTable table = input_table(raw);
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { refuse_in_sample(table, find_in_sample(table, range), range); }),
      AllOf(HasSubstr("1 of 2 rows"), HasSubstr("was over at 2019-12-31T23:59:59.999999999Z"),
            HasSubstr("--from 2020-01-01T00:00:00Z")));
}

}  // namespace
}  // namespace regimetry::features
