#include "report/report_data.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>

#include "report/base64.hpp"
#include "report/run_name.hpp"

namespace regimetry::report {
namespace {

using nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "columns are written as they lie in memory");

constexpr std::int64_t kNsPerMs = 1'000'000;

template <typename Value>
ordered_json column_json(const char* type, const std::vector<Value>& values) {
  const std::string_view bytes(reinterpret_cast<const char*>(values.data()),  // NOLINT
                               values.size() * sizeof(Value));
  return {{"type", type}, {"data", base64(bytes)}};
}

ordered_json price_json(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  return column_json("f32", std::vector<float>(values.begin(), values.end()));
}

ordered_json id_json(const std::vector<std::int32_t>& ids) {
  return column_json("i16", std::vector<std::int16_t>(ids.begin(), ids.end()));
}

ordered_json probability_json(const std::vector<double>& probabilities) {
  constexpr double kScale = 250;
  constexpr std::uint8_t kNone = 255;
  if (probabilities.empty()) return nullptr;
  std::vector<std::uint8_t> bytes;
  for (const double one : probabilities)
    bytes.push_back(std::isfinite(one)
                        ? static_cast<std::uint8_t>(std::lround(kScale * std::clamp(one, 0.0, 1.0)))
                        : kNone);
  return column_json("u8", bytes);
}

// The largest unit, in milliseconds, that all steps are whole multiples of and that keeps them within 31
// bits.
std::int64_t unit_of(const std::vector<std::int64_t>& steps_ms) {
  std::int64_t unit = 0, longest = 0;
  for (const std::int64_t step : steps_ms) {
    unit = std::gcd(unit, step);
    longest = std::max(longest, step);
  }
  constexpr std::int64_t kMost = 0x7FFFFFFF;
  unit = std::max<std::int64_t>(1, unit);
  while (longest / unit > kMost) unit *= 10;
  return unit;
}

// Digits after the point that tell prices apart: as many as they have, but no more than six significant ones.
int price_digits(const std::vector<double>& close) {
  constexpr int kMostDigits = 8;
  std::vector<double> sample;
  for (const double value : close)
    if (value > 0 && std::isfinite(value)) sample.push_back(value);
  if (sample.empty()) return 2;
  std::nth_element(sample.begin(), sample.begin() + std::ssize(sample) / 2, sample.end());
  const double typical = sample[sample.size() / 2];
  const int significant = std::clamp(5 - static_cast<int>(std::floor(std::log10(typical))), 0, kMostDigits);
  int needed = 0;
  double scale = 1;
  const auto is_whole = [&](double value) {
    const double scaled = value * scale;
    return std::abs(scaled - std::round(scaled)) < 1e-6 * std::max(1.0, std::abs(scaled));
  };
  while (needed < significant && !std::all_of(sample.begin(), sample.end(), is_whole)) {
    ++needed;
    scale *= 10;
  }
  return needed;
}

ordered_json bars_json(const RegimeRun& run) {
  std::vector<std::int64_t> stamps_ms, steps_ms;
  for (const TimestampNs stamp : run.timestamps) stamps_ms.push_back(stamp / kNsPerMs);
  for (std::size_t i = 0; i < stamps_ms.size(); ++i)
    steps_ms.push_back(i == 0 ? 0 : stamps_ms[i] - stamps_ms[i - 1]);
  const std::int64_t unit = unit_of(steps_ms);
  std::vector<std::int32_t> steps;
  for (const std::int64_t step : steps_ms) steps.push_back(static_cast<std::int32_t>(step / unit));
  return {{"count", run.size()},
          {"start_ms", stamps_ms.empty() ? 0 : stamps_ms.front()},
          {"unit_ms", unit},
          {"steps", column_json("i32", steps)},
          {"open", price_json(run.open)},
          {"high", price_json(run.high)},
          {"low", price_json(run.low)},
          {"close", price_json(run.close)},
          {"volume", price_json(run.volume)},
          {"price_digits", price_digits(run.close)}};
}

// The page knows the settings from run.json; here they would stand a second time.
ordered_json without_config(ordered_json json) {
  if (json.is_object()) json.erase("config");
  return json;
}

ordered_json labelling_json(const char* key, const char* title, const char* meaning,
                            const Labelling& labelling, const std::vector<std::string>& names) {
  return {{"key", key},
          {"title", title},
          {"meaning", meaning},
          {"ids", id_json(labelling.ids)},
          {"probability", probability_json(labelling.probabilities)},
          {"names", names.empty() ? ordered_json(nullptr) : ordered_json(names)},
          {"structure", without_config(labelling.structure)}};
}

ordered_json labellings_json(const RegimeRun& run) {
  ordered_json list = ordered_json::array();
  list.push_back(labelling_json("final", "Final labels",
                                "They know the whole sample, the future of each bar included: they describe.",
                                run.final_labels, {}));
  if (!run.asof_labels.empty())
    list.push_back(labelling_json(
        "asof", "Known at the time",
        "What was known when that bar was over: the only labels to trade or judge by.", run.asof_labels, {}));
  if (!run.truth.empty())
    list.push_back(
        labelling_json("truth", "True regimes",
                       "The simulated market's own regimes, under the numbers of the found ones they match "
                       "best; nobody knows them in a real market.",
                       run.truth, run.truth_names));
  return list;
}

ordered_json maps_json(const RegimeRun& run) {
  ordered_json list = ordered_json::array();
  const auto number = [](const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
  };
  for (const PlacedMap& map : run.maps) {
    const std::vector<std::int32_t> bars(map.bars.begin(), map.bars.end());
    list.push_back({{"method", map.method},
                    {"bars", column_json("i32", bars)},
                    {"x", column_json("f32", map.x)},
                    {"y", column_json("f32", map.y)},
                    {"trustworthiness", number(map.trustworthiness)},
                    {"neighborhood_preservation", number(map.neighborhood_preservation)}});
  }
  return list;
}

ordered_json summary_data(const RegimeSummary& summary) {
  ordered_json now = nullptr;
  if (summary.now) {
    const RegimeNow& one = *summary.now;
    ordered_json next = nullptr;
    if (one.next) next = {{"regime", *one.next}, {"probability", one.next_probability}};
    now = {{"bar_ms", one.bar / kNsPerMs},
           {"regime", one.regime},
           {"since_ms", one.since / kNsPerMs},
           {"bars_in_regime", one.bars_in_regime},
           {"bars_after", one.bars_after},
           {"probability", one.probability ? ordered_json(*one.probability) : ordered_json(nullptr)},
           {"asof_regime", one.asof_regime ? ordered_json(*one.asof_regime) : ordered_json(nullptr)},
           {"usually_next", std::move(next)},
           {"stays_probability", one.stays_probability}};
  }
  return {{"headline", summary.headline},
          {"sentences", summary.sentences},
          {"warnings", summary.warnings},
          {"now", std::move(now)}};
}

}  // namespace

int color_count(const RegimeRun& run) noexcept {
  std::int32_t highest = 0;
  for (const Labelling* labelling : {&run.final_labels, &run.asof_labels, &run.truth})
    for (const std::int32_t id : labelling->ids) highest = std::max(highest, id);
  return highest + 1;
}

ordered_json report_data(const RegimeRun& run, const RegimeSummary& summary,
                         const std::vector<std::string>& colors, const std::string& version) {
  ordered_json titles = ordered_json::array();
  for (const RegimeFacts& one : summary.regimes) titles.push_back({{"id", one.id}, {"title", one.title}});
  return {{"format", 1},
          {"version", version},
          {"title", run_name(run)},
          {"symbol", run.symbol},
          {"timeframe", run.timeframe},
          {"bars_per_year", run.bars_per_year > 0 ? ordered_json(run.bars_per_year) : ordered_json(nullptr)},
          {"source", run.source},
          {"bars", bars_json(run)},
          {"labellings", labellings_json(run)},
          {"colors", colors},
          {"regime_titles", std::move(titles)},
          {"maps", maps_json(run)},
          {"summary", summary_data(summary)},
          {"regimes", without_config(run.regimes)},
          {"health", run.health},
          {"levels", run.levels},
          {"match", run.match},
          {"run", run.run}};
}

}  // namespace regimetry::report
