#include "regimes/jump/jump_regimes.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "regimes/jump/jump_cases.hpp"
#include "regimes/jump/jump_model.hpp"
#include "regimes/jump/jump_path.hpp"

namespace regimetry::regimes {
namespace {

JumpFit fitted(const OneSequence& data) {
  JumpOptions options;
  options.regime_count = 3;
  options.penalty = 4;
  ThreadPool pool(1);
  return fit_jump_model(data.rows(), options, Rng(1), pool);
}

TEST(JumpRegimes, OnlineLabelIsTheLastOfThePathOverTheRowsSoFar) {
  const OneSequence data(steps(3, 12, 20, 1.5, 2, 1));
  const JumpFit fit = fitted(data);
  Eigen::ArrayXXd losses;
  JumpSamples(data.values).compute_losses(fit.model.emission(), losses);
  const auto online = fit.model.start();
  JumpPath path;
  for (Eigen::Index t = 0; t < data.values.rows(); ++t) {
    const OnlineRegimes::Answer answer = online->push({data.values.row(t).data(), 2});
    std::vector<std::int32_t> labels(static_cast<std::size_t>(t + 1));
    (void)path.solve(losses.topRows(t + 1), fit.model.penalty(), labels);
    ASSERT_EQ(answer.label, labels.back()) << t;
    double sum = 0;
    for (const double p : answer.probabilities) sum += p;
    ASSERT_NEAR(sum, 1, 1e-12);
  }
  EXPECT_EQ(online->push({data.values.row(239).data(), 2}).label, fit.fit.labels.back());
}

TEST(JumpRegimes, ComesBackFromTensorsBitForBit) {
  const OneSequence data(steps(3, 12, 20, 1.5, 2, 2));
  const JumpFit fit = fitted(data);
  const JumpRegimes back = JumpRegimes::from_tensors(fit.model.to_tensors());
  EXPECT_EQ(back.method(), "jump");
  EXPECT_EQ(back.emission().centers, fit.model.emission().centers);
  EXPECT_EQ(back.temperature(), fit.model.temperature());
  const auto first = fit.model.start(), second = back.start();
  for (Eigen::Index t = 0; t < data.values.rows(); ++t) {
    const std::span<const float> row{data.values.row(t).data(), 2};
    const OnlineRegimes::Answer a = first->push(row), b = second->push(row);
    ASSERT_EQ(a.label, b.label);
    ASSERT_EQ(a.probabilities[0], b.probabilities[0]);
  }
}

TEST(JumpRegimes, RefusesTensorsThatDoNotFit) {
  const TensorFile good = fitted(OneSequence(steps(3, 12, 20, 1.5, 2, 3))).model.to_tensors();
  for (const char* name : {"centers", "precisions", "offsets", "penalty_and_temperature"}) {
    TensorFile missing = good;
    missing.tensors.erase(name);
    EXPECT_THROW((void)JumpRegimes::from_tensors(missing), Error) << name;
    TensorFile narrow = good;
    narrow.tensors[name] = TensorData::from_float64(std::vector<double>{1}, {1, 1});
    EXPECT_THROW((void)JumpRegimes::from_tensors(narrow), Error) << name;
    TensorFile other_type = good;
    other_type.tensors[name] = TensorData::from_float32(std::vector<float>{1}, {1, 1});
    EXPECT_THROW((void)JumpRegimes::from_tensors(other_type), Error) << name;
  }
  TensorFile negative = good;
  negative.tensors["penalty_and_temperature"] = TensorData::from_float64(std::vector<double>{-1, 1}, {1, 2});
  EXPECT_THROW((void)JumpRegimes::from_tensors(negative), Error);
}

}  // namespace
}  // namespace regimetry::regimes
