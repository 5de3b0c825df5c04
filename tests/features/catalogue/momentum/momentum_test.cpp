#include "features/catalogue/momentum/momentum.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace regimetry::features {
namespace {

TEST(MomentumFeatures, AreAllOfTheGroupMomentum) {
  std::set<std::string> names;
  for (const FeatureEntry& entry : momentum_features()) {
    EXPECT_EQ(entry.group, "momentum") << entry.name;
    names.insert(entry.name);
  }
  EXPECT_EQ(names, (std::set<std::string>{"awesome_oscillator",
                                          "awesome_oscillator_ratio",
                                          "cmo",
                                          "connors_rsi",
                                          "fisher_transform",
                                          "know_sure_thing",
                                          "momentum",
                                          "momentum_acceleration",
                                          "normalised_momentum",
                                          "ppo",
                                          "ppo_histogram",
                                          "ppo_signal",
                                          "roc",
                                          "rsi",
                                          "stochastic_d",
                                          "stochastic_k",
                                          "stochastic_rsi",
                                          "tsi",
                                          "tsi_signal",
                                          "ultimate_oscillator",
                                          "williams_r"}));
}

}  // namespace
}  // namespace regimetry::features
