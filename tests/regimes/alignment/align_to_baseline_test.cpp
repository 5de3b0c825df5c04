#include "regimes/alignment/align_to_baseline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Labels = std::vector<std::int32_t>;

// One sequence of daily labels, the first of them on day `first_day`.
struct Daily {
  Daily(std::int64_t first_day, Labels values, const std::string& symbol = "")
      : labels(std::move(values)), sequences{{0, std::ssize(labels)}}, symbols{symbol} {
    for (std::size_t n = 0; n < labels.size(); ++n)
      stamps.push_back((first_day + static_cast<std::int64_t>(n)) * kNsPerDay);
  }
  [[nodiscard]] LabelledRows rows() const { return {stamps, labels, sequences, symbols}; }

  Labels labels;
  std::vector<TimestampNs> stamps;
  std::vector<IndexRange> sequences;
  std::vector<std::string> symbols;
};

LabelBaseline baseline_of(const Daily& daily) {
  return make_baseline(daily.rows());
}

TEST(AlignToBaseline, FindsPermutedNumbersBack) {
  const Daily baseline(0, {0, 0, 1, 1, 2, 2});
  const Daily run(0, {2, 2, 0, 0, 1, 1});
  const AlignedLabels aligned = align_to_baseline(run.rows(), baseline_of(baseline));
  EXPECT_EQ(aligned.labels, baseline.labels);
  EXPECT_EQ(aligned.mapping, (LabelMapping{{0, 1}, {1, 2}, {2, 0}}));
  EXPECT_TRUE(aligned.new_numbers.empty());
  EXPECT_TRUE(aligned.absent_numbers.empty());
  EXPECT_EQ(aligned.agreement, 1);
  EXPECT_EQ(aligned.compared_rows, 6);
}

TEST(AlignToBaseline, ComparesByStampAndNotByPlace) {
  const Daily baseline(0, {0, 0, 1, 1, 0, 0});
  const Daily run(2, {5, 5, 3, 3, 3});  // day 6 is new
  const AlignedLabels aligned = align_to_baseline(run.rows(), baseline_of(baseline));
  EXPECT_EQ(aligned.labels, (Labels{1, 1, 0, 0, 0}));
  EXPECT_EQ(aligned.compared_rows, 4);
}

TEST(AlignToBaseline, GivesNewRegimesTheNextNumbersAndKeepsThoseOfAbsentOnes) {
  const Daily baseline(0, {0, 0, 0, 3, 3, 3, 1, 1});
  // 1 of the baseline is gone (its days are 4's); 9 comes in time that the baseline does not have.
  const Daily run(0, {4, 4, 4, 2, 2, 2, 4, 4, 9, 9, -1});
  const AlignedLabels aligned = align_to_baseline(run.rows(), baseline_of(baseline));
  EXPECT_EQ(aligned.mapping, (LabelMapping{{2, 3}, {4, 0}, {9, 4}}));
  EXPECT_EQ(aligned.new_numbers, (Labels{4}));
  EXPECT_EQ(aligned.absent_numbers, (Labels{1}));
  EXPECT_EQ(aligned.labels.back(), -1);
  EXPECT_DOUBLE_EQ(aligned.agreement, 6.0 / 8);
}

TEST(AlignToBaseline, TakesASplitRegimeForTheLargerPartAndANewOne) {
  const Daily baseline(0, {0, 0, 0, 0, 0, 1, 1});
  const Daily run(0, {2, 2, 2, 1, 1, 0, 0});
  EXPECT_EQ(align_to_baseline(run.rows(), baseline_of(baseline)).mapping,
            (LabelMapping{{0, 1}, {1, 2}, {2, 0}}));
}

TEST(AlignToBaseline, DoesNotCallAFewCommonRowsTheSameRegime) {
  // 1 is matched to the baseline's 1 for lack of others, but only 1 of its 4 rows is there.
  const Daily baseline(0, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1});
  const Daily run(0, {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0});
  EXPECT_EQ(align_to_baseline(run.rows(), baseline_of(baseline)).mapping, (LabelMapping{{0, 0}, {1, 2}}));
  EXPECT_EQ(align_to_baseline(run.rows(), baseline_of(baseline), {.minimum_shared = 0.25}).mapping,
            (LabelMapping{{0, 0}, {1, 1}}));
}

TEST(AlignToBaseline, ComparesEachInstrumentWithItself) {
  const Daily a(0, {0, 0, 1, 1}, "A");
  Daily both(0, {1, 1, 0, 0, 7, 7, 7, 7}, "A");
  for (std::size_t n = 0; n < 4; ++n) both.stamps[4 + n] = both.stamps[n];
  both.sequences = {{0, 4}, {4, 8}};
  both.symbols = {"A", "B"};
  const AlignedLabels aligned = align_to_baseline(both.rows(), baseline_of(a));
  EXPECT_EQ(aligned.compared_rows, 4);
  EXPECT_EQ(aligned.mapping, (LabelMapping{{0, 1}, {1, 0}, {7, 2}}));
}

TEST(AlignToBaseline, SaysWhenNothingIsCommon) {
  const Daily baseline(0, {0, 1}, "A"), later(5, {0, 1}, "A"), other(0, {0, 1}, "B"), none(0, {-1, -1}, "A");
  const auto error_of = [&](const Daily& run) {
    return message_of(ErrorKind::kData, [&] { (void)align_to_baseline(run.rows(), baseline_of(baseline)); });
  };
  EXPECT_THAT(error_of(later), AllOf(HasSubstr("no stamp in common"),
                                     HasSubstr("A from 1970-01-06T00:00:00Z to 1970-01-07T00:00:00Z"),
                                     HasSubstr("A from 1970-01-01T00:00:00Z to 1970-01-02T00:00:00Z")));
  EXPECT_THAT(error_of(other), HasSubstr("the run has B from"));
  EXPECT_THAT(error_of(none), HasSubstr("the run has no row with a regime"));
}

TEST(AlignToBaseline, GivesTheSameNumbersWhenRunAgain) {
  const Daily baseline(0, {0, 0, 0, 0, 0, 1, 1});
  const Daily run(0, {2, 2, 2, 1, 1, 0, 0});
  const AlignedLabels once = align_to_baseline(run.rows(), baseline_of(baseline));
  const Daily again(0, once.labels);
  EXPECT_EQ(align_to_baseline(again.rows(), baseline_of(baseline)).labels, once.labels);
}

TEST(AlignOptions, NamesAnUnusableShare) {
  EXPECT_TRUE(AlignOptions{}.problems().empty());
  EXPECT_EQ(AlignOptions{.minimum_shared = 0}.problems().size(), 1U);
  EXPECT_EQ(AlignOptions{.minimum_shared = 1.5}.problems().size(), 1U);
}

TEST(ApplyMapping, RefusesALabelWithoutANumber) {
  EXPECT_EQ(apply_mapping(Labels{1, -1, 0}, {{0, 5}, {1, 3}}), (Labels{3, -1, 5}));
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [] {
                           (void)apply_mapping(Labels{2}, {{0, 5}});
                         }),
              HasSubstr("label 2 has no number"));
}

}  // namespace
}  // namespace regimetry::regimes
