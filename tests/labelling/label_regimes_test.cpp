#include "labelling/label_regimes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "labelling/support/regime_walk.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"

namespace regimetry::labelling {
namespace {

using regimes::RegimeMethod;
using testing::Each;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

LabelOptions options_of(RegimeMethod method) {
  LabelOptions options;
  options.regimes.method = method;
  options.regimes.regime_count = 3;
  options.asof = {.initial_stamps = 200};
  return options;
}

class LabelRegimesTest : public testing::TestWithParam<RegimeMethod> {
 protected:
  LabelledRegimes label(const LabelOptions& options, const KeptNumbers* earlier = nullptr, int threads = 2) {
    ThreadPool pool(threads);
    return label_regimes(walk_.source, walk_.returns, earlier, options, Rng(1), pool, silent_observer());
  }
  RegimeWalk walk_ = regime_walk();
};

TEST_P(LabelRegimesTest, FindsRegimesThatArePlainToSee) {
  const LabelledRegimes labelled = label(options_of(GetParam()));
  EXPECT_GE(regimes::adjusted_rand_index(labelled.ids, walk_.truth), 0.98);
  ASSERT_EQ(labelled.asof.ids.size(), walk_.truth.size());
  EXPECT_GE(regimes::adjusted_rand_index(labelled.asof.ids, walk_.truth), 0.95);
  EXPECT_EQ(labelled.model.facts().columns, walk_.source.columns);
}

TEST_P(LabelRegimesTest, MeansTheSameByTheSameNumberInBothLabels) {
  const LabelledRegimes labelled = label(options_of(GetParam()));
  std::int64_t known = 0, alike = 0;
  for (std::size_t row = 0; row < labelled.ids.size(); ++row) {
    if (labelled.asof.ids[row] == regimes::kNoRegime) continue;
    ++known;
    alike += labelled.asof.ids[row] == labelled.ids[row] ? 1 : 0;
  }
  EXPECT_EQ(known, 2 * 400);
  EXPECT_GE(alike, known * 95 / 100);
}

TEST_P(LabelRegimesTest, CallsTheCalmestRegimeZero) {
  LabelOptions options = options_of(GetParam());
  options.with_asof = false;
  const LabelledRegimes labelled = label(options);
  EXPECT_TRUE(labelled.asof.ids.empty());
  std::int64_t right = 0;
  for (std::size_t row = 0; row < labelled.ids.size(); ++row)
    right += labelled.ids[row] == walk_.truth[row] ? 1 : 0;
  EXPECT_GE(right, static_cast<std::int64_t>(labelled.ids.size()) * 98 / 100);
}

TEST_P(LabelRegimesTest, FollowsTheNumbersOfAnEarlierRun) {
  std::vector<std::int32_t> earlier;
  for (const std::int32_t regime : walk_.truth) earlier.push_back(regime == 0 ? 7 : regime == 1 ? 0 : 4);
  const std::vector<IndexRange> sequences = walk_.source.sequences();
  const std::vector<std::string> symbols = walk_.source.symbols();
  const KeptNumbers baseline{regimes::make_baseline({walk_.source.timestamps, earlier, sequences, symbols})};
  const LabelledRegimes labelled = label(options_of(GetParam()), &baseline);
  EXPECT_THAT(std::vector(labelled.model.ids().begin(), labelled.model.ids().end()),
              UnorderedElementsAre(7, 0, 4));
  std::int64_t kept = 0, known = 0;
  for (std::size_t row = 0; row < earlier.size(); ++row) {
    kept += labelled.ids[row] == earlier[row] ? 1 : 0;
    known += labelled.asof.ids[row] == earlier[row] ? 1 : 0;
  }
  EXPECT_GE(kept, static_cast<std::int64_t>(earlier.size()) * 95 / 100);
  EXPECT_GE(known, 2 * 400 * 95 / 100) << "labels known at the time follow";
}

TEST_P(LabelRegimesTest, KeepsItsNumbersWhenRunAgain) {
  const LabelledRegimes first = label(options_of(GetParam()));
  const std::vector<IndexRange> sequences = walk_.source.sequences();
  const std::vector<std::string> symbols = walk_.source.symbols();
  const KeptNumbers baseline{
      regimes::make_baseline({walk_.source.timestamps, first.ids, sequences, symbols}),
      regimes::make_baseline({walk_.source.timestamps, first.asof.baseline, sequences, symbols})};
  const LabelledRegimes second = label(options_of(GetParam()), &baseline);
  EXPECT_EQ(first.ids, second.ids);
  EXPECT_EQ(first.asof.ids, second.asof.ids);
}

// The first `stamps` rows of each instrument.
RegimeWalk beginning_of(const RegimeWalk& whole, std::int64_t stamps) {
  RegimeWalk begun;
  std::vector<std::int64_t> rows;
  begun.source.columns = whole.source.columns;
  for (const SourceInstrument& one : whole.source.instruments) {
    const auto begin = std::ssize(rows);
    for (std::int64_t row = one.rows.begin; row < one.rows.begin + stamps; ++row) {
      rows.push_back(row);
      begun.source.timestamps.push_back(whole.source.timestamps[static_cast<std::size_t>(row)]);
      begun.returns.push_back(whole.returns[static_cast<std::size_t>(row)]);
    }
    begun.source.instruments.push_back(one);
    begun.source.instruments.back().rows = {begin, std::ssize(rows)};
  }
  begun.source.values = whole.source.values(rows, Eigen::all);
  return begun;
}

// An earlier run with fewer regimes, and with a gap in its numbers: nobody may share one.
TEST_P(LabelRegimesTest, GivesEveryRegimeANumberOfItsOwnBesideAnEarlierRun) {
  std::vector<std::int32_t> earlier;
  for (const std::int32_t regime : walk_.truth) earlier.push_back(regime == 0 ? 0 : 2);
  const std::vector<IndexRange> sequences = walk_.source.sequences();
  const std::vector<std::string> symbols = walk_.source.symbols();
  const KeptNumbers baseline{regimes::make_baseline({walk_.source.timestamps, earlier, sequences, symbols})};
  for (int regime_count = 2; regime_count <= 6; ++regime_count) {
    LabelOptions more = options_of(GetParam());
    more.regimes.regime_count = regime_count;
    const LabelledRegimes labelled = label(more, &baseline);
    const std::set<std::int32_t> ids(labelled.model.ids().begin(), labelled.model.ids().end());
    EXPECT_EQ(ids.size(), labelled.model.ids().size()) << regime_count;
  }
}

TEST_P(LabelRegimesTest, NamesWhatWasKnownWithoutALookAheadAlsoBesideAnEarlierRun) {
  // An earlier run that calls the regimes otherwise from the middle on: final labels follow the longer part.
  std::vector<std::int32_t> earlier = walk_.truth;
  for (const SourceInstrument& one : walk_.source.instruments)
    for (std::int64_t row = one.rows.begin + 250; row < one.rows.end; ++row)
      earlier[static_cast<std::size_t>(row)] = (earlier[static_cast<std::size_t>(row)] + 1) % 3;
  const std::vector<IndexRange> sequences = walk_.source.sequences();
  const std::vector<std::string> symbols = walk_.source.symbols();
  const KeptNumbers baseline{regimes::make_baseline({walk_.source.timestamps, earlier, sequences, symbols})};
  const LabelledRegimes whole = label(options_of(GetParam()), &baseline);
  const RegimeWalk begun = beginning_of(walk_, 420);
  ThreadPool pool(2);
  const LabelledRegimes begun_labels = label_regimes(begun.source, begun.returns, &baseline,
                                                     options_of(GetParam()), Rng(1), pool, silent_observer());
  for (std::size_t i = 0; i < begun.source.instruments.size(); ++i)
    for (std::int64_t row = 0; row < 420; ++row)
      ASSERT_EQ(begun_labels.asof.ids[static_cast<std::size_t>(begun.source.instruments[i].rows.begin + row)],
                whole.asof.ids[static_cast<std::size_t>(walk_.source.instruments[i].rows.begin + row)])
          << row;
}

TEST_P(LabelRegimesTest, IsTheSameWithAnyNumberOfThreads) {
  const LabelledRegimes one = label(options_of(GetParam()), nullptr, 1),
                        two = label(options_of(GetParam()), nullptr, 2);
  EXPECT_EQ(one.ids, two.ids);
  EXPECT_EQ(one.probabilities, two.probabilities);
  EXPECT_EQ(one.asof.ids, two.asof.ids);
}

INSTANTIATE_TEST_SUITE_P(Methods, LabelRegimesTest,
                         testing::ValuesIn(regimes::all_methods().begin(), regimes::all_methods().end()),
                         [](const auto& test) { return std::string(regimes::method_name(test.param)); });

}  // namespace
}  // namespace regimetry::labelling
