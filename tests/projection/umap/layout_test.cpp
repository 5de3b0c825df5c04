#include "projection/umap/layout.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "projection/random_map.hpp"

namespace regimetry::projection {
namespace {

const DistanceCurve kCurve = {1.5769, 0.8951};

TEST(Layout, SchedulesInProportionAndLeavesRareEdgesOut) {
  const std::vector<std::int64_t> begins = {0, 2, 3};
  const std::vector<std::int32_t> targets = {1, 1, 0};
  const std::vector<double> weights = {0.8, 0.4, 0.001};
  const EdgeSchedule schedule = schedule_edges(begins, targets, weights, 100);
  EXPECT_EQ(schedule.row_begins, (std::vector<std::int64_t>{0, 2, 2}));
  EXPECT_EQ(schedule.rates, (std::vector<float>{1.0F, 0.5F}));
}

TEST(Layout, OneStepAmongFixedPointsFollowsTheFormula) {
  // A single fixed point pulls and, as the only one to draw, pushes: one pull, then one push.
  MapPoints fixed(1), start(1);
  start.x = {3};
  start.y = {4};
  EdgeSchedule edges;
  edges.row_begins = {0, 1};
  edges.targets = {0};
  edges.rates = {1};
  ThreadPool pool(1);
  const LayoutOptions options{kCurve, 2, 1.0, 1};  // the edge pulls in the second epoch, at half the rate
  const MapPoints moved = lay_out_among(fixed, edges, start, options, RngStream(1), pool);
  double x = 3, y = 4;
  for (const bool pulls : {true, false}) {
    const double square = x * x + y * y, curve = kCurve.a * std::pow(square, kCurve.b);
    const double strength = pulls ? -2 * kCurve.b * curve / (square * (1 + curve))
                                  : 2 * kCurve.b / ((0.001 + square) * (1 + curve));
    x += 0.5 * strength * x;
    y += 0.5 * strength * y;
  }
  EXPECT_NEAR(moved.x[0], x, 1e-5);
  EXPECT_NEAR(moved.y[0], y, 1e-5);
}

TEST(Layout, BringsJoinedPointsNearerThanOthers) {
  // Even points joined to the next even one, odd to the next odd one.
  constexpr int kPoints = 200;
  std::vector<std::int64_t> begins = {0};
  std::vector<std::int32_t> targets;
  for (int i = 0; i < kPoints; ++i) {
    for (const int step : {2, kPoints - 2, 4, kPoints - 4}) targets.push_back((i + step) % kPoints);
    begins.push_back(static_cast<std::int64_t>(targets.size()));
  }
  const EdgeSchedule edges = schedule_edges(begins, targets, std::vector<double>(targets.size(), 1.0), 200);
  ThreadPool pool(2);
  const MapPoints map = lay_out(edges, random_map(kPoints, 9, 5), {kCurve, 200, 1.0, 5}, RngStream(2), pool);
  double joined = 0, all = 0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const std::size_t next = (i + 2) % kPoints, far = (i + 77) % kPoints;
    joined += std::hypot(map.x[i] - map.x[next], map.y[i] - map.y[next]);
    all += std::hypot(map.x[i] - map.x[far], map.y[i] - map.y[far]);
  }
  EXPECT_LT(joined, 0.2 * all);
}

TEST(Layout, LeavesPointsWithoutEdgesWhereTheyAre) {
  EdgeSchedule edges;
  edges.row_begins = {0, 0, 0};
  ThreadPool pool(1);
  const MapPoints start = random_map(2, 10);
  EXPECT_EQ(lay_out(edges, start, {kCurve, 10, 1.0, 5}, RngStream(3), pool).x, start.x);
}

}  // namespace
}  // namespace regimetry::projection
