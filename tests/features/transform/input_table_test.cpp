#include "features/transform/input_table.hpp"

#include <gmock/gmock.h>

#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

TEST(InputTable, ViewsARawTable) {
  const RawFeatures raw = random_raw(2, 5, 1);
  const InputTable table = input_table(raw);
  EXPECT_EQ(table.row_count(), 10);
  ASSERT_EQ(table.columns.size(), 4U);
  EXPECT_EQ(table.find("mood")->kind, market::ColumnKind::kCategory);
  EXPECT_EQ(table.find("Mood"), nullptr);
  expect_same(copy_column(table.columns[1], table.segments[1].views[1], 5), raw.instruments[1].columns[1]);
  expect_same(copy_column(table.columns[3], table.segments[1].views[3], 5), raw.instruments[1].columns[3]);
}

TEST(InputTable, ViewsTheMatrixAndTheCommonExtrasOfFeatures) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1), random_features("B", 2, 2, 2)};
  data.instruments[0].extras = {number_column("own", {1, 2, 3}), number_column("close", {4, 5, 6})};
  data.instruments[1].extras = {number_column("close", {7, 8})};
  const InputTable table = input_table(data, "here");
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[2].name, "close");
  EXPECT_EQ(number_at(table.segments[1].views[2], 1), 8);
  for (Eigen::Index row = 0; row < 3; ++row) {
    const double expected = static_cast<double>(data.instruments[0].values(row, 1));
    EXPECT_EQ(
        bits_of(std::vector<double>{number_at(table.segments[0].views[1], static_cast<std::size_t>(row))}),
        bits_of(std::vector<double>{expected}));
  }
}

TEST(InputTable, CutsOutTheRowsBetweenStampsEndsIncluded) {
  const RawFeatures raw = random_raw(2, 10, 1);
  const InputTable cut = rows_between(input_table(raw), kFirstDay + 2 * kNsPerDay, kFirstDay + 4 * kNsPerDay);
  EXPECT_EQ(cut.row_count(), 6);
  EXPECT_EQ(cut.segments[0].timestamps.front(), kFirstDay + 2 * kNsPerDay);
  for (std::size_t c = 0; c < 4; ++c) {
    const market::Column part = copy_column(cut.columns[c], cut.segments[1].views[c], 3);
    const market::Column& whole = raw.instruments[1].columns[c];
    EXPECT_EQ(bits_of(part.numbers),
              bits_of(whole.numbers.empty()
                          ? std::vector<double>()
                          : std::vector<double>(whole.numbers.begin() + 2, whole.numbers.begin() + 5)));
  }
  EXPECT_EQ(rows_between(input_table(raw), std::nullopt, kFirstDay - 1).segments.size(), 0U);
  EXPECT_EQ(rows_between(input_table(raw), std::nullopt, std::nullopt).row_count(), 20);
}

}  // namespace
}  // namespace regimetry::features
