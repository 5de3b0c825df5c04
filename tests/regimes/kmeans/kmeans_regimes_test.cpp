#include "regimes/kmeans/kmeans_regimes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

KMeansRegimes two_centers() {
  MatrixD centers(2, 2);
  centers << 0, 0, 2, 0;
  return {centers, 1.0};
}

TEST(KMeansRegimes, NamesTheNearestCenter) {
  const KMeansRegimes model = two_centers();
  const std::unique_ptr<OnlineRegimes> online = model.start();
  EXPECT_EQ(online->push(std::array{0.9F, 5.0F}).label, 0);
  EXPECT_EQ(online->push(std::array{1.1F, 5.0F}).label, 1);
  const OnlineRegimes::Answer between = online->push(std::array{1.0F, 0.0F});
  EXPECT_EQ(between.label, 0);
  EXPECT_EQ(between.probabilities[0], 0.5);
}

TEST(KMeansRegimes, WeighsSquaredDistancesByTheVariance) {
  // At the first centre: squared distances 0 and 4, so odds of e^2.
  const KMeansRegimes model = two_centers();
  const std::unique_ptr<OnlineRegimes> online = model.start();
  const OnlineRegimes::Answer answer = online->push(std::array{0.0F, 0.0F});
  EXPECT_NEAR(answer.probabilities[0], std::exp(2.0) / (std::exp(2.0) + 1), 1e-15);
  EXPECT_NEAR(answer.probabilities[0] + answer.probabilities[1], 1, 1e-15);
}

TEST(KMeansRegimes, IsCertainWithoutVarianceAndFarAway) {
  const KMeansRegimes exact(two_centers().centers(), 0);
  EXPECT_EQ(exact.start()->push(std::array{1.9F, 0.0F}).label, 1);
  std::array<double, 2> probabilities;
  EXPECT_EQ(exact.assign(std::array{1.9F, 0.0F}, probabilities), 1);
  EXPECT_EQ(probabilities, (std::array<double, 2>{0, 1}));
  EXPECT_EQ(two_centers().assign(std::array{1e6F, 0.0F}, probabilities), 1);
  EXPECT_EQ(probabilities[1], 1);
}

TEST(KMeansRegimes, ComesBackFromItsTensors) {
  const KMeansRegimes model = two_centers();
  const KMeansRegimes back = KMeansRegimes::from_tensors(model.to_tensors());
  EXPECT_EQ(back.centers(), model.centers());
  EXPECT_EQ(back.variance(), model.variance());
  EXPECT_EQ(back.width(), 2);
  EXPECT_EQ(back.regime_count(), 2);
  EXPECT_EQ(model.to_tensors().metadata.at("method"), "kmeans");
}

TEST(KMeansRegimes, RefusesTensorsThatItDidNotWrite) {
  const auto refuse = [](const std::function<void(TensorFile&)>& damage) {
    TensorFile file = two_centers().to_tensors();
    damage(file);
    return message_of(ErrorKind::kData, [&] { (void)KMeansRegimes::from_tensors(file); });
  };
  EXPECT_THAT(refuse([](TensorFile& file) { file.tensors.erase("centers"); }),
              HasSubstr("'centers' is missing"));
  EXPECT_THAT(refuse([](TensorFile& file) {
                file.tensors["centers"] = TensorData::from_float32(std::array{1.0F, 2.0F}, {1, 2});
              }),
              HasSubstr("'centers' is F32"));
  EXPECT_THAT(refuse([](TensorFile& file) {
                file.tensors["centers"] = TensorData::from_float64(std::array{1.0, std::nan("")}, {1, 2});
              }),
              HasSubstr("not a finite number"));
  EXPECT_THAT(refuse([](TensorFile& file) {
                file.tensors["variance"] = TensorData::from_float64(std::array{-1.0}, {1});
              }),
              HasSubstr("'variance' is negative"));
  EXPECT_THAT(refuse([](TensorFile& file) {
                file.tensors["variance"] = TensorData::from_float64(std::array{1.0, 2.0}, {2});
              }),
              HasSubstr("one finite number"));
}

}  // namespace
}  // namespace regimetry::regimes
