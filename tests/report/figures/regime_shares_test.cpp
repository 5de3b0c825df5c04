#include "report/figures/regime_shares.hpp"

#include <gmock/gmock.h>

#include "report/figures/example_run.hpp"

namespace regimetry::report {
namespace {

TEST(RegimeShares, CountsEveryNumberAndThoseWithout) {
  const RegimeShares shares = regime_shares(std::vector<std::int32_t>{0, 2, 2, -1, 0, -3, 2, 2}, 4);
  EXPECT_THAT(shares.counts, testing::ElementsAre(2, 0, 4, 0));
  EXPECT_EQ(shares.unlabelled, 2);
  EXPECT_EQ(shares.total, 8);
  EXPECT_EQ(shares.share(4), 0.5);
  EXPECT_EQ(regime_shares({}, 2).share(0), 0);
}

TEST(RegimeShares, TheCountCoversBothLabellings) {
  RegimeRun run = run_of({0, 1, -1});
  EXPECT_EQ(regime_count(run), 2);
  run.asof_labels.ids = {-1, 4, 0};
  EXPECT_EQ(regime_count(run), 5);
  EXPECT_EQ(regime_count(run_of({-1, -1})), 0);
}

}  // namespace
}  // namespace regimetry::report
