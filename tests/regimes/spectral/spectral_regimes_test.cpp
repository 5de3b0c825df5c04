#include "regimes/spectral/spectral_regimes.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

// Landmarks 0, 1 | 10, 11 on a line; their coordinates are -1 and 1, and so are the centres.
SpectralRegimes two_sides() {
  MatrixF landmarks(4, 1), coordinates(4, 1);
  landmarks << 0, 1, 10, 11;
  coordinates << -1, -1, 1, 1;
  MatrixD centers(2, 1);
  centers << -1, 1;
  return {LandmarkMap(landmarks, coordinates, 2), KMeansRegimes(centers, 0.5)};
}

TEST(SpectralRegimes, NameTheSideOfANewRow) {
  const SpectralRegimes model = two_sides();
  const std::unique_ptr<OnlineRegimes> online = model.start();
  EXPECT_EQ(online->push(std::array{2.0F}).label, 0);
  EXPECT_EQ(online->push(std::array{9.0F}).label, 1);
  EXPECT_EQ(online->push(std::array{-100.0F}).label, 0);
  const OnlineRegimes::Answer answer = online->push(std::array{0.5F});
  EXPECT_NEAR(answer.probabilities[0] + answer.probabilities[1], 1, 1e-15);
  EXPECT_GT(answer.probabilities[0], 0.9);
  EXPECT_EQ(model.width(), 1);
  EXPECT_EQ(model.regime_count(), 2);
  EXPECT_FALSE(model.depends_on_earlier_rows());
}

TEST(SpectralRegimes, GiveCoordinatesAndTheNearestDistance) {
  const SpectralRegimes model = two_sides();
  std::array<float, 1> out;
  EXPECT_EQ(model.coordinates_of(std::array{14.0F}, out), 3);
  EXPECT_EQ(out[0], 1);
}

TEST(SpectralRegimes, ComeBackFromTheirTensors) {
  const SpectralRegimes model = two_sides(), back = SpectralRegimes::from_tensors(model.to_tensors());
  EXPECT_EQ(back.map().landmarks(), model.map().landmarks());
  EXPECT_EQ(back.map().coordinates(), model.map().coordinates());
  EXPECT_EQ(back.map().neighbor_count(), 2);
  EXPECT_EQ(back.centers().centers(), model.centers().centers());
  EXPECT_EQ(model.to_tensors().metadata.at("method"), "spectral");
}

TEST(SpectralRegimes, RefuseTensorsThatTheyDidNotWrite) {
  const auto refuse = [](const char* name, const TensorData& tensor) {
    TensorFile file = two_sides().to_tensors();
    file.tensors[name] = tensor;
    return message_of(ErrorKind::kData, [&] { (void)SpectralRegimes::from_tensors(file); });
  };
  EXPECT_THAT(refuse("landmarks", TensorData::from_float32(std::array{1.0F}, {1, 1})),
              HasSubstr("'landmarks' has 1 rows but 'landmark_coordinates' has 4"));
  EXPECT_THAT(refuse("landmark_coordinates", TensorData::from_float32(std::array{1.0F, 1.0F}, {1, 2})),
              HasSubstr("'landmark_coordinates' has 1 rows of 2 values"));
  EXPECT_THAT(refuse("neighbor_count", TensorData::from_float64(std::array{5.0}, {1})),
              HasSubstr("'neighbor_count' holds 5; expected a whole number from 1 to 4"));
  EXPECT_THAT(refuse("neighbor_count", TensorData::from_float64(std::array{1.5}, {1})),
              HasSubstr("whole number"));
}

}  // namespace
}  // namespace regimetry::regimes
