#include "features/feature_summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::features {
namespace {

TEST(FeatureSummary, CountsOverAllInstruments) {
  FeatureData data;
  data.instruments.resize(2);
  const float missing = std::nanf("");
  data.instruments[0].values.resize(3, 2);
  data.instruments[0].values << 1, missing, 5, missing, missing, missing;
  data.instruments[1].values.resize(2, 2);
  data.instruments[1].values << 2, missing, 4, missing;
  ThreadPool pool(2);
  const std::vector<FeatureSummary> summaries = summarise(data, 2, pool);
  EXPECT_EQ(summaries[0].missing, 1);
  EXPECT_EQ(summaries[0].lowest, 1);
  EXPECT_EQ(summaries[0].highest, 5);
  EXPECT_EQ(summaries[0].median, 3);
  EXPECT_EQ(summaries[0].mean, 3);
  EXPECT_DOUBLE_EQ(summaries[0].deviation, std::sqrt(2.5));
  EXPECT_EQ(summaries[1].missing, 5);
  EXPECT_TRUE(std::isnan(summaries[1].median));
}

}  // namespace
}  // namespace regimetry::features
