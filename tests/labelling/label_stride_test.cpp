#include "labelling/label_stride.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::labelling {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LabelledTable table_of(std::vector<std::int32_t> labels, std::vector<IndexRange> sequences) {
  LabelledTable table;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    table.timestamps.push_back(static_cast<TimestampNs>(row));
    table.close.push_back(static_cast<double>(row));
  }
  table.labels = std::move(labels);
  table.sequences = std::move(sequences);
  return table;
}

TEST(LabelStride, IsTheFewestRowsBetweenTwoLabelsOfAnInstrument) {
  EXPECT_EQ(label_stride_of(table_of({0, 1, -1, 1}, {{0, 4}})), 1);
  EXPECT_EQ(label_stride_of(table_of({-1, 0, -1, -1, 1, -1, -1, -1, -1, 0}, {{0, 10}})), 3);
  EXPECT_EQ(label_stride_of(table_of({-1, 0, 1, -1}, {{0, 2}, {2, 4}})), 0)
      << "neighbours of two instruments";
  EXPECT_EQ(label_stride_of(table_of({-1, 0, -1}, {{0, 3}})), 0) << "one label";
  EXPECT_EQ(label_stride_of(table_of({}, {})), 0);
}

TEST(LabelStride, LeavesLabelledRowsOnlyAndOneBlankRowForAGap) {
  LabelledTable table = table_of({-1, 0, -1, 1, -1, -1, 2, -1, 3, -1}, {{0, 10}});
  keep_labelled_rows(table, 2);
  EXPECT_THAT(table.labels, ElementsAre(0, 1, -1, 2, 3));
  EXPECT_THAT(table.timestamps, ElementsAre(1, 3, 5, 6, 8));
  EXPECT_THAT(table.close, ElementsAre(1, 3, 5, 6, 8));
  EXPECT_EQ(table.sequences.front().end, 5);
}

TEST(LabelStride, KeepsInstrumentsApart) {
  LabelledTable table = table_of({0, -1, 1, -1, -1, 0, -1, 0, -1, -1}, {{0, 4}, {4, 8}, {8, 10}});
  table.symbols = {"A", "B", "C"};
  table.close.clear();
  keep_labelled_rows(table, 2);
  EXPECT_THAT(table.labels, ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(table.close, IsEmpty());
  ASSERT_EQ(table.sequences.size(), 2U);
  EXPECT_EQ(table.sequences[0].end, 2);
  EXPECT_EQ(table.sequences[1].begin, 2);
  EXPECT_EQ(table.sequences[1].end, 4);
  EXPECT_THAT(table.symbols, ElementsAre("A", "B"));
}

TEST(LabelStride, OfOneDropsTheEndsOnly) {
  LabelledTable table = table_of({-1, -1, 0, -1, 0, 0, -1}, {{0, 7}});
  keep_labelled_rows(table, label_stride_of(table));
  EXPECT_THAT(table.labels, ElementsAre(0, -1, 0, 0));
  EXPECT_THAT(table.timestamps, ElementsAre(2, 3, 4, 5));
}

TEST(LabelStride, LeavesATableWithoutLabelsWhole) {
  LabelledTable table = table_of({-1, -1}, {{0, 2}});
  keep_labelled_rows(table, label_stride_of(table));
  EXPECT_THAT(table.labels, ElementsAre(-1, -1));
}

}  // namespace
}  // namespace regimetry::labelling
