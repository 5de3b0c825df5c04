#include "regimes/structure/describe_structure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/expect_error.hpp"
#include "regimes/structure/structure_json.hpp"
#include "sticky_labels.hpp"

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Labels = std::vector<std::int32_t>;

Structure describe(const Labels& labels, const std::vector<double>& close = {}, double bars_per_year = 0,
                   int threads = 1) {
  ThreadPool pool(threads);
  const std::vector<IndexRange> one{{0, std::ssize(labels)}};
  return describe_structure({labels, one, close, bars_per_year}, {.replicates = 199}, Rng(1), pool);
}

TEST(DescribeStructure, CountsRowsAndSwitches) {
  const Structure structure = describe({-1, 0, 0, 1, 1, 0}, {}, 252);
  EXPECT_EQ(structure.row_count, 6);
  EXPECT_EQ(structure.labelled_rows, 5);
  EXPECT_THAT(structure.rows_of, ElementsAre(3, 2));
  EXPECT_EQ(structure.switches, 2);
  EXPECT_DOUBLE_EQ(structure.switches_per_year, 126);  // 2 of 4 transitions
  EXPECT_TRUE(structure.returns.empty());
  EXPECT_FALSE(structure.separation.has_value());
}

TEST(DescribeStructure, WorksForASingleRegimeAndASingleRow) {
  const Structure regime = describe({0, 0, 0});
  EXPECT_EQ(regime.matrix(0, 0), 1);
  EXPECT_THAT(regime.notes, ElementsAre(HasSubstr("there is a single regime")));
  const Structure row = describe({0});
  EXPECT_EQ(row.matrix(0, 0), 0);
  EXPECT_EQ(row.stationary[0], 1);
  EXPECT_TRUE(std::isnan(row.switches_per_year));
  EXPECT_THAT(row.notes, ElementsAre(HasSubstr("no transition leads out of 0"), HasSubstr("single regime")));
}

TEST(DescribeStructure, KeepsRowsOfNumbersThatDoNotOccur) {
  const Structure structure = describe({0, 1, 3, 0, 1, 3, 0});
  EXPECT_EQ(structure.regime_count(), 4);
  EXPECT_EQ(structure.stationary[2], 0);
  EXPECT_TRUE(std::isinf(structure.first_passage_bars(0, 2)));
  EXPECT_THAT(structure.notes, ElementsAre(HasSubstr("no row carries 2")));
}

TEST(DescribeStructure, RefusesWhatDoesNotFit) {
  ThreadPool pool(1);
  const Labels none{-1, -1}, two{0, 1};
  const std::vector<IndexRange> sequences{{0, 2}}, few{{0, 1}};
  const std::vector<double> close{1};
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           (void)describe({-1, -1});
                         }),
              HasSubstr("no row has a regime"));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           (void)describe_structure({two, sequences, close, 0}, {}, Rng(1), pool);
                         }),
              HasSubstr("2 labels and 1 prices"));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           const std::vector<TimestampNs> stamps{1, 2, 3};
                           (void)describe_structure({two, sequences, {}, 0, stamps}, {}, Rng(1), pool);
                         }),
              HasSubstr("2 labels and 3 stamps"));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           (void)describe_structure({two, few, {}, 0}, {}, Rng(1), pool);
                         }),
              HasSubstr("do not cover the 2 labels"));
}

TEST(DescribeStructure, HasTheSameBitsForAnyThreadCount) {
  const Labels labels = sticky_labels(3000, 4);
  std::vector<double> close;
  for (std::size_t n = 0; n < labels.size(); ++n) close.push_back(100 + std::sin(static_cast<double>(n)));
  EXPECT_EQ(to_json(describe(labels, close, 252, 1)).dump(), to_json(describe(labels, close, 252, 3)).dump());
}

TEST(DescribeStructure, DrawsMoreWhereManyHorizonsNeedThem) {
  const Labels labels = sticky_labels(500, 4);
  std::vector<double> close;
  for (std::size_t n = 0; n < labels.size(); ++n) close.push_back(100 + std::sin(static_cast<double>(n)));
  const std::vector<IndexRange> one{{0, 500}};
  ThreadPool pool(1);
  const Structure structure = describe_structure(
      {labels, one, close, 0}, {.horizons_bars = {1, 2, 3, 4, 5, 6}, .replicates = 99}, Rng(1), pool);
  EXPECT_EQ(structure.replicates, 99);
  EXPECT_EQ(structure.separation->shifts, 120);
  EXPECT_THAT(structure.separation->words, Not(HasSubstr("nothing can be said")));
  EXPECT_THAT(structure.notes, ElementsAre(HasSubstr("120 draws behind what the regimes separate")));
}

TEST(DescribeStructure, SaysThatInstrumentsCountAsIndependent) {
  const Labels labels{0, 1, 0, 1};
  const std::vector<IndexRange> two{{0, 2}, {2, 4}};
  ThreadPool pool(1);
  const Structure structure = describe_structure({labels, two, {}, 0}, {.replicates = 99}, Rng(1), pool);
  EXPECT_THAT(structure.dependence, HasSubstr("count 2 instruments as independent"));
  EXPECT_EQ(to_json(structure)["dependence"], structure.dependence);
  EXPECT_TRUE(to_json(describe(labels))["dependence"].is_null());
}

TEST(StructureOptions, ListsEveryProblem) {
  EXPECT_TRUE(StructureOptions{}.problems().empty());
  const StructureOptions wrong{.horizons_bars = {1, 0}, .replicates = 5};
  EXPECT_THAT(wrong.problems(), ElementsAre(HasSubstr("replicates is 5"), HasSubstr("horizons has 0")));
  EXPECT_EQ((StructureOptions{.horizons_bars = {}}).problems().size(), 1U);
}

}  // namespace
}  // namespace regimetry::regimes
