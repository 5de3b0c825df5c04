#include "features/require_computable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "features/across/sectors.hpp"
#include "features/name_list.hpp"
#include "features/operators/missing.hpp"
#include "features/source_columns.hpp"

namespace regimetry::features {
namespace {

bool has_value(const std::vector<double>& column) {
  return std::any_of(column.begin(), column.end(), [](double x) { return !is_missing(x); });
}

// Whether the bars have a column of that name; with `needs_values`, one that is not empty.
bool has_column(const market::Bars& bars, const std::string& name, bool needs_values) {
  if (name == "time") return true;
  if (const auto field = find_bar_field(name)) return !needs_values || has_value(field_column(bars, *field));
  const market::Column* const extra = find_numeric_extra(bars, name);
  return extra != nullptr && (!needs_values || has_value(extra->numbers));
}

void require_columns(const market::MarketData& data, const FeatureSet& set, bool needs_values) {
  const std::vector<MissingColumn> missing = missing_columns(data, set, needs_values);
  if (missing.empty()) return;
  const MissingColumn& first = missing.front();
  const bool is_one = first.features.size() == 1;
  throw Error(ErrorKind::kData,
              fmt::format("{} {} the column '{}', which {} lacks. Give data that has it, or leave {} out "
                          "(--on-missing-column drop)",
                          list_of(first.features), is_one ? "needs" : "need", first.column,
                          first.symbol.empty() ? "the data" : first.symbol, is_one ? "it" : "them"));
}

void require_history(const market::MarketData& data, const FeatureSet& set, bool refuse_short,
                     Observer& observer) {
  const market::Bars* longest = nullptr;
  std::int64_t short_count = 0;
  for (const market::Bars& bars : data.instruments) {
    if (longest == nullptr || bars.size() > longest->size()) longest = &bars;
    if (bars.size() <= set.warmup()) ++short_count;
  }
  if (longest == nullptr) throw Error(ErrorKind::kData, "there are no bars to compute features from");
  std::vector<std::string> without;
  for (const Feature& feature : set.features()) {
    if (longest->size() <= feature.warmup)
      without.push_back(fmt::format("{} (after {} bars)", feature.name, feature.warmup));
  }
  if (!without.empty() && refuse_short) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{} has only {} bars, too few for a first value of {}. Give a longer history, shorter "
                    "periods, or leave them out (--exclude NAME)",
                    longest->symbol.empty() ? "the data" : longest->symbol, longest->size(),
                    list_of(without)));
  }
  if (short_count > 0) {
    observer.on_warning(
        fmt::format("{} of {} instruments have no more than {} bars, so some of their features have no value",
                    short_count, data.instruments.size(), set.warmup()));
  }
}

// The length of a bar, a little less where it varies; 0 when unknown.
std::int64_t shortest_step(const std::string& timeframe_name) {
  const auto timeframe = market::Timeframe::parse(timeframe_name);
  if (!timeframe) return 0;
  if (timeframe->months > 0) return timeframe->months * 27 * kNsPerDay;
  return timeframe->nanoseconds / 10 * 9;
}

// The bars follow those remembered, at their pace. Warns of a hole.
void require_following_bars(const market::Bars& bars, const InstrumentMemory& before, Observer& observer) {
  if (bars.size() == 0) return;
  const TimestampNs first = bars.timestamps.front();
  if (first <= before.last_timestamp) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: the saved state has seen bars up to {}, but the data begins at {}; give only the "
                    "bars that came since",
                    bars.symbol, format_timestamp_short(before.last_timestamp),
                    format_timestamp_short(first)));
  }
  const std::int64_t step = shortest_step(before.timeframe);
  if (step == 0) return;
  TimestampNs last = before.last_timestamp;
  for (const TimestampNs stamp : bars.timestamps) {
    if (stamp - last < step) {
      throw Error(
          ErrorKind::kData,
          fmt::format("{}: the saved state is of bars of {}, but those of {} and {} stand closer; give bars "
                      "of that timeframe",
                      bars.symbol, before.timeframe, format_timestamp_short(last),
                      format_timestamp_short(stamp)));
    }
    last = stamp;
  }
  // Longer than any weekend with holidays.
  const std::int64_t longest_pause = std::max(10 * step, 6 * kNsPerDay);
  if (first - before.last_timestamp > longest_pause) {
    observer.on_warning(fmt::format(
        "{}: nothing between {}, the last bar that the saved state has seen, and {}; if "
        "bars are missing there, the values differ from those of the whole history",
        bars.symbol, format_timestamp_short(before.last_timestamp), format_timestamp_short(first)));
  }
}

std::string name_of(const InstrumentMemory& one) {
  return fmt::format("{} ({})", one.symbol, one.timeframe);
}

// All, or only those that are not `present`.
std::vector<std::string> names_in(const FeatureMemory& memory,
                                  const std::set<const InstrumentMemory*>& present = {}) {
  std::vector<std::string> names;
  for (const InstrumentMemory& one : memory.instruments) {
    if (!present.contains(&one)) names.push_back(name_of(one));
  }
  return names;
}

void require_fitting_memory(const market::MarketData& data, const FeatureSet& set,
                            const FeatureMemory& memory, Observer& observer) {
  if (memory.set_digest != set.digest()) {
    throw Error(
        ErrorKind::kData,
        "the saved state is of another feature set; name the same features in the same order, or save "
        "the state anew from the full history");
  }
  std::vector<std::string> strangers;
  std::set<const InstrumentMemory*> present;
  for (const market::Bars& bars : data.instruments) {
    if (const InstrumentMemory* const before = memory.find_for(bars)) {
      if (before->passes.size() != static_cast<std::size_t>(set.pass_count()))
        throw Error(ErrorKind::kData, "the saved state is incomplete; save it anew from the full history");
      require_following_bars(bars, *before, observer);
      present.insert(before);
    } else {
      strangers.push_back(fmt::format("{} ({})", bars.symbol, bars.timeframe.name()));
    }
  }
  if (!strangers.empty() && strangers.size() == data.instruments.size()) {
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "the saved state knows {}, but the data holds {}; give bars of the same symbols (--symbol "
            "NAME names those of a file) and the same timeframe",
            list_of(names_in(memory)), list_of(strangers)));
  }
  if (!strangers.empty()) {
    observer.on_warning(fmt::format("the saved state does not know {}: their history begins with these bars",
                                    list_of(strangers)));
  }
  const std::vector<std::string> absent = names_in(memory, present);
  if (!absent.empty()) {
    observer.on_warning(
        fmt::format("no new bars of {}; what compares instruments does without them", list_of(absent)));
  }
}

// One new bar may lack a value that its column has in general, so this is no error.
void warn_of_empty_columns(const market::MarketData& data, const FeatureSet& set, Observer& observer) {
  for (const MissingColumn& one : missing_columns(data, set)) {
    observer.on_warning(
        fmt::format("the new bars of {} have no '{}': {} missing there, and for a while after", one.symbol,
                    one.column, list_of(one.features) + (one.features.size() == 1 ? " is" : " are")));
  }
}

// Neither the list, nor a column, nor what came before says where they belong.
std::vector<std::string> symbols_without_sector(const market::MarketData& data,
                                                const ComputeOptions& options) {
  std::vector<std::string> symbols;
  for (const market::Bars& bars : data.instruments) {
    const InstrumentMemory* const before = options.from == nullptr ? nullptr : options.from->find_for(bars);
    const bool is_known = options.sector_of_symbol.contains(bars.symbol) || has_sector_column(bars) ||
                          (before != nullptr && !before->sector.empty());
    if (!is_known) symbols.push_back(bars.symbol);
  }
  return symbols;
}

// A comparison within sectors that nobody has would be missing throughout.
void require_sectors(const market::MarketData& data, const FeatureSet& set, const ComputeOptions& options,
                     Observer& observer) {
  const auto& sources = set.graph().sources();
  const bool is_needed =
      std::any_of(sources.begin(), sources.end(), [](const SeriesGraph::SourceSeries& one) {
        return one.kind == SeriesGraph::SourceKind::kAcross && one.across == AcrossKind::kSectorMean;
      });
  if (!is_needed) return;
  const std::vector<std::string> without = symbols_without_sector(data, options);
  if (without.empty()) return;
  if (without.size() == data.instruments.size()) {
    throw Error(
        ErrorKind::kData,
        options.sector_of_symbol.empty()
            ? "a feature compares within sectors, but no instrument has one; name a file of sectors "
              "(--sectors), give the data a column `sector` that holds words, or leave the feature out"
            : fmt::format("none of the {} symbols of the sector file is in the data, whose symbols are {}; "
                          "they are compared letter by letter",
                          options.sector_of_symbol.size(), list_of(without)));
  }
  observer.on_warning(fmt::format("in no sector, and so without a value of what compares within sectors: {}",
                                  list_of(without)));
}

}  // namespace

std::vector<MissingColumn> missing_columns(const market::MarketData& data, const FeatureSet& set,
                                           bool needs_values) {
  std::map<std::string, MissingColumn> by_column;
  std::map<std::string, const market::Bars*> without;  // columns already looked for
  for (const Feature& feature : set.features()) {
    for (const std::string& column : feature.columns) {
      const auto [found, is_new] = without.try_emplace(column, nullptr);
      if (is_new) {
        for (const market::Bars& bars : data.instruments) {
          if (found->second == nullptr && bars.size() > 0 && !has_column(bars, column, needs_values))
            found->second = &bars;
        }
      }
      if (found->second == nullptr) continue;
      MissingColumn& missing = by_column[column];
      missing.column = column;
      missing.symbol = found->second->symbol;
      missing.features.push_back(feature.name);
    }
  }
  std::vector<MissingColumn> list;
  for (auto& [column, missing] : by_column) list.push_back(std::move(missing));
  return list;
}

void require_computable(const market::MarketData& data, const FeatureSet& set, const ComputeOptions& options,
                        Observer& observer) {
  // One new bar may well lack a value that its column has in general.
  require_columns(data, set, /*needs_values=*/options.from == nullptr);
  require_sectors(data, set, options, observer);
  if (options.from != nullptr) {
    require_fitting_memory(data, set, *options.from, observer);
    warn_of_empty_columns(data, set, observer);
  } else {
    require_history(data, set, options.refuse_short_history, observer);
  }
}

}  // namespace regimetry::features
