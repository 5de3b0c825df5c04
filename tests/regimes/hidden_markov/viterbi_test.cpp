#include "regimes/hidden_markov/viterbi.hpp"

#include <gtest/gtest.h>

#include "core/rng.hpp"
#include "regimes/hidden_markov/all_paths.hpp"

namespace regimetry::regimes {
namespace {

TEST(MostLikelyPath, IsTheBestOfAllPathsOfEachSequence) {
  const HiddenMarkovLaw law = three_regimes();
  RngStream stream(8);
  for (int trial = 0; trial < 30; ++trial) {
    MatrixD densities(11, 3);
    for (Eigen::Index i = 0; i < densities.size(); ++i) densities.data()[i] = stream.uniform();
    const MatrixD logs = densities.array().log();
    const std::vector<IndexRange> sequences = {{0, 7}, {7, 7}, {7, 11}};
    const std::vector<std::int32_t> labels = most_likely_path(law, logs, sequences);
    std::vector<std::int32_t> expected;
    for (const IndexRange& rows : sequences) {
      if (rows.size() == 0) continue;
      const AllPaths paths(law, densities.middleRows(rows.begin, rows.size()));
      expected.insert(expected.end(), paths.best_path.begin(), paths.best_path.end());
    }
    EXPECT_EQ(labels, expected) << trial;
  }
}

}  // namespace
}  // namespace regimetry::regimes
