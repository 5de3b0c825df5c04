#include "features/transform/rank_gauss_step.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "core/portable_math.hpp"
#include "features/support/step_samples.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

constexpr std::int64_t kManyKnots = 1'000'000;

// From the definition: the mean of the ranks of equal values, counted one by one.
double score_by_definition(const std::vector<double>& sample, double x) {
  double below = 0, equal = 0;
  for (const double other : sample) {
    below += other < x ? 1 : 0;
    equal += other == x ? 1 : 0;
  }
  const double average_rank = below + (equal + 1) / 2;
  return normal_quantile((average_rank - 0.5) / static_cast<double>(sample.size()));
}

TEST(RankGaussStep, GivesFittedValuesTheNormalScoreOfTheirAverageRank) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RngStream rng = Rng(seed).stream("test");
    std::vector<double> sample;
    for (int i = 0; i < 60; ++i) sample.push_back(std::round(4 * rng.normal()));  // many equal values
    RankGaussStep step(MissingPolicy::kImpute, kManyKnots);
    fit_step(step, number_column("x", sample));
    const std::vector<float> values = scaled(step, sample);
    for (std::size_t i = 0; i < sample.size(); ++i) {
      EXPECT_EQ(values[i], static_cast<float>(score_by_definition(sample, sample[i])));
    }
  }
}

TEST(RankGaussStep, InterpolatesBetweenAndClampsOutside) {
  RankGaussStep step(MissingPolicy::kImpute, kManyKnots);
  fit_step(step, number_column("x", {10, 20}));  // scores -z and z with z = quantile(0.75)
  const double z = normal_quantile(0.75);
  StepCounts counts;
  const std::vector<float> values = scaled(step, {15, 12.5, -1e9, 1e9, kNaN}, &counts);
  EXPECT_FLOAT_EQ(values[0], 0);
  EXPECT_FLOAT_EQ(values[1], static_cast<float>(-z / 2));
  EXPECT_FLOAT_EQ(values[2], static_cast<float>(-z));
  EXPECT_FLOAT_EQ(values[3], static_cast<float>(z));
  EXPECT_FLOAT_EQ(values[4], 0);  // the median 15 stands in
  EXPECT_EQ(counts.outside, 2);
}

TEST(RankGaussStep, NeverTurnsTheOrderRound) {
  RngStream rng = Rng(5).stream("test");
  std::vector<double> sample, probes;
  for (int i = 0; i < 5'000; ++i) sample.push_back(std::exp(3 * rng.normal()));
  for (int i = 0; i < 5'000; ++i) probes.push_back(std::exp(4 * rng.normal()));
  std::sort(probes.begin(), probes.end());
  RankGaussStep step(MissingPolicy::kImpute, 50);
  fit_step(step, number_column("x", sample));
  const std::vector<float> values = scaled(step, probes);
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
}

TEST(RankGaussStep, KeepsTheEndsWhenItThinsOut) {
  std::vector<double> sample;
  for (int i = 0; i < 10'000; ++i) sample.push_back(i);
  RankGaussStep step(MissingPolicy::kImpute, 101);
  fit_step(step, number_column("x", sample));
  EXPECT_EQ(step.values().size(), 101U);
  EXPECT_EQ(step.values().front(), 0);
  EXPECT_EQ(step.values().back(), 9'999);
  for (const double x : {0.0, 100.0, 2'500.0, 9'999.0}) {
    EXPECT_NEAR(scaled(step, {x})[0], score_by_definition(sample, x), 2e-2) << x;
  }
}

TEST(RankGaussStep, MakesAConstantColumnZero) {
  RankGaussStep step(MissingPolicy::kImpute, kManyKnots);
  fit_step(step, number_column("x", {5, 5, 5}));
  EXPECT_THAT(scaled(step, {5, 6, -1}), testing::ElementsAre(0, 0, 0));
}

TEST(RankGaussStep, ComesBackFromJsonToTheBit) {
  const RawFeatures raw = random_raw(1, 500, 3);
  const market::Column& column = raw.instruments[0].columns[1];
  RankGaussStep step(MissingPolicy::kImpute, 100);
  fit_step(step, column);
  EXPECT_EQ(scaled(*through_json(step), column.numbers), scaled(step, column.numbers));
}

TEST(RankGaussStep, RefusesValuesThatDoNotRise) {
  for (const auto& values : {std::vector<double>{}, {1, 1}, {2, 1}, {1}}) {
    const nlohmann::json json = {{"step", "rank-gauss"}, {"values", values}, {"scores", {-1.0, 1.0}}};
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f")); }),
                testing::HasSubstr("not rise"));
  }
}

}  // namespace
}  // namespace regimetry::features
