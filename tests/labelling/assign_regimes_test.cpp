#include "labelling/assign_regimes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/expect_error.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/support/regime_walk.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"

namespace regimetry::labelling {
namespace {

using testing::HasSubstr;

class AssignRegimesTest : public testing::Test {
 protected:
  AssignRegimesTest() : labelled_(label()) {}
  LabelledRegimes label() {
    LabelOptions options;
    options.regimes.method = regimes::RegimeMethod::kKMeans;
    options.regimes.regime_count = 3;
    options.with_asof = false;
    return label_regimes(walk_.source, walk_.returns, nullptr, options, Rng(1), pool_, silent_observer());
  }
  ThreadPool pool_{2};
  RegimeWalk walk_ = regime_walk(300);
  LabelledRegimes labelled_;
};

TEST_F(AssignRegimesTest, NamesNewRowsOfTheSameMarket) {
  const RegimeWalk longer = regime_walk(500);
  const AssignedRegimes assigned = assign_regimes(labelled_.model, longer.source, pool_);
  EXPECT_GE(regimes::adjusted_rand_index(assigned.ids, longer.truth), 0.98);
  EXPECT_EQ(assigned.trained_on_count, 600);
  EXPECT_LE(assigned.unlike_count, 10);
}

TEST_F(AssignRegimesTest, NamesTrainingRowsAsTheFitDid) {
  EXPECT_EQ(assign_regimes(labelled_.model, walk_.source, pool_).ids, labelled_.ids);
}

TEST_F(AssignRegimesTest, TellsRowsThatAreUnlikeAnythingSeen) {
  RegimeWalk odd = regime_walk(300);
  odd.source.values.row(17).setConstant(300);
  const AssignedRegimes assigned = assign_regimes(labelled_.model, odd.source, pool_);
  EXPECT_TRUE(assigned.are_unlike[17]);
  EXPECT_FALSE(assigned.are_unlike[18]);
  EXPECT_EQ(assigned.unlike_count, 1);
  EXPECT_GT(assigned.distances[17], 50);
}

TEST_F(AssignRegimesTest, RefusesOtherRows) {
  walk_.source.values = walk_.source.values.leftCols(2).eval();
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { (void)assign_regimes(labelled_.model, walk_.source, pool_); }),
      HasSubstr("has 2 columns, and the model reads 3"));
}

}  // namespace
}  // namespace regimetry::labelling
