#include "market/simulation/presets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Presets, AllAreUsable) {
  for (const Preset& preset : presets()) EXPECT_THAT(preset.parameters.problems(), IsEmpty()) << preset.name;
}

TEST(Presets, DailyTwoRegimesAreThePublishedOnes) {
  const RegimeParameters& p = find_preset("hardy2-daily").parameters;
  EXPECT_NEAR(p.means[0], 0.000615, 5e-7);
  EXPECT_NEAR(p.means[1], -0.000785, 5e-7);
  EXPECT_NEAR(p.sds[0], 0.00776, 5e-6);
  EXPECT_NEAR(p.sds[1], 0.01740, 5e-6);
  EXPECT_NEAR(p.transition_at(0, 0), 0.99788, 5e-6);
  EXPECT_NEAR(p.transition_at(1, 1), 0.98802, 5e-6);
}

TEST(Presets, WeeklyIsFiveDays) {
  const RegimeParameters& daily = find_preset("hardy3-daily").parameters;
  const RegimeParameters& weekly = find_preset("hardy3-weekly").parameters;
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(weekly.means[k], 5 * daily.means[k], 1e-15);
  // Two weeks' worth of two-step transitions: (P^5)(0,0) by hand over the days.
  std::vector<double> row{1, 0, 0};
  for (int day = 0; day < 5; ++day) {
    std::vector<double> next(3, 0.0);
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j)
        next[static_cast<std::size_t>(j)] += row[static_cast<std::size_t>(i)] * daily.transition_at(i, j);
    }
    row = next;
  }
  for (int j = 0; j < 3; ++j)
    EXPECT_NEAR(weekly.transition_at(0, j), row[static_cast<std::size_t>(j)], 1e-10);
}

TEST(Presets, MonthlyThreeRegimesAreAsStated) {
  const RegimeParameters& p = find_preset("hardy3-monthly").parameters;
  EXPECT_EQ(p.means, (std::vector<double>{.0123, 0, -.0157}));
  EXPECT_EQ(p.sds, (std::vector<double>{.0347, .05, .0778}));
  EXPECT_EQ(p.transition,
            (std::vector<double>{.9629, .0185, .0186, .0618, .8764, .0618, .1051, .1050, .7899}));
}

TEST(Presets, ShortBearsAreAsStated) {
  const RegimeParameters& p = find_preset("short-bears-daily").parameters;
  EXPECT_EQ(p.means, (std::vector<double>{.0006, -.000881}));
  EXPECT_EQ(p.sds, (std::vector<double>{.00757, .0163}));
  EXPECT_EQ(p.transition, (std::vector<double>{.9976, .0024, .0232, .9768}));
}

TEST(Presets, FourDailyIsAsStated) {
  const RegimeParameters& p = find_preset("four-daily").parameters;
  EXPECT_EQ(p.means, (std::vector<double>{.0008, -.0010, 0, -.004}));
  EXPECT_EQ(p.sds, (std::vector<double>{.006, .014, .0035, .035}));
  EXPECT_EQ(p.student_t_dof, 5);
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) EXPECT_DOUBLE_EQ(p.transition_at(i, j), i == j ? .985 : .005);
  }
}

TEST(Presets, AMistypedNameOffersTheNearest) {
  try {
    static_cast<void>(find_preset("hardy3-dayly"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'hardy3-daily'?"));
  }
}

}  // namespace
}  // namespace regimetry::market
