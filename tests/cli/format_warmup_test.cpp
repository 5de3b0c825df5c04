#include "cli/format_warmup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace regimetry::cli {
namespace {

using features::FeatureWarmup;
using features::WarmupReport;
using features::WarmupVerdict;
using testing::AllOf;
using testing::HasSubstr;

const std::string kAudited = "the set har (2 features)";

WarmupReport report_of(std::vector<FeatureWarmup> features) {
  WarmupReport report;
  report.sample = "1 instrument, 2600 bars";
  report.starts = {199, 1999};
  report.ends = {0, 1};
  report.tolerance = 1e-6;
  report.features = std::move(features);
  return report;
}

const FeatureWarmup kSettling{"rsi_14", WarmupVerdict::kSettles, 228, 1306, {7.8e-6, 0}, "A", ""};
const FeatureWarmup kForgetful{
    "obv",          WarmupVerdict::kNeverSettles, {}, {}, {2.5, std::numeric_limits<double>::infinity()}, "A",
    "use its slope"};

TEST(FormatWarmup, NamesWhatNeverSettlesWithAdvice) {
  EXPECT_THAT(format_warmup(report_of({kForgetful, kSettling}), kAudited),
              AllOf(HasSubstr("1 of 2 features settle, of the set har (2 features): 228 bars"),
                    HasSubstr("never settles"), HasSubstr("obv: use its slope"), HasSubstr("2.5e+00"),
                    HasSubstr("missing"), HasSubstr("at 1999"), HasSubstr("1,306")));
}

TEST(FormatWarmup, SaysHowMuchIsEnoughForAll) {
  EXPECT_THAT(
      format_warmup(report_of({kSettling}), kAudited),
      HasSubstr("Everything settles of the set har (2 features): 228 bars of history are enough for all"));
  EXPECT_THAT(format_warmup(report_of({kForgetful}), kAudited),
              HasSubstr("Nothing settles of the set har (2 features)"));
}

TEST(FormatWarmup, SaysWhatWasLeftOut) {
  WarmupReport report = report_of({kSettling});
  report.starts_skipped = {3999, 7999};
  report.skipped = {"199 bars: too short"};
  EXPECT_THAT(format_warmup(report, kAudited),
              AllOf(HasSubstr("left out: 3999, 7999 bars"), HasSubstr("at 199 bars: too short")));
}

}  // namespace
}  // namespace regimetry::cli
