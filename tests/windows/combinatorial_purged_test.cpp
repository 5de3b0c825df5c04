#include "windows/combinatorial_purged.hpp"

#include <algorithm>
#include <set>

#include "core/expect_error.hpp"
#include "windows/support/feature_samples.hpp"
#include "windows/support/overlap_by_definition.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(CombinatorialPurged, TestsEveryChoiceOfGroupsInOrder) {
  const FeatureTable table = plain_table(400);
  const Windows windows(table, {.window_size = 5});
  const CombinatorialFolds result = combinatorial_purged(windows, {.group_count = 4, .test_group_count = 2});
  EXPECT_THAT(result.test_groups, ElementsAre(ElementsAre(0, 1), ElementsAre(0, 2), ElementsAre(0, 3),
                                              ElementsAre(1, 2), ElementsAre(1, 3), ElementsAre(2, 3)));
  EXPECT_THAT(result.groups, SizeIs(4));
  EXPECT_THAT(result.folds, SizeIs(6));
}

// The paths of the textbook's example with 4 groups instead of 6, written out by hand: the j-th fold that
// tests a group gives path j its part.
TEST(CombinatorialPurged, AssignsTestGroupsToPaths) {
  const FeatureTable table = plain_table(400);
  const Windows windows(table, {.window_size = 5});
  const CombinatorialFolds result = combinatorial_purged(windows, {.group_count = 4, .test_group_count = 2});
  EXPECT_THAT(result.paths,
              ElementsAre(ElementsAre(0, 0, 1, 2), ElementsAre(1, 3, 3, 4), ElementsAre(2, 4, 5, 5)));
}

TEST(CombinatorialPurged, PurgesBothSidesAndEmbargoesAfter) {
  const FeatureTable table = plain_table(613);
  const Windows windows(table, {.window_size = 10, .horizon = 4});  // 600 samples, 100 per group
  const CombinatorialFolds result = combinatorial_purged(windows, {});
  ASSERT_THAT(result.folds, SizeIs(15));
  const Fold& fold = result.folds[7];  // groups 1 and 4
  ASSERT_THAT(result.test_groups[7], ElementsAre(1, 4));
  ASSERT_THAT(fold.train.ranges(), SizeIs(3));
  EXPECT_EQ(fold.train.ranges()[0].end, 100 - 13);
  EXPECT_EQ(fold.train.ranges()[1].begin, 200 + 13 + 6);
  EXPECT_EQ(fold.train.ranges()[1].end, 400 - 13);
  EXPECT_EQ(fold.train.ranges()[2].begin, 500 + 13 + 6);
  EXPECT_EQ(fold.purged, 4 * 13);
  EXPECT_EQ(fold.embargoed, 12);
}

TEST(CombinatorialPurged, GivesTheNumberOfPathsOfTheFormula) {
  const FeatureTable table = plain_table(600);
  const Windows windows(table, {.window_size = 2});
  for (const auto& [n, k, paths] :
       std::vector<std::tuple<int, int, std::size_t>>{{6, 2, 5}, {6, 1, 1}, {5, 3, 6}, {10, 2, 9}}) {
    const CombinatorialFolds result =
        combinatorial_purged(windows, {.group_count = n, .test_group_count = k});
    EXPECT_THAT(result.paths, SizeIs(paths));
    EXPECT_EQ(result.folds.size() * static_cast<std::size_t>(k), paths * static_cast<std::size_t>(n));
    std::set<std::pair<std::int64_t, std::size_t>> used;  // each test group of each fold goes to one path
    for (const auto& path : result.paths) {
      for (std::size_t g = 0; g < path.size(); ++g) {
        const auto& tested = result.test_groups[static_cast<std::size_t>(path[g])];
        EXPECT_TRUE(std::count(tested.begin(), tested.end(), static_cast<std::int64_t>(g)) == 1);
        EXPECT_TRUE(used.emplace(path[g], g).second);
      }
    }
  }
}

TEST(CombinatorialPurged, TestsEverySampleEquallyOftenAndLeaksNothingForAnyData) {
  RngStream random = Rng(1).stream("combinatorial");
  int made = 0;
  for (int trial = 0; trial < 60; ++trial) {
    const FeatureData data = random_features(random, trial % 2 == 0);
    const Windows windows(data, {.window_size = between(random, 1, 6),
                                 .stride = between(random, 1, 3),
                                 .horizon = between(random, 0, 3)});
    CombinatorialOptions options{
        .group_count = between(random, 3, 6), .test_group_count = between(random, 1, 2), .purge = {}};
    CombinatorialFolds result;
    try {
      result = combinatorial_purged(windows, options);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData) << error.what();
      continue;
    }
    const std::vector<PlainSample> samples = spell_out(windows);
    std::vector<std::int64_t> tested(samples.size(), 0);
    for (const Fold& fold : result.folds) {
      for (const std::int64_t n : fold.test.indices()) ++tested[static_cast<std::size_t>(n)];
      for (const Period& period : fold.test_periods) {
        const std::vector<PlainSample> block = decided_in(samples, period);
        for (const std::int64_t n : fold.train.indices()) {
          ASSERT_FALSE(leaks_into(samples[static_cast<std::size_t>(n)], block, period)) << trial;
        }
      }
    }
    for (const std::int64_t times : tested) ASSERT_EQ(times, static_cast<std::int64_t>(result.paths.size()));
    ++made;
  }
  EXPECT_GT(made, 40);
}

TEST(CombinatorialPurged, SaysWhatIsTooShort) {
  const FeatureTable few = plain_table(14);
  const Windows five(few, {.window_size = 10});
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)combinatorial_purged(five, {}); }),
              HasSubstr("6 groups need at least as many bars at which a window ends, and there are 5"));
  const FeatureTable more = plain_table(60);
  const Windows windows(more, {.window_size = 10, .horizon = 4});
  EXPECT_THAT(
      message_of(ErrorKind::kData,
                 [&] { (void)combinatorial_purged(windows, {.group_count = 6, .test_group_count = 5}); }),
      AllOf(HasSubstr("fold that tests groups 1, 2, 3, 4, 5 of 6: no training sample is left"),
            HasSubstr("the time axis has 47 bars")));
}

TEST(CombinationCount, IsTheBinomialCoefficient) {
  EXPECT_EQ(combination_count(6, 2, 100), 15);
  EXPECT_EQ(combination_count(6, 4, 100), 15);
  EXPECT_EQ(combination_count(20, 10, 200'000), 184'756);
  EXPECT_EQ(combination_count(20, 10, 184'755), std::nullopt);
  EXPECT_EQ(combination_count(10'000, 5'000, 10'000), std::nullopt);
  EXPECT_EQ(combination_count(10'000, 1, 10'000), 10'000);
}

TEST(CombinatorialOptions, ListEveryProblem) {
  EXPECT_THAT((CombinatorialOptions{.group_count = 1, .test_group_count = 0, .purge = {-1, -1}}).problems(),
              SizeIs(4));
  EXPECT_THAT(
      (CombinatorialOptions{.group_count = 4, .test_group_count = 4, .purge = {}}).problems(),
      ElementsAre(HasSubstr("test_group_count is 4; it must be at least 1 and below group_count, 4")));
  EXPECT_THAT((CombinatorialOptions{.group_count = 30, .test_group_count = 15, .purge = {}}).problems(),
              ElementsAre(HasSubstr("make more than 10000 folds")));
  EXPECT_THAT(CombinatorialOptions{}.problems(), IsEmpty());
}

}  // namespace
}  // namespace regimetry::windows
