#include "regimes/hidden_markov/hidden_markov_law.hpp"

#include <gtest/gtest.h>

#include "regimes/hidden_markov/all_paths.hpp"

namespace regimetry::regimes {
namespace {

TEST(HiddenMarkovLaw, SelectedKeepsTheOrderGivenAndChancesThatAddUp) {
  const HiddenMarkovLaw law = three_regimes().selected({2, 0});
  EXPECT_DOUBLE_EQ(law.initial(0), 0.2 / 0.7);
  EXPECT_DOUBLE_EQ(law.transition(0, 0), 0.4 / 0.7);
  EXPECT_DOUBLE_EQ(law.transition(0, 1), 0.3 / 0.7);
  EXPECT_DOUBLE_EQ(law.transition(1, 1), 0.7 / 0.8);
  EXPECT_EQ(law.components.means(0, 0), -1);
  EXPECT_EQ(law.components.covariances(0, 0), 4);
  EXPECT_EQ(law.components.covariances(1, 0), 1);
  EXPECT_EQ(law.regime_count(), 2);
}

}  // namespace
}  // namespace regimetry::regimes
