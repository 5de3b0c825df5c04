#include "regimes/model/regime_model.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "regimes/support/band_regimes.hpp"

namespace regimetry::regimes {
namespace {

class RegimeModelTest : public testing::Test {
 protected:
  RegimeModelTest() {
    for (int row = 0; row < 100; ++row) values_.row(row) << static_cast<float>(10 + row % 2 * 10), 5.0F;
  }
  RegimeModel model() {
    const RowScaler scaler = RowScaler::fit(values_);
    const MatrixF scaled = scaler.scale(values_);
    const RegimeRows rows{scaled, sequences_};
    return {scaler, fit_bands(rows).method, {7, 3}, NoveltyGauge(rows, {}, pool_), {}};
  }
  MatrixF values_ = MatrixF(100, 2);
  std::vector<IndexRange> sequences_ = {{0, 100}};
  ThreadPool pool_{1};
};

TEST_F(RegimeModelTest, NamesRowsAsTheyComeByTheNumbersOfItsRegimes) {
  const RegimeModel fitted = model();
  RegimeAssigner assigner = fitted.start();
  EXPECT_EQ(assigner.push(std::array<float, 2>{10, 5}).id, 7);
  EXPECT_EQ(assigner.push(std::array<float, 2>{20, 5}).id, 3);
  EXPECT_EQ(assigner.push(std::array<float, 2>{10, 5}).id, 3) << "earlier rows of the sequence matter";
  EXPECT_EQ(assigner.push(std::array<float, 2>{10, 5}).id, 7);
  EXPECT_EQ(fitted.start().push(std::array<float, 2>{10, 5}).id, 7) << "each sequence begins anew";
}

TEST_F(RegimeModelTest, SaysWhenARowIsUnlikeAllOfTraining) {
  const RegimeModel fitted = model();
  RegimeAssigner assigner = fitted.start();
  const RegimeAssignment usual = assigner.push(std::array<float, 2>{20, 5});
  EXPECT_FALSE(usual.is_unlike_training);
  EXPECT_EQ(usual.distance, 0);
  EXPECT_EQ(usual.probability, 1);
  const RegimeAssignment odd = assigner.push(std::array<float, 2>{2000, 5});
  EXPECT_TRUE(odd.is_unlike_training);
  EXPECT_NEAR(odd.distance, (2000 - 20) / 5.0, 1e-3) << "in deviations";
}

}  // namespace
}  // namespace regimetry::regimes
