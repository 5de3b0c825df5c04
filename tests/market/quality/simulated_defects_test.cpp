// The checks against the simulator, which puts defects into healthy bars on purpose and on record.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/rng.hpp"
#include "market/quality/bars_maker.hpp"
#include "market/simulation/defects.hpp"
#include "market/simulation/simulate_market.hpp"

namespace regimetry::market {
namespace {

// What a defect of the simulator is called by the checks, where the names differ.
std::set<std::string> checks_for(const std::string& kind) {
  if (kind == "decimal_shift") return {"spike_reverted"};
  if (kind == "time_backwards") return {"unordered", "backwards_across_files"};
  if (kind == "jump") return {"jump", "split_like"};
  return {kind};
}

Bars simulated(std::int64_t bar_count, std::uint64_t seed) {
  SimulationOptions options;
  options.preset = "hardy3-daily";
  options.bars = bar_count;
  options.instruments = 1;
  options.truth = false;
  ThreadPool pool(1);
  return simulate_market(options, seed, pool, silent_observer()).data.instruments.front();
}

TEST(SimulatedDefects, HealthyMarketsHaveNoErrorsAndHardlyAWarning) {
  for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL}) {
    const InstrumentQuality quality = check(simulated(5000, seed));
    for (const QualityFinding& finding : quality.findings) {
      EXPECT_EQ(finding.severity, Severity::kInfo) << finding.check << " " << finding.worst.values;
    }
  }
}

TEST(SimulatedDefects, EveryKindIsFoundByTheCheckOfItsName) {
  for (const DefectKind& kind : defect_kinds()) {
    for (const std::uint64_t seed : {11ULL, 12ULL, 13ULL}) {
      const DefectiveBars damaged =
          inject_defects(simulated(3000, seed), {kind.name}, 0.001, RngStream(seed));
      ASSERT_EQ(damaged.records.size(), 3U) << kind.name;
      const InstrumentQuality quality = check(damaged.bars);
      std::int64_t found = 0;
      for (const std::string& key : checks_for(kind.name)) found += count_of(quality, key);
      EXPECT_GE(found, 3) << kind.name << " seed " << seed;
      EXPECT_LE(found, 6) << kind.name << " seed " << seed;
    }
  }
}

TEST(SimulatedDefects, TheFirstPlaceNamedIsThatOfTheFirstDefect) {
  for (const char* kind :
       {"missing_price", "non_finite_price", "non_positive_price", "high_below_low", "high_below_body",
        "low_above_body", "zero_volume", "negative_volume", "decimal_shift", "jump", "gap"}) {
    const DefectiveBars damaged = inject_defects(simulated(3000, 4), {kind}, 0.001, RngStream(4));
    const InstrumentQuality quality = check(damaged.bars);
    std::int64_t first = damaged.bars.size();
    for (const std::string& key : checks_for(kind)) {
      if (const QualityFinding* finding = find(quality, key)) first = std::min(first, finding->first.row);
    }
    EXPECT_EQ(first, damaged.records.front().row) << kind;
  }
}

TEST(SimulatedDefects, RepairLeavesBarsThatAreRight) {
  const DefectiveBars damaged = inject_defects(simulated(5000, 9), {"all"}, 0.001, RngStream(9));
  const InstrumentQuality after = check(clean_with(damaged.bars, BadRowPolicy::kRepair).data.instruments[0]);
  EXPECT_LT(after.worst_severity(), Severity::kError);
}

}  // namespace
}  // namespace regimetry::market
