// What must hold for every entry of the catalogue, whatever it computes.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <string>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"
#include "features/support/stated_range.hpp"

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

// Bars of which some contradict themselves (opens of 0, closes beyond high and low), with twenty thousand in
// the middle that stand still until averages of movement are next to nothing.
market::Bars unkind_bars() {
  market::Bars bars = made_bars(22'000, 901, {.flat_share = 0.1});
  for (std::size_t i = 5; i < 900; i += 41) {
    bars.open[i] = 0;
    bars.close[i + 7] = 1.05 * bars.high[i + 7];
    bars.close[i + 9] = 0.95 * bars.low[i + 9];
  }
  for (std::size_t i = 1'000; i < 21'000; ++i) {
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[999];
    bars.volume[i] = 0;
  }
  return bars;
}

std::vector<std::string> columns_read_by(const FeatureEntry& entry) {
  SeriesGraph graph;
  return graph.columns_of(entry.build(graph, {default_parameters(entry.name), {}}));
}

// Other periods than those everyone uses, with divisors that have no short binary fraction.
std::vector<double> odd_parameters(const FeatureEntry& entry) {
  std::vector<double> parameters = default_parameters(entry.name);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const FeatureParameter& parameter = entry.parameters[i];
    if (parameter.is_whole) parameters[i] = std::min(parameter.maximum, 2 * parameters[i] + 1);
  }
  return parameters;
}

void expect_stated_range(const FeatureEntry& entry, const std::vector<double>& parameters,
                         const market::Bars& bars) {
  const testing::StatedRange range = testing::stated_range(entry, parameters);
  for (const double value : run_feature(entry.name, parameters, bars)) {
    ASSERT_FALSE(std::isinf(value)) << entry.name;
    ASSERT_TRUE(std::isnan(value) || range.holds(value))
        << entry.name << "(" << fmt::format("{}", fmt::join(parameters, ", ")) << ") " << value << " "
        << entry.range;
  }
}

TEST(EveryFeature, StaysWithinTheRangeItStates) {
  const market::Bars bars = unkind_bars();
  int bounded = 0;
  for (const FeatureEntry& entry : feature_catalogue()) {
    const auto parameters = default_parameters(entry.name), odd = odd_parameters(entry);
    bounded += testing::stated_range(entry, parameters).is_bounded() ? 1 : 0;
    expect_stated_range(entry, parameters, bars);
    if (odd == parameters) continue;
    ASSERT_TRUE(!entry.problem || entry.problem({odd, {}}).empty()) << entry.name;
    expect_stated_range(entry, odd, bars);
  }
  EXPECT_GT(bounded, 60);
}

TEST(EveryFeature, HasAValueOnEveryBarOfPositivePrices) {
  const market::Bars bars = unkind_bars();
  for (const FeatureEntry& entry : feature_catalogue()) {
    const std::vector<std::string> columns = columns_read_by(entry);
    const bool reads_open = std::find(columns.begin(), columns.end(), "open") != columns.end();
    if (reads_open || !entry.has_fixed_warmup) continue;  // some opens are 0
    const auto parameters = default_parameters(entry.name);
    const std::vector<double> values = run_feature(entry.name, parameters, bars);
    for (auto i = static_cast<std::size_t>(testing::declared_warmup(entry.name, parameters));
         i < values.size(); ++i)
      ASSERT_FALSE(std::isnan(values[i])) << entry.name << " " << i;
  }
}

// Ratios state what they are where their denominator is 0; none may do so before it is there.
TEST(EveryFeature, HasNoValueInsideItsWarmupWhereNothingMoves) {
  market::Bars flat = made_bars(600, 15);
  for (auto* column : {&flat.open, &flat.high, &flat.low, &flat.close})
    std::fill(column->begin(), column->end(), 50.0);
  std::fill(flat.volume.begin(), flat.volume.end(), 0.0);
  for (const FeatureEntry& entry : feature_catalogue()) {
    const auto parameters = default_parameters(entry.name);
    const auto warmup = static_cast<std::size_t>(testing::declared_warmup(entry.name, parameters));
    const std::vector<double> values = run_feature(entry.name, parameters, flat);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i < warmup) {
        ASSERT_TRUE(std::isnan(values[i])) << entry.name << " " << i;
      } else if (entry.has_fixed_warmup) {
        ASSERT_TRUE(std::isfinite(values[i])) << entry.name << " " << i;
      }
    }
    if (entry.input != FeatureInput::kSeries) continue;
    std::string call = entry.name + "(volume";  // zeros
    for (const double parameter : parameters) call += fmt::format(",{}", parameter);
    const std::vector<double> of_zeros = testing::run_expression(call + ")", flat);
    for (std::size_t i = 0; i < warmup; ++i) ASSERT_TRUE(std::isnan(of_zeros[i])) << call << " " << i;
  }
}

std::vector<double>* column_called(market::Bars& bars, const std::string& name) {
  if (name == "open") return &bars.open;
  if (name == "high") return &bars.high;
  if (name == "low") return &bars.low;
  if (name == "close") return &bars.close;
  return name == "volume" ? &bars.volume : nullptr;
}

// Whether every step of the entry forgets a bar for good after its window: no recursion, no last known value.
bool is_windowed(const FeatureEntry& entry) {
  SeriesGraph graph;
  static_cast<void>(entry.build(graph, {default_parameters(entry.name), {}}));
  for (const auto& step : graph.steps()) {
    const std::string& text = step.description;
    if (!text.starts_with("= ") && !text.starts_with("rolling_") && !text.starts_with("lag ") &&
        !text.starts_with("bars_since_") && !text.starts_with("linear_weighted_") &&
        !text.starts_with("mean_absolute_"))
      return false;
  }
  return true;
}

// What comes after a moved bar may be rounded otherwise: anchors and path heights start from other numbers.
bool is_same_up_to_rounding(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-9 * (1 + std::abs(b));
}

// What a bar's field has a say in is missing when that field is.
TEST(EveryFeature, IsMissingWhereAnInputThatItDependsOnIsMissing) {
  const market::Bars bars = made_bars(700, 16, {.flat_share = 0.1});
  constexpr std::size_t kFirstHole = 380, kHoles = 12;
  int windowed = 0;
  for (const FeatureEntry& entry : feature_catalogue()) {
    const auto parameters = default_parameters(entry.name);
    const std::vector<double> whole = run_feature(entry.name, parameters, bars);
    windowed += is_windowed(entry) ? 1 : 0;
    for (const std::string& name : columns_read_by(entry)) {
      for (std::size_t hole = kFirstHole; hole < kFirstHole + kHoles; ++hole) {
        market::Bars other = bars, holed = bars;
        if (column_called(holed, name) == nullptr) continue;  // a time stamp is never missing
        (*column_called(other, name))[hole] *= hole % 2 == 0 ? 1.07 : 0.93;
        (*column_called(holed, name))[hole] = std::numeric_limits<double>::quiet_NaN();
        const std::vector<double> moved = run_feature(entry.name, parameters, other);
        const std::vector<double> missing = run_feature(entry.name, parameters, holed);
        const std::size_t end = is_windowed(entry) ? bars.close.size() : hole + 1;
        for (std::size_t i = hole; i < end; ++i)
          ASSERT_TRUE(std::isnan(missing[i]) || is_same_up_to_rounding(moved[i], whole[i]))
              << entry.name << " " << name << " " << i - hole;
      }
    }
  }
  EXPECT_GT(windowed, 60);
}

}  // namespace
}  // namespace regimetry::features
