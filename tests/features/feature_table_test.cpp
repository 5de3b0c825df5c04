#include "features/feature_table.hpp"

#include <gtest/gtest.h>

namespace regimetry::features {
namespace {

TEST(FeatureData, CountsTheRowsOfAllInstruments) {
  FeatureData data;
  EXPECT_EQ(data.row_count(), 0);
  data.instruments.resize(2);
  data.instruments[0].values.resize(3, 2);
  data.instruments[1].values.resize(5, 2);
  EXPECT_EQ(data.row_count(), 8);
}

}  // namespace
}  // namespace regimetry::features
