#include "features/files/read_raw_features.hpp"

#include <gmock/gmock.h>

#include "core/temporary_folder.hpp"
#include "features/files/write_features.hpp"
#include "features/support/feature_samples.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;
using testing::ElementsAre;

class ReadRawFeatures : public testing::Test {
 protected:
  TemporaryFolder folder_;
  ThreadPool pool_{2};
};

TEST_F(ReadRawFeatures, KeepsKindsAndDoubles) {
  const auto path =
      folder_.write("t.csv",
                    "timestamp,symbol,level,up,mood\n2024-01-01,B,1.2345678901234567,true,calm\n"
                    "2024-01-01,A,2,false,wild\n2024-01-02,B,3,true,calm\n");
  const RawFeatures raw = read_raw_features(path, {}, pool_, silent_observer());
  EXPECT_FALSE(raw.features);
  EXPECT_EQ(raw.row_count(), 3);
  ASSERT_EQ(raw.instruments.size(), 2U);
  EXPECT_EQ(raw.instruments[1].symbol, "B");
  const auto& columns = raw.instruments[1].columns;
  ASSERT_EQ(columns.size(), 3U);
  expect_same(columns[0], number_column("level", {1.2345678901234567, 3}));
  expect_same(columns[1], number_column("up", {1, 1}, ColumnKind::kBoolean));
  expect_same(columns[2], word_column("mood", {"calm", "calm"}));
}

TEST_F(ReadRawFeatures, KnowsWhichColumnsWereFeatures) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  data.instruments[0].names = {"rsi", "time"};
  data.instruments[0].extras = {number_column("close", {1, 2, 3})};
  for (const char* name : {"x.parquet", "x.csv"}) {
    write_features(folder_ / name, data, pool_, silent_observer());
    const RawFeatures raw = read_raw_features(folder_ / name, {}, pool_, silent_observer());
    ASSERT_TRUE(raw.features) << name;
    EXPECT_THAT(*raw.features, ElementsAre("rsi", "time"));
    ASSERT_EQ(raw.instruments.at(0).columns.size(), 3U);
    EXPECT_EQ(raw.instruments[0].columns[1].name, "time");
    EXPECT_EQ(raw.instruments[0].timeframe.name(), "1d");
  }
}

TEST_F(ReadRawFeatures, ReadsMatrices) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  write_features(folder_ / "x.npy", data, pool_, silent_observer());
  const RawFeatures raw = read_raw_features(folder_ / "x.npy", {}, pool_, silent_observer());
  EXPECT_THAT(*raw.features, ElementsAre("feature_0", "feature_1"));
  const double value = raw.instruments.at(0).columns.at(1).numbers.at(2);
  EXPECT_EQ(bits_of(std::vector<double>{value}),
            bits_of(std::vector<double>{static_cast<double>(data.instruments[0].values(2, 1))}));
}

}  // namespace
}  // namespace regimetry::features
