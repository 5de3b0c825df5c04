#include "cli/format_lookahead.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace regimetry::cli {
namespace {

using features::Culprit;
using features::LeakKind;
using features::LookaheadReport;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kAudited = "the set core95 (95 features)";

LookaheadReport clean_report() {
  LookaheadReport report;
  report.sample = "2 of 9 instruments, evenly by symbol, 600 bars";
  report.feature_count = 95;
  report.prefix_count = 24;
  report.altered_count = 1200;
  report.cut_count = 45;
  report.possible_cut_count = 299;
  return report;
}

Culprit moving(const std::string& feature, const std::string& symbol) {
  Culprit culprit;
  culprit.feature = feature;
  culprit.symbol = symbol;
  culprit.timeframe = "1d";
  culprit.stamp = parse_iso_timestamp("2020-02-03").value();
  culprit.with_history = 1.5;
  culprit.with_other_future = std::numeric_limits<double>::quiet_NaN();
  culprit.cut = parse_iso_timestamp("2020-02-07").value();
  culprit.found_by = "future removed";
  culprit.reach_bars = 10;
  culprit.cuts_caught = 40, culprit.cuts_compared = 45;
  culprit.severity = 0.89;
  culprit.advice = "shift it";
  return culprit;
}

TEST(FormatLookahead, ACleanReportSaysWhatWasLookedAt) {
  EXPECT_THAT(
      format_lookahead(clean_report(), kAudited),
      AllOf(StartsWith("No look-ahead found in the set core95 (95 features): every"),
            HasSubstr("2 of 9 instruments"), HasSubstr("24 prefixes"), HasSubstr("1,200 altered futures"),
            HasSubstr("45 of 299 places"), Not(HasSubstr("Not audited")), Not(HasSubstr("except"))));
}

TEST(FormatLookahead, ACulpritIsNamedWithEverythingThatIsKnown) {
  LookaheadReport report = clean_report();
  report.culprits = {moving("centred", "A"), moving("centred", "B"), moving("centred", "C")};
  const std::string text = format_lookahead(report, kAudited);
  EXPECT_THAT(text, AllOf(StartsWith("Look-ahead found in 1 place, of the set core95 (95 features):\n"),
                          HasSubstr("centred"), HasSubstr("A 1d and 2 more"), HasSubstr("2020-02-03"),
                          HasSubstr("1.5 / missing"), HasSubstr("2020-02-07"), HasSubstr(">= 10"),
                          HasSubstr("40/45"), HasSubstr("centred: future removed; shift it")));
}

TEST(FormatLookahead, InputsAndRowsAreToldFromFeatures) {
  LookaheadReport report = clean_report();
  Culprit rows = moving("", "A");
  rows.kind = LeakKind::kRowsMove;
  Culprit label = moving("target", "A");
  label.kind = LeakKind::kEqualsFuture;
  label.is_input = true;
  report.culprits = {rows, label};
  EXPECT_THAT(format_lookahead(report, kAudited),
              AllOf(HasSubstr("(rows)"), HasSubstr("target (input)"), HasSubstr("2 places")));
}

TEST(FormatLookahead, RemarksTellWhatIsMissing) {
  LookaheadReport report = clean_report();
  report.skipped = {{0, "future removed", "too short"}};
  report.answer_columns = {"true_regime"};
  EXPECT_THAT(format_lookahead(report, kAudited),
              AllOf(HasSubstr("1 altered history could not be computed"), HasSubstr("too short"),
                    HasSubstr("for scoring alone: true_regime")));
}

TEST(FormatLookahead, FewPrefixesAreNotCalledProof) {
  LookaheadReport shortened = clean_report();
  shortened.prefix_count = shortened.possible_cut_count = 3;
  EXPECT_THAT(format_lookahead(shortened, kAudited),
              AllOf(StartsWith("Unproven for the set core95 (95 features): the history is too short"),
                    HasSubstr("at 3 places"), Not(HasSubstr("No look-ahead"))));
  LookaheadReport refused = clean_report();
  refused.prefix_count = 3;
  refused.skipped.assign(21, {0, "future removed", "no sector of B"});
  EXPECT_THAT(format_lookahead(refused, kAudited),
              AllOf(StartsWith("Unproven for"), HasSubstr("on 3 of 24 prefixes"), HasSubstr("no sector of B"),
                    Not(HasSubstr("too short"))));
}

TEST(FormatLookahead, WhatWasNotAuditedIsNamed) {
  LookaheadReport report = clean_report();
  report.unproven_features = {{"sma_200", 0}, {"ema_60", 7}};
  report.columns_not_judged = {{"settled", true, "times, not values", 2}};
  EXPECT_THAT(
      format_lookahead(report, kAudited),
      AllOf(StartsWith("No look-ahead found in the set core95 (95 features), except 2 named below:"),
            HasSubstr("Not audited, for want of a value before the last cut: sma_200\n"),
            HasSubstr("fewer than 20 prefixes, too few for a proof: ema_60 (7)\n"),
            HasSubstr("2 columns could not be held against later bars: settled (times, not values)")));
}

TEST(FormatLookahead, LongListsAreCut) {
  LookaheadReport report = clean_report();
  for (int k = 0; k < 60; ++k) report.culprits.push_back(moving("f" + std::to_string(k), "A"));
  EXPECT_THAT(format_lookahead(report, kAudited), AllOf(HasSubstr("60 places"), HasSubstr("and 20 more")));
}

}  // namespace
}  // namespace regimetry::cli
