#include "regimes/agglomerative/agglomerative_regimes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace regimetry::regimes {
namespace {

TEST(AgglomerativeRegimes, NamesTheNearestMeanAndComesBackFromItsTensors) {
  MatrixD means(2, 1);
  means << 1, 11;
  const AgglomerativeRegimes model(KMeansRegimes(means, 1.0));
  EXPECT_EQ(model.method(), "agglomerative");
  EXPECT_EQ(model.to_tensors().metadata.at("method"), "agglomerative");
  const AgglomerativeRegimes back = AgglomerativeRegimes::from_tensors(model.to_tensors());
  EXPECT_EQ(back.nearest().centers(), means);
  const std::unique_ptr<OnlineRegimes> online = back.start();
  EXPECT_EQ(online->push(std::array{5.9F}).label, 0);
  EXPECT_EQ(online->push(std::array{6.1F}).label, 1);
}

}  // namespace
}  // namespace regimetry::regimes
