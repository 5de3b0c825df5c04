#include "regimes/jump/choose_penalty.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

struct Chosen {
  PenaltyChoice choice;
  JumpFit fit;
};

Chosen choose(const OneSequence& data, int regimes, JumpLoss loss) {
  ThreadPool pool(1);
  JumpOptions options;
  options.regime_count = regimes;
  options.loss = loss;
  PenaltyChoice choice = choose_penalty(data.rows(), options, Rng(1), pool);
  options.penalty = choice.penalty;
  return {std::move(choice), fit_jump_model(data.rows(), options, Rng(1), pool)};
}

std::vector<std::int32_t> in_turn(int rows, int stay, int regimes) {
  std::vector<std::int32_t> truth;
  for (int t = 0; t < rows; ++t) truth.push_back(t / stay % regimes);
  return truth;
}

TEST(ChoosePenalty, FindsTheSwitchesOfNoisySteps) {
  const Chosen chosen = choose(OneSequence(steps(2, 10, 80, 1.5, 1, 1)), 2, JumpLoss::kSquared);
  EXPECT_EQ(chosen.fit.switch_count, 9);
  EXPECT_GT(adjusted_rand_index(chosen.fit.fit.labels, in_turn(800, 80, 2)), 0.9);
}

TEST(ChoosePenalty, FindsTheSwitchesOfStorms) {
  const Chosen chosen = choose(OneSequence(storms(8, 100, 3, 2)), 2, JumpLoss::kGaussian);
  EXPECT_GT(adjusted_rand_index(chosen.fit.fit.labels, in_turn(800, 100, 2)), 0.9);
}

// Rarity and temperature are rates: stretches of a long history ask for about the same price.
TEST(ChoosePenalty, AsksForAboutTheSamePriceFromStretchesOfALongHistory) {
  const OneSequence data(storms(80, 100, 3, 2));
  ThreadPool pool(1);
  JumpOptions options;
  options.regime_count = 2;
  options.loss = JumpLoss::kGaussian;
  options.most_start_rows = 100'000;
  const double whole = choose_penalty(data.rows(), options, Rng(1), pool).penalty;
  options.most_start_rows = 2'000;
  EXPECT_NEAR(choose_penalty(data.rows(), options, Rng(1), pool).penalty / whole, 1, 0.25);
}

TEST(ChoosePenalty, ScalesWithTheUnitOfSquaredLosses) {
  const MatrixF values = steps(2, 10, 80, 1.5, 1, 3);
  const double one = choose(OneSequence(values), 2, JumpLoss::kSquared).choice.penalty;
  const double ten = choose(OneSequence(values * 10.0F), 2, JumpLoss::kSquared).choice.penalty;
  EXPECT_NEAR(ten / one, 100, 0.5);
}

TEST(ChoosePenalty, ShowsItsEvidence) {
  const Chosen chosen = choose(OneSequence(steps(2, 10, 80, 1.5, 1, 4)), 2, JumpLoss::kSquared);
  const std::vector<PenaltyCandidate>& tried = chosen.choice.candidates;
  ASSERT_GE(tried.size(), 2U);
  for (std::size_t i = 0; i + 1 < tried.size(); ++i) {
    EXPECT_LT(tried[i].penalty, tried[i].due);
    EXPECT_LT(tried[i].penalty, tried[i + 1].penalty);
    EXPECT_GE(chosen.choice.penalty, tried[i].penalty);
  }
  EXPECT_LE(chosen.choice.penalty, tried.back().penalty);
  EXPECT_NE(chosen.choice.reason.find("a switch costs"), std::string::npos);
}

TEST(ChoosePenalty, EndsOnRowsThatAreAllEqual) {
  const Chosen chosen = choose(OneSequence(MatrixF::Ones(60, 2)), 2, JumpLoss::kSquared);
  EXPECT_EQ(chosen.fit.model.regime_count(), 1);
  EXPECT_NE(chosen.choice.reason.find("nothing ever switches"), std::string::npos);
}

TEST(ChoosePenalty, TakesTheNearestWhereNoneIsDue) {
  // Slow averages of a wandering level: each row says little that the one before did not.
  MatrixF values(1500, 2);
  RngStream stream(6);
  double level = 0, slow = 0, slower = 0;
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    level = 0.99 * level + stream.normal();
    slow += (level - slow) / 30;
    slower += (slow - slower) / 60;
    values.row(t) << static_cast<float>(slow), static_cast<float>(slower);
  }
  const Chosen chosen = choose(OneSequence(values), 3, JumpLoss::kSquared);
  EXPECT_EQ(chosen.fit.model.regime_count(), 3);
  EXPECT_NE(chosen.choice.reason.find("came nearest"), std::string::npos) << chosen.choice.reason;
}

TEST(ChoosePenalty, DoesNotTakeInstrumentsForRegimes) {
  // Two instruments at levels far apart, each with slow swings that are small beside the distance.
  MatrixF values(2000, 1);
  RngStream stream(9);
  double level = 0, slow = 0;
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    level = 0.99 * level + 0.1 * stream.normal();
    slow += (level - slow) / 30;
    values(t, 0) = static_cast<float>(slow + (t < 1000 ? -5 : 5));
  }
  const std::vector<IndexRange> sequences = {{0, 1000}, {1000, 2000}};
  ThreadPool pool(1);
  JumpOptions options{.regime_count = 4, .loss = JumpLoss::kSquared};
  options.penalty = choose_penalty({values, sequences}, options, Rng(1), pool).penalty;
  EXPECT_GT(fit_jump_model({values, sequences}, options, Rng(1), pool).switch_count, 0);
}

TEST(ChoosePenalty, RefusesWhatCannotBeFitted) {
  ThreadPool pool(1);
  EXPECT_THROW((void)choose_penalty(OneSequence(MatrixF(0, 1)).rows(), {}, Rng(1), pool), Error);
}

}  // namespace
}  // namespace regimetry::regimes
