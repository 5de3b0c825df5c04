#include "regimes/hidden_markov/hidden_markov_regimes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

#include "core/expect_error.hpp"
#include "regimes/hidden_markov/all_paths.hpp"
#include "regimes/hidden_markov/emission.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

TEST(HiddenMarkovRegimes, AnswersWithThePastOnly) {
  // At the last row of a prefix, smoothing over all paths of the prefix is what filtering must say.
  const HiddenMarkovRegimes model(three_regimes());
  MatrixF values(8, 1);
  values << 0.1F, 1.0F, 1.2F, -3.0F, -0.5F, 0.9F, 1.1F, 4.0F;
  const MatrixD densities = Emission(model.law()).log_densities(RowColumns(values)).array().exp();
  const std::unique_ptr<OnlineRegimes> online = model.start();
  for (Eigen::Index row = 0; row < 8; ++row) {
    const OnlineRegimes::Answer answer = online->push(std::array{values(row, 0)});
    const AllPaths paths(model.law(), densities.topRows(row + 1));
    Eigen::Index best = 0;
    (void)paths.smoothed.row(row).maxCoeff(&best);
    EXPECT_EQ(answer.label, best);
    for (int k = 0; k < 3; ++k)
      EXPECT_NEAR(answer.probabilities[static_cast<std::size_t>(k)], paths.smoothed(row, k), 1e-14);
  }
}

HiddenMarkovLaw student_law() {
  HiddenMarkovLaw law = three_regimes();
  law.student_dof = {3, 4, 5};
  law.components = {CovarianceShape::kDiagonal, MatrixD::Random(3, 2), MatrixD::Constant(3, 2, 0.5)};
  return law;
}

TEST(HiddenMarkovRegimes, ComesBackFromItsTensors) {
  for (const HiddenMarkovLaw& law : {three_regimes(), student_law()}) {
    const HiddenMarkovRegimes back = HiddenMarkovRegimes::from_tensors(HiddenMarkovRegimes(law).to_tensors());
    EXPECT_EQ(back.law().initial, law.initial);
    EXPECT_EQ(back.law().transition, law.transition);
    EXPECT_EQ(back.law().components.means, law.components.means);
    EXPECT_EQ(back.law().components.covariances, law.components.covariances);
    EXPECT_EQ(back.law().components.shape, law.components.shape);
    EXPECT_EQ(back.law().student_dof, law.student_dof);
    EXPECT_EQ(back.width(), law.width());
    EXPECT_TRUE(back.depends_on_earlier_rows());
  }
}

TEST(HiddenMarkovRegimes, RefusesTensorsThatItDidNotWrite) {
  const auto refuse = [](const std::function<void(HiddenMarkovLaw&)>& damage) {
    HiddenMarkovLaw law = student_law();
    damage(law);
    const TensorFile file = HiddenMarkovRegimes(law).to_tensors();
    return message_of(ErrorKind::kData, [&] { (void)HiddenMarkovRegimes::from_tensors(file); });
  };
  EXPECT_THAT(refuse([](HiddenMarkovLaw& law) { law.transition(1, 0) += 0.1; }),
              HasSubstr("'transition' add up to 1.1"));
  EXPECT_THAT(refuse([](HiddenMarkovLaw& law) { law.transition.row(0) << 0, 0, 1; }),
              HasSubstr("the chance 0"));
  EXPECT_THAT(refuse([](HiddenMarkovLaw& law) { law.initial *= 2; }), HasSubstr("'initial'"));
  EXPECT_THAT(refuse([](HiddenMarkovLaw& law) { law.components.covariances(2, 1) = 0; }),
              HasSubstr("'variances'"));
  EXPECT_THAT(refuse([](HiddenMarkovLaw& law) { law.student_dof[0] = 1; }), HasSubstr("'student_dof'"));
  EXPECT_THAT(refuse([](HiddenMarkovLaw& law) { law.transition = MatrixD::Constant(4, 3, 1.0 / 3); }),
              HasSubstr("'transition' has 4 rows"));
  TensorFile missing = HiddenMarkovRegimes(student_law()).to_tensors();
  missing.tensors.erase("transition");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)HiddenMarkovRegimes::from_tensors(missing); }),
              HasSubstr("'transition' is missing"));
}

}  // namespace
}  // namespace regimetry::regimes
