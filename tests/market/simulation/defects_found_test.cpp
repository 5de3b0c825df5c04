// The two sides of a check meet: what is put into a simulated market is found by quality/, and a clean one is
// clean.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "market/quality/check_quality.hpp"
#include "market/simulation/simulate_market.hpp"

namespace regimetry::market {
namespace {

QualityReport report_of(const std::vector<std::string>& defects) {
  SimulationOptions options;
  options.preset = "hardy2-daily";
  options.bars = 4000;
  options.truth = false;
  options.defects = defects;
  ThreadPool pool(1);
  return check_quality(simulate_market(options, 3, pool, silent_observer()).data, {}, pool);
}

std::int64_t count_of(const QualityReport& report, const std::string& check) {
  for (const QualityFinding& finding : report.instruments.front().findings) {
    if (finding.check == check) return finding.count;
  }
  return 0;
}

TEST(DefectsFound, ACleanMarketHasNoErrors) {
  EXPECT_EQ(report_of({}).count(Severity::kError), 0);
}

TEST(DefectsFound, EveryKindIsFoundByTheCheckOfItsName) {
  for (const DefectKind& kind : defect_kinds()) {
    // Four of each in 4,000 bars. These two are seen by a check of another name.
    const std::string check = kind.name == "decimal_shift"    ? "spike_reverted"
                              : kind.name == "time_backwards" ? "unordered"
                                                              : kind.name;
    EXPECT_GE(count_of(report_of({kind.name}), check), 4) << kind.name;
    EXPECT_LT(count_of(report_of({}), check), 4) << kind.name << " is found where there is none";
  }
}

}  // namespace
}  // namespace regimetry::market
