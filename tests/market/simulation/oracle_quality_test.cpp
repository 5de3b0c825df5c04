// The oracle on the presets against published values, and against what an independent program (plain loops,
// the C++ library's generator) measured over 12,000 and more sequences.
//
// "Balanced accuracy" can be averaged over sequences in several ways, and short sequences miss regimes. Of
// those tried (with the first bar stationary, uniform or in the first regime; over all sequences, or those
// that visit two or all regimes; pooled counts; one regime against the rest) the published .8145 of three
// regimes is met by the mean over regimes of each regime's recall averaged over the sequences that visit it,
// first bar stationary: .8146 +- .0018. balanced_accuracy() averages inside a sequence first, over the
// regimes visited, and gives .868 for the same labels, because a quarter of the sequences never change regime
// and score near 1.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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
  const Rng rng(1);
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
  return answers;
}

// Errors in the comments are of the mean over the sequences of the test.
TEST(OracleQuality, ThreeRegimesDaily) {
  const Answers answers = measure("hardy3-daily", 500, 8000);
  EXPECT_NEAR(answers.viterbi.recall_mean, 0.8145, 0.010);  // published; error .0026
  EXPECT_NEAR(answers.viterbi.balanced, 0.8686, 0.007);     // independent program; error .0020
  EXPECT_NEAR(answers.filter.balanced, 0.8361, 0.007);
  EXPECT_NEAR(answers.smoother.balanced, 0.8964, 0.007);
}

TEST(OracleQuality, TwoRegimesDaily) {
  const Answers answers = measure("hardy2-daily", 1000, 6000);
  // Stated as about .915. Ours is .921 +- .001 over 24,000 sequences; 400 of them scatter by .005.
  EXPECT_NEAR(answers.filter.recall_mean, 0.915, 0.012);
  EXPECT_NEAR(answers.filter.balanced, 0.928, 0.006);  // independent program; error .0012
  EXPECT_NEAR(answers.viterbi.balanced, 0.952, 0.006);
}

TEST(OracleQuality, FourRegimesDaily) {
  const Answers answers = measure("four-daily", 3000, 400);
  // Stated as about .72 and .885 for one run; single runs scatter by .047 and .036.
  EXPECT_NEAR(answers.filter.adjusted_rand, 0.72, 0.02);
  EXPECT_NEAR(answers.smoother.adjusted_rand, 0.885, 0.02);
  EXPECT_NEAR(answers.filter.adjusted_rand, 0.7115, 0.010);  // independent program; error .0024
  EXPECT_NEAR(answers.smoother.adjusted_rand, 0.8714, 0.008);
}

}  // namespace
}  // namespace regimetry::market
