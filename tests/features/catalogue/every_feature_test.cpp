// What must hold for every entry of the catalogue, whatever it computes.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::default_parameters;
using testing::made_bars;
using testing::run_feature;

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) return false;
  }
  return true;
}

TEST(EveryFeature, SaysWhatItIs) {
  std::set<std::string> names;
  for (const FeatureEntry& entry : feature_catalogue()) {
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name << " is there twice";
    EXPECT_FALSE(entry.group.empty() || entry.meaning.empty() || entry.formula.empty() ||
                 entry.unit.empty() || entry.range.empty())
        << entry.name;
    for (const FeatureParameter& parameter : entry.parameters) {
      EXPECT_LE(parameter.minimum, parameter.default_value) << entry.name << " " << parameter.name;
      EXPECT_LE(parameter.default_value, parameter.maximum) << entry.name << " " << parameter.name;
      EXPECT_FALSE(parameter.meaning.empty()) << entry.name << " " << parameter.name;
    }
  }
}

TEST(EveryFeature, GivesTheSameBitsBarByBarAndInBlocks) {
  const market::Bars bars = made_bars(1'500, 11, {.flat_share = 0.05});
  for (const FeatureEntry& entry : feature_catalogue()) {
    const auto parameters = default_parameters(entry.name);
    const std::vector<double> live = run_feature(entry.name, parameters, bars, 1);
    for (const std::int64_t block : {2, 7, 256, 1'500})
      EXPECT_TRUE(same_bits(live, run_feature(entry.name, parameters, bars, block)))
          << entry.name << " " << block;
  }
}

TEST(EveryFeature, HasItsFirstValueWhereItsWarmupEnds) {
  const market::Bars bars = made_bars(1'500, 12);
  for (const FeatureEntry& entry : feature_catalogue()) {
    const auto parameters = default_parameters(entry.name);
    const std::vector<double> values = run_feature(entry.name, parameters, bars);
    const auto warmup = static_cast<std::size_t>(testing::declared_warmup(entry.name, parameters));
    ASSERT_LT(warmup, values.size()) << entry.name;
    std::size_t first = warmup;
    if (!entry.has_fixed_warmup) {  // later by what the data makes it wait for, never sooner
      while (first < values.size() && std::isnan(values[first])) ++first;
      ASSERT_LT(first, warmup + 100) << entry.name;
    }
    for (std::size_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(std::isnan(values[i]), i < first) << entry.name << " bar " << i;
  }
}

TEST(EveryFeature, NeverReadsTheFuture) {
  const market::Bars bars = made_bars(900, 13, {.flat_share = 0.02});
  for (const FeatureEntry& entry : feature_catalogue()) {
    const auto parameters = default_parameters(entry.name);
    const std::vector<double> whole = run_feature(entry.name, parameters, bars);
    for (const std::int64_t count : {1, 40, 333, 899}) {
      market::Bars past = bars;
      for (auto* column : {&past.open, &past.high, &past.low, &past.close, &past.volume})
        column->resize(static_cast<std::size_t>(count));
      past.timestamps.resize(static_cast<std::size_t>(count));
      EXPECT_TRUE(same_bits(run_feature(entry.name, parameters, past), whole)) << entry.name << " " << count;
    }
  }
}

TEST(EveryFeature, StaysFiniteOnFlatBarsAndComesBackAfterAMissingOne) {
  market::Bars bars = made_bars(1'500, 14, {.flat_share = 0.3});
  for (std::size_t i = 600; i < 900; ++i) {  // nothing trades for longer than most windows
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[599];
    bars.volume[i] = 0;
  }
  for (const FeatureEntry& entry : feature_catalogue()) {
    for (const double value : run_feature(entry.name, default_parameters(entry.name), bars))
      ASSERT_FALSE(std::isinf(value)) << entry.name;
  }
  for (auto* column : {&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume})
    (*column)[300] = std::numeric_limits<double>::quiet_NaN();
  for (const FeatureEntry& entry : feature_catalogue())
    EXPECT_FALSE(std::isnan(run_feature(entry.name, default_parameters(entry.name), bars).back()))
        << entry.name;
}

}  // namespace
}  // namespace regimetry::features
