// The oracle on the presets against what is published, and against what an independent program (plain loops,
// the C++ library's generator) measured over 4,000 sequences.
//
// Published is the "balanced accuracy" of the true model's labels. It is the mean over regimes of each
// regime's recall averaged over the sequences that visit it: for three regimes over 500 days this gives .8137
// +- .004 for Viterbi against .8145 published. Averaging recall inside each sequence first, over the regimes
// it happens to visit, gives .867 for the same labels, because a quarter of the sequences never leave one
// regime and score near 1.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "market/simulation/instrument_simulator.hpp"
#include "market/simulation/oracle_scores.hpp"
#include "market/simulation/simulate_market.hpp"

namespace regimetry::market {
namespace {

struct Quality {
  double recall_mean =
      0;                // mean over regimes of the recall averaged over the sequences that visit the regime
  double balanced = 0;  // balanced_accuracy() averaged over sequences
  double adjusted_rand = 0;
};

struct RecallSum {
  std::vector<double> sums, counts;
  double balanced = 0, rand = 0, sequences = 0;
  void add(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels, int k) {
    const std::vector<double> recalls = recall_per_regime(truth, labels, k);
    sums.resize(recalls.size());
    counts.resize(recalls.size());
    for (std::size_t j = 0; j < recalls.size(); ++j) {
      if (std::isnan(recalls[j])) continue;
      sums[j] += recalls[j];
      counts[j] += 1;
    }
    balanced += balanced_accuracy(truth, labels, k);
    rand += adjusted_rand(truth, labels, k);
    sequences += 1;
  }
  [[nodiscard]] Quality mean() const {
    Quality quality{0, balanced / sequences, rand / sequences};
    for (std::size_t j = 0; j < sums.size(); ++j)
      quality.recall_mean += sums[j] / counts[j] / static_cast<double>(sums.size());
    return quality;
  }
};

struct Answers {
  Quality viterbi, filter, smoother;
};

Answers measure(const char* preset, std::int64_t bars, int sequences) {
  SimulationOptions options;
  options.preset = preset;
  options.bars = bars;
  const RegimeParameters parameters = resolve_parameters(options);
  const BarCalendar calendar = make_calendar(options.calendar, parameters.timeframe, bars);
  const Rng rng(2024);
  ThreadPool pool(1);
  const CrossSection cross_section({}, bars, rng, pool);
  const MarketPlan plan{options, parameters, calendar, cross_section, rng};
  RecallSum viterbi, filter, smoother;
  for (int i = 0; i < sequences; ++i) {
    const SimulatedInstrument instrument = simulate_instrument(plan, i);
    const OracleAnswer answer = ask_oracle(parameters, instrument.oracle_input());
    const int k = parameters.regime_count();
    viterbi.add(instrument.regimes, answer.viterbi, k);
    filter.add(instrument.regimes, answer.filter, k);
    smoother.add(instrument.regimes, answer.smoother, k);
  }
  const Answers answers{viterbi.mean(), filter.mean(), smoother.mean()};
  std::printf(
      "%s: recall mean v %.4f f %.4f s %.4f, balanced v %.4f f %.4f s %.4f, rand v %.4f f %.4f s %.4f\n",
      preset, answers.viterbi.recall_mean, answers.filter.recall_mean, answers.smoother.recall_mean,
      answers.viterbi.balanced, answers.filter.balanced, answers.smoother.balanced,
      answers.viterbi.adjusted_rand, answers.filter.adjusted_rand, answers.smoother.adjusted_rand);
  return answers;
}

TEST(OracleQuality, ThreeRegimesDaily) {
  const Answers answers = measure("hardy3-daily", 500, 4000);
  EXPECT_NEAR(answers.viterbi.recall_mean, 0.8145,
              0.012);  // published; one error of the mean over 4,000 sequences is .0037
  EXPECT_NEAR(answers.viterbi.balanced, 0.8674, 0.010);  // independent program
  EXPECT_NEAR(answers.filter.balanced, 0.8339, 0.010);
  EXPECT_NEAR(answers.smoother.balanced, 0.8954, 0.010);
}

TEST(OracleQuality, TwoRegimesDaily) {
  const Answers answers = measure("hardy2-daily", 1000, 2000);
  EXPECT_NEAR(answers.filter.recall_mean, 0.915, 0.012);  // published
  EXPECT_NEAR(answers.filter.balanced, 0.9289, 0.008);    // independent program
  EXPECT_NEAR(answers.viterbi.balanced, 0.9523, 0.008);
}

TEST(OracleQuality, FourRegimesDaily) {
  const Answers answers = measure("four-daily", 3000, 300);
  // .72 and .885 are stated for one run; runs scatter by .047 and .036.
  EXPECT_NEAR(answers.filter.adjusted_rand, 0.72, 0.02);
  EXPECT_NEAR(answers.smoother.adjusted_rand, 0.885, 0.02);
  EXPECT_NEAR(answers.filter.adjusted_rand, 0.7091, 0.012);  // independent program
  EXPECT_NEAR(answers.smoother.adjusted_rand, 0.8728, 0.010);
}

}  // namespace
}  // namespace regimetry::market
