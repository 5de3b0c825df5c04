#include "cli/format_lookahead.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace regimetry::cli {
namespace {

using features::Culprit;
using features::LeakKind;
using features::LookaheadReport;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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
      format_lookahead(clean_report()),
      AllOf(HasSubstr("No look-ahead found"), HasSubstr("2 of 9 instruments"), HasSubstr("24 prefixes"),
            HasSubstr("1,200 altered futures"), HasSubstr("45 of 299 places"), Not(HasSubstr("Only"))));
}

TEST(FormatLookahead, ACulpritIsNamedWithEverythingThatIsKnown) {
  LookaheadReport report = clean_report();
  report.culprits = {moving("centred", "A"), moving("centred", "B"), moving("centred", "C")};
  const std::string text = format_lookahead(report);
  EXPECT_THAT(text, AllOf(HasSubstr("Look-ahead found in 1 place:"), HasSubstr("centred"),
                          HasSubstr("A 1d and 2 more"), HasSubstr("2020-02-03"), HasSubstr("1.5 / missing"),
                          HasSubstr("2020-02-07"), HasSubstr(">= 10"), HasSubstr("40/45"),
                          HasSubstr("centred: future removed; shift it")));
}

TEST(FormatLookahead, InputsAndRowsAreToldFromFeatures) {
  LookaheadReport report = clean_report();
  Culprit rows = moving("", "A");
  rows.kind = LeakKind::kRowsMove;
  Culprit label = moving("target", "A");
  label.kind = LeakKind::kEqualsFuture;
  label.is_input = true;
  report.culprits = {rows, label};
  EXPECT_THAT(format_lookahead(report),
              AllOf(HasSubstr("(rows)"), HasSubstr("target (input)"), HasSubstr("2 places")));
}

TEST(FormatLookahead, RemarksTellWhatIsMissing) {
  LookaheadReport report = clean_report();
  report.prefix_count = 3;
  report.skipped = {{0, "future removed", "too short"}};
  report.answer_columns = {"true_regime"};
  EXPECT_THAT(format_lookahead(report),
              AllOf(HasSubstr("1 altered history could not be computed"), HasSubstr("too short"),
                    HasSubstr("Only 3 prefixes"), HasSubstr("for scoring alone: true_regime")));
}

TEST(FormatLookahead, LongListsAreCut) {
  LookaheadReport report = clean_report();
  for (int k = 0; k < 60; ++k) report.culprits.push_back(moving("f" + std::to_string(k), "A"));
  EXPECT_THAT(format_lookahead(report), AllOf(HasSubstr("60 places"), HasSubstr("and 20 more")));
}

}  // namespace
}  // namespace regimetry::cli
