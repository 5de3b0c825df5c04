#include "cli/fold_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"
#include "windows/support/feature_samples.hpp"

namespace regimetry::cli {
namespace {

using features::FeatureData;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using windows::plain_table;

// Samples of 10 + 4 rows, `samples` of them, decided from day 9 on.
FeatureData data_with(std::int64_t samples) {
  FeatureData data;
  data.instruments = {plain_table(samples + 13)};
  return data;
}

FoldReportOptions options_for(FoldScheme scheme) {
  FoldReportOptions options;
  options.scheme = scheme;
  options.windows.window_size = 10;
  options.windows.horizon = 4;
  return options;
}

TEST(FoldReport, ListsWalkForwardFolds) {
  const FoldReport report = report_folds(data_with(187), options_for(FoldScheme::kWalkForward));
  EXPECT_THAT(
      report.text,
      AllOf(HasSubstr("187 windows of 10 rows, targets 4 rows ahead, from 200 rows of 1 instrument."),
            HasSubstr("Purge: 13 bars beside each test block (window_size + horizon - 1). Embargo: 2 bars "
                      "before it."),
            HasSubstr(
                "1970-01-10 .. 1970-02-10       32  1970-02-26 .. 1970-03-25       28      13          2"),
            HasSubstr("Checked: no training window or target overlaps"), Not(HasSubstr("validation"))));
  ASSERT_THAT(report.json["folds"], SizeIs(5));
  EXPECT_EQ(report.json["folds"][0]["fold"], 1);
  EXPECT_EQ(report.json["folds"][0]["train"]["samples"], 32);
  EXPECT_EQ(report.json["folds"][4]["test"]["ranges"], (nlohmann::json{{159, 187}}));
  EXPECT_EQ(report.json["purge_bars"], 13);
  EXPECT_EQ(report.json["embargo_bars"], 2);
}

TEST(FoldReport, ListsCombinatorialFoldsAndTheirPaths) {
  const FoldReport report = report_folds(data_with(600), options_for(FoldScheme::kCombinatorial));
  EXPECT_THAT(report.text, AllOf(HasSubstr("Embargo: 6 bars after it"), HasSubstr("Backtest paths (5)")));
  EXPECT_THAT(report.json["folds"], SizeIs(15));
  EXPECT_EQ(report.json["folds"][7]["test_groups"], (nlohmann::json{2, 5}));
  EXPECT_EQ(report.json["folds"][7]["embargoed"], 12);
  EXPECT_EQ(report.json["paths"][0], (nlohmann::json{1, 1, 2, 3, 4, 5}));
  EXPECT_THAT(report.json["groups"], SizeIs(6));
}

TEST(FoldReport, SaysThatThereIsNoEmbargo) {
  FoldReportOptions options = options_for(FoldScheme::kWalkForward);
  options.purge.embargo_share = 0;
  EXPECT_THAT(report_folds(data_with(187), options).text, HasSubstr("Embargo: none."));
  EXPECT_THAT(report_folds(data_with(187), options_for(FoldScheme::kHoldout)).text,
              HasSubstr("Embargo: none."));
}

TEST(FoldReport, ListsAHoldout) {
  const FoldReport report = report_folds(data_with(100), options_for(FoldScheme::kHoldout));
  EXPECT_THAT(report.text, HasSubstr("validation"));
  ASSERT_THAT(report.json["folds"], SizeIs(1));
  EXPECT_EQ(report.json["folds"][0]["train"]["samples"], 70 - 13);
  EXPECT_EQ(report.json["folds"][0]["validation"]["samples"], 2);
  EXPECT_EQ(report.json["folds"][0]["test"]["samples"], 15);
}

TEST(FoldReport, PutsTheEmbargoWhereTrainingSurroundsTheTest) {
  FoldReportOptions options = options_for(FoldScheme::kWalkForward);
  options.walk_forward.training = windows::TrainingRange::kSurrounding;
  options.purge = {5, 0.1};
  const FoldReport report = report_folds(data_with(400), options);
  EXPECT_EQ(report.json["purge_bars"], 18);
  EXPECT_EQ(report.json["embargo_bars"], 40);
  EXPECT_EQ(report.json["folds"][0]["embargoed"], 2 * (40 - 5));  // the extra bars lie inside the embargo
  EXPECT_THAT(report.text,
              HasSubstr("(window_size + horizon - 1 + 5). Embargo: 40 bars before and after it"));
}

TEST(FoldReport, SaysWhatWindowsWereMadeOf) {
  FeatureData data = data_with(187);
  data.instruments[0].values(0, 0) = windows::kMissing;
  data.instruments.push_back(plain_table(3, 2, "BBB"));
  const FoldReport report = report_folds(data, options_for(FoldScheme::kWalkForward));
  EXPECT_THAT(report.text,
              AllOf(HasSubstr("186 windows"), HasSubstr("203 rows of 2 instruments"),
                    HasSubstr("Warm-up rows: 1."), HasSubstr("Instruments too short for a window: 1.")));
}

TEST(FoldReport, CutsLongListsForPeopleOnly) {
  FoldReportOptions options = options_for(FoldScheme::kWalkForward);
  options.walk_forward.test_bars = 2;
  const FoldReport report = report_folds(data_with(187), options);
  EXPECT_THAT(report.json["folds"], SizeIs(85));
  EXPECT_THAT(report.text, HasSubstr("... and 45 more (--json lists all)"));
}

TEST(FoldReport, LooksOnlyAtTheOptionsOfTheChosenScheme) {
  FoldReportOptions options = options_for(FoldScheme::kHoldout);
  options.walk_forward.fold_count = 0;
  options.combinatorial.group_count = 0;
  EXPECT_THAT(options.problems(), IsEmpty());
  options.scheme = FoldScheme::kWalkForward;
  options.windows.window_size = 0;
  EXPECT_THAT(options.problems(), SizeIs(2));
  options.scheme = FoldScheme::kCombinatorial;
  options.purge.embargo_share = -1;
  EXPECT_THAT(options.problems(), SizeIs(4));  // no test_group_count fits below no groups
}

TEST(FoldReport, PassesOnWhatIsTooShort) {
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [] { (void)report_folds(data_with(12), options_for(FoldScheme::kWalkForward)); }),
              HasSubstr("and there are 12"));
}

}  // namespace
}  // namespace regimetry::cli
