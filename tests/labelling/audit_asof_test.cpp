#include "labelling/audit_asof.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "labelling/support/regime_walk.hpp"

namespace regimetry::labelling {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

LabelOptions jump_options() {
  LabelOptions options;
  options.regimes.method = regimes::RegimeMethod::kJump;
  options.regimes.regime_count = 3;
  options.regimes.persistence = regimes::Persistence{regimes::Persistence::Kind::kGiven, 5};
  options.asof = {.initial_stamps = 150};
  return options;
}

TEST(AuditAsof, FindsNothingInLabelsThatWereKnownAtTheTime) {
  const RegimeWalk walk = regime_walk(400);
  ThreadPool pool(2);
  const AsofAudit audit = audit_asof(walk.source, walk.returns, jump_options(), {.cut_count = 4}, Rng(1),
                                     pool, silent_observer());
  EXPECT_THAT(audit.cuts, SizeIs(4));
  EXPECT_EQ(audit.labelled_rows, 2 * 250);
  EXPECT_GT(audit.compared_rows, 1000);
  EXPECT_THAT(audit.differences, IsEmpty());
}

TEST(AuditAsof, NamesTheFirstLabelThatKnowsItsFuture) {
  const RegimeWalk walk = regime_walk(100);
  // From row 30 of the first instrument on, labels peek at the last row of all.
  const AsofLabelling peeking = [](const RegimeSource& source, std::span<const double>) {
    regimes::AsofLabels labels;
    labels.ids.assign(static_cast<std::size_t>(source.size()), 0);
    labels.probabilities.assign(labels.ids.size(), 1.0);
    const bool is_high = source.values(source.size() - 1, 0) > 4;
    const IndexRange first = source.instruments.front().rows;
    for (std::int64_t row = first.begin + 30; row < first.end; ++row)
      labels.ids[static_cast<std::size_t>(row)] = is_high ? 1 : 2;
    return labels;
  };
  const AsofAudit audit = audit_labelling(walk.source, {}, peeking, {.cut_count = 3}, silent_observer());
  ASSERT_FALSE(audit.differences.empty());
  EXPECT_EQ(audit.differences.front().symbol, "AAA");
  EXPECT_EQ(audit.differences.front().stamp, 30 * kNsPerDay);
  EXPECT_NE(audit.differences.front().whole, audit.differences.front().changed);
  EXPECT_GT(audit.differences.front().differing_rows, 10);
  EXPECT_EQ(to_json(audit).at("differences").size(), audit.differences.size());
}

TEST(AuditAsof, ProvesNothingWithoutLabels) {
  const RegimeWalk walk = regime_walk(100);
  ThreadPool pool(1);
  const AsofAudit audit = audit_asof(walk.source, walk.returns, jump_options(), {.cut_count = 4}, Rng(1),
                                     pool, silent_observer());
  EXPECT_EQ(audit.labelled_rows, 0);
  EXPECT_FALSE(audit.proves_something());
}

}  // namespace
}  // namespace regimetry::labelling
