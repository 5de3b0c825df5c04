#include "market/instrument_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

std::string text_at(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The estimate from stamps in any order, missing ones left out.
TimeframeEstimate estimate(const std::vector<TimestampNs>& stamps) {
  const bool is_ready =
      std::is_sorted(stamps.begin(), stamps.end()) && (stamps.empty() || stamps.front() != kMissingTime);
  if (is_ready) return infer_timeframe(stamps);
  std::vector<TimestampNs> sorted;
  sorted.reserve(stamps.size());
  std::copy_if(stamps.begin(), stamps.end(), std::back_inserter(sorted),
               [](TimestampNs s) { return s != kMissingTime; });
  std::sort(sorted.begin(), sorted.end());
  return infer_timeframe(sorted);
}

}  // namespace

nlohmann::json instrument_facts(const std::vector<Bars>& instruments) {
  nlohmann::json facts = nlohmann::json::array();
  for (const Bars& bars : instruments) {
    facts.push_back({{"symbol", bars.symbol},
                     {"timeframe", bars.timeframe.name()},
                     {"stamp", std::string(stamp_meaning_name(bars.stamp_meaning))}});
  }
  return facts;
}

StoredInstrumentFacts::StoredInstrumentFacts(const nlohmann::json& metadata) {
  if (!metadata.is_object()) return;
  const auto entries = metadata.find("instruments");
  if (entries == metadata.end() || !entries->is_array()) return;
  for (const nlohmann::json& entry : *entries) {
    if (!entry.is_object()) continue;
    const bool is_end = text_at(entry, "stamp") == stamp_meaning_name(StampMeaning::kBarEnd);
    by_symbol_[text_at(entry, "symbol")].push_back(
        {Timeframe::parse(text_at(entry, "timeframe")),
         is_end ? StampMeaning::kBarEnd : StampMeaning::kBarStart});
  }
}

namespace {

// Bars may be missing, so those of 1m may stand 2m apart; but never can most of them stand closer together
// than their own length.
void refuse_longer_than_measured(const Bars& bars, const Timeframe& given,
                                 const TimeframeEstimate& measured) {
  const auto shortest_length = [](const Timeframe& t) {
    return t.months > 0 ? t.months * std::int64_t{28} * kNsPerDay : t.nanoseconds;
  };
  constexpr double kSlack = 0.8;  // short weeks, days that lose an hour
  if (!given.is_known() || !measured.timeframe.is_known() || measured.matching_share < 0.5) return;
  if (static_cast<double>(shortest_length(measured.timeframe)) >=
      kSlack * static_cast<double>(shortest_length(given)))
    return;
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: {} is given as bars of {}, but they stand {} apart. Correct the folder, column or "
                  "metadata that says {}.",
                  bars.source, bars.symbol, given.name(), measured.timeframe.name(), given.name()));
}

}  // namespace

void StoredInstrumentFacts::settle(Bars& bars, std::optional<Timeframe> known_timeframe) const {
  const TimeframeEstimate measured = estimate(bars.timestamps);
  if (known_timeframe) refuse_longer_than_measured(bars, *known_timeframe, measured);
  bars.timeframe = known_timeframe.value_or(measured.timeframe);
  bars.bars_per_year = measured.bars_per_year;
  const auto stored = by_symbol_.find(bars.symbol);
  if (stored == by_symbol_.end()) return;
  for (const Facts& facts : stored->second) {
    // The same symbol at another timeframe.
    if (known_timeframe && facts.timeframe && *facts.timeframe != *known_timeframe) continue;
    if (facts.timeframe) {
      refuse_longer_than_measured(bars, *facts.timeframe, measured);
      bars.timeframe = *facts.timeframe;
    }
    bars.stamp_meaning = facts.stamp_meaning;
    return;
  }
}

}  // namespace regimetry::market
