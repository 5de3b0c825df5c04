#include "regimes/mixture/component_tensors.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

TEST(ComponentTensors, ComeBack) {
  for (const CovarianceShape shape : {CovarianceShape::kFull, CovarianceShape::kDiagonal}) {
    const bool is_full = shape == CovarianceShape::kFull;
    GaussianComponents components{shape, MatrixD::Random(2, 2), MatrixD::Constant(is_full ? 4 : 2, 2, 0.5)};
    TensorFile file;
    add_component_tensors(components, file);
    EXPECT_EQ(file.tensors.contains("covariances"), is_full);
    const GaussianComponents back = read_component_tensors(file);
    EXPECT_EQ(back.shape, shape);
    EXPECT_EQ(back.means, components.means);
    EXPECT_EQ(back.covariances, components.covariances);
  }
}

TEST(ComponentTensors, RefuseWhatIsNoCovariance) {
  const auto refuse = [](const MatrixD& covariances) {
    TensorFile file;
    add_component_tensors({CovarianceShape::kFull, MatrixD::Zero(1, 2), covariances}, file);
    return message_of(ErrorKind::kData, [&] { (void)read_component_tensors(file); });
  };
  MatrixD lopsided(2, 2), negative(2, 2);
  lopsided << 1, 0.5, 0.4, 1;
  negative << 1, 0, 0, -1;
  EXPECT_THAT(refuse(lopsided), HasSubstr("not symmetric"));
  EXPECT_THAT(refuse(negative), HasSubstr("not above 0"));
  EXPECT_THAT(refuse(MatrixD::Ones(3, 2)), HasSubstr("has 3 rows; 1 regimes of 2 columns need 2"));
}

TEST(RequireChances, AddUpToOne) {
  EXPECT_NO_THROW(require_chances(std::array{0.25, 0.75}, 0.1, "x"));
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [] {
                           require_chances(std::array{0.25, 0.7}, 0.1, "x");
                         }),
              HasSubstr("add up to 0.95"));
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [] {
                           require_chances(std::array{0.05, 0.95}, 0.1, "x");
                         }),
              HasSubstr("the chance 0.05"));
}

}  // namespace
}  // namespace regimetry::regimes
