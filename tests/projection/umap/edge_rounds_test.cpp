#include "projection/umap/edge_rounds.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/rng.hpp"

namespace regimetry::projection {
namespace {

// Edges in both directions, about `degree` at each point.
EdgeSchedule random_schedule(std::int32_t count, int degree) {
  RngStream stream(51);
  std::vector<std::set<std::int32_t>> rows(static_cast<std::size_t>(count));
  for (std::int32_t e = 0; e < count * degree / 2; ++e) {
    const auto a = static_cast<std::int32_t>(stream.below(static_cast<std::uint64_t>(count)));
    const auto b = static_cast<std::int32_t>(stream.below(static_cast<std::uint64_t>(count)));
    if (a == b) continue;
    rows[static_cast<std::size_t>(a)].insert(b);
    rows[static_cast<std::size_t>(b)].insert(a);
  }
  EdgeSchedule schedule;
  schedule.row_begins.push_back(0);
  for (const auto& row : rows) {
    for (const std::int32_t j : row) {
      schedule.targets.push_back(j);
      schedule.rates.push_back(1);
    }
    schedule.row_begins.push_back(static_cast<std::int64_t>(schedule.targets.size()));
  }
  return schedule;
}

TEST(EdgeRounds, HoldEveryEdgeOnceAndNoPointTwiceInARound) {
  const EdgeSchedule schedule = random_schedule(300, 12);
  const EdgeRounds rounds = edge_rounds(schedule);
  std::set<std::pair<std::int32_t, std::int32_t>> seen;
  for (std::size_t round = 0; round < rounds.size(); ++round) {
    std::set<std::int32_t> points;
    for (std::int64_t e = rounds.begins[round]; e < rounds.begins[round + 1]; ++e) {
      const auto edge = static_cast<std::size_t>(e);
      EXPECT_TRUE(points.insert(rounds.first[edge]).second);
      EXPECT_TRUE(points.insert(rounds.second[edge]).second);
      EXPECT_TRUE(seen.emplace(rounds.first[edge], rounds.second[edge]).second);
      EXPECT_LT(rounds.first[edge], rounds.second[edge]);
    }
  }
  EXPECT_EQ(2 * seen.size(), schedule.targets.size());
  EXPECT_EQ(rounds.begins.back(), static_cast<std::int64_t>(seen.size()));
}

TEST(EdgeRounds, OfAChainAreTwo) {
  EdgeSchedule chain;
  chain.row_begins = {0, 1, 3, 5, 6};
  chain.targets = {1, 0, 2, 1, 3, 2};
  chain.rates.assign(6, 1.0F);
  const EdgeRounds rounds = edge_rounds(chain);
  EXPECT_EQ(rounds.begins, (std::vector<std::int64_t>{0, 2, 3}));
  EXPECT_EQ(rounds.first, (std::vector<std::int32_t>{0, 2, 1}));
}

TEST(EdgeRounds, OfNothingAreNone) {
  EdgeSchedule empty;
  empty.row_begins = {0, 0};
  EXPECT_EQ(edge_rounds(empty).size(), 0U);
}

}  // namespace
}  // namespace regimetry::projection
