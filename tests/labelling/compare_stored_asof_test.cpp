#include "labelling/compare_stored_asof.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "labelling/source_table.hpp"

namespace regimetry::labelling {
namespace {

using regimes::kNoRegime;
using Labels = std::vector<std::int32_t>;

// Two instruments of four daily rows each, and a file with their labels.
class CompareStoredAsofTest : public testing::Test {
 protected:
  CompareStoredAsofTest() {
    placed_.source.values.setZero(8, 1);
    placed_.source.instruments = {{"AAA", {kNsPerDay, 0}, 252, {0, 4}}, {"BBB", {kNsPerDay, 0}, 252, {4, 8}}};
    for (std::int64_t row = 0; row < 8; ++row) placed_.source.timestamps.push_back(row % 4 * kNsPerDay);
    placed_.table = source_table(placed_.source);
    placed_.places = own_places(placed_.source);
    file_.labels = made_;
    file_.timestamps = placed_.source.timestamps;
    file_.sequences = {{0, 4}, {4, 8}};
    file_.symbols = {"AAA", "BBB"};
  }
  [[nodiscard]] StoredAsofComparison compare() const { return compare_stored_asof(file_, placed_, made_); }

  Labels made_{kNoRegime, 0, 0, 1, kNoRegime, 1, 1, 2};
  PlacedSource placed_;
  LabelledTable file_;
};

TEST_F(CompareStoredAsofTest, FindsTheSameLabelsTheSame) {
  EXPECT_EQ(compare().compared_rows, 6);
  EXPECT_EQ(compare().stored_labels, 6);
  EXPECT_EQ(compare().differing_rows, 0);
}

TEST_F(CompareStoredAsofTest, LooksThroughARenaming) {
  for (std::int32_t& label : file_.labels)
    if (label >= 0) label = Labels{7, 0, 1}[static_cast<std::size_t>(label)];
  EXPECT_EQ(compare().differing_rows, 0);
  file_.labels[7] = 0;  // two labels under one number are no renaming
  EXPECT_EQ(compare().differing_rows, 1);
}

TEST_F(CompareStoredAsofTest, NamesTheEarliestRowThatDiffers) {
  file_.labels[3] = 0;
  file_.labels[5] = kNoRegime;
  const StoredAsofComparison found = compare();
  EXPECT_EQ(found.differing_rows, 2);
  EXPECT_EQ(found.symbol, "BBB");
  EXPECT_EQ(found.stamp, kNsPerDay);
  EXPECT_EQ(found.stored, kNoRegime);
  EXPECT_EQ(found.made, 1);
}

TEST_F(CompareStoredAsofTest, TakesALabelWithoutARowForADifference) {
  file_.labels[0] = 2;
  EXPECT_EQ(compare().differing_rows, 1);
  EXPECT_EQ(compare().made, kNoRegime);
}

TEST_F(CompareStoredAsofTest, LeavesOutRowsBeyondTheFile) {
  file_.labels = {kNoRegime, 5};
  file_.timestamps = {0, kNsPerDay};
  file_.sequences = {{0, 2}};
  file_.symbols = {"AAA"};
  EXPECT_EQ(compare().compared_rows, 1);
  EXPECT_EQ(compare().differing_rows, 0);
}

TEST_F(CompareStoredAsofTest, ComparesNothingWhereNoRowMeets) {
  for (TimestampNs& stamp : file_.timestamps) stamp += 100 * kNsPerDay;
  file_.labels.assign(8, kNoRegime);
  EXPECT_EQ(compare().compared_rows, 0);
}

}  // namespace
}  // namespace regimetry::labelling
