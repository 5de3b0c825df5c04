#include "neighbors/candidate_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/rng.hpp"

namespace regimetry::neighbors {
namespace {

std::set<std::int32_t> points_of(std::span<const Candidate> candidates) {
  std::set<std::int32_t> points;
  for (const Candidate& candidate : candidates) points.insert(candidate.point);
  return points;
}

// Feeds `scores` in tiles of 128.
std::set<std::int32_t> feed(CandidateList& list, std::vector<float> scores, float margin) {
  scores.resize((scores.size() + 127) / 128 * 128, std::numeric_limits<float>::infinity());
  std::vector<float> scratch(128);
  for (std::size_t begin = 0; begin < scores.size(); begin += 128)
    list.add(std::span(scores).subspan(begin, 128), margin, static_cast<std::int64_t>(begin), scratch);
  return points_of(list.finish());
}

TEST(CandidateList, KeepsExactlyTheNearestWithoutAMargin) {
  CandidateList list(3);
  std::vector<float> scores(1000);
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = static_cast<float>((i * 7919) % 1000);
  std::set<std::int32_t> expected;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < 3) expected.insert(static_cast<std::int32_t>(i));
  }
  EXPECT_EQ(feed(list, scores, 0), expected);
}

TEST(CandidateList, KeepsWhatTheMarginLeavesOpen) {
  // k = 1, margin 1: score 0 may be 1, so whatever may be 1 or less stays: 0, 1 and 2.
  CandidateList list(1);
  EXPECT_EQ(feed(list, {5, 2, 0, 3, 1, 9}, 1), (std::set<std::int32_t>{1, 2, 4}));
}

TEST(CandidateList, KeepsAllOfManyTies) {
  CandidateList list(2);
  EXPECT_EQ(feed(list, std::vector<float>(500, 1.0F), 0).size(), 500U);
}

TEST(CandidateList, NeverTakesInfiniteScores) {
  CandidateList list(4);
  EXPECT_EQ(feed(list, {3, std::numeric_limits<float>::infinity(), 1}, 0.5F), (std::set<std::int32_t>{0, 2}));
}

TEST(CandidateList, NeverLosesATrueNeighbor) {
  RngStream stream(1);
  for (int round = 0; round < 200; ++round) {
    const float margin = 0.02F;
    const auto k = static_cast<std::size_t>(1 + stream.below(20));
    std::vector<float> truth(600), scores(600);
    for (std::size_t i = 0; i < truth.size(); ++i) {
      truth[i] = static_cast<float>(stream.uniform());
      scores[i] = truth[i] + static_cast<float>(stream.uniform(-0.019, 0.019));
    }
    CandidateList list(static_cast<std::int64_t>(k));
    const std::set<std::int32_t> kept = feed(list, scores, margin);
    std::vector<std::int32_t> order(600);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return truth[static_cast<std::size_t>(a)] < truth[static_cast<std::size_t>(b)];
    });
    for (std::size_t i = 0; i < k; ++i) EXPECT_TRUE(kept.count(order[i])) << round;
  }
}

TEST(CandidateList, BeginsAnewAfterClear) {
  CandidateList list(1);
  feed(list, {0.0F}, 0);
  list.clear();
  EXPECT_EQ(feed(list, {5, 4}, 0), (std::set<std::int32_t>{1}));
}

}  // namespace
}  // namespace regimetry::neighbors
