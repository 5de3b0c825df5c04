#include "features/compute_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>

#include "core/error.hpp"
#include "features/across/across_panel.hpp"
#include "features/across/sectors.hpp"
#include "features/graph/series_runner.hpp"
#include "features/operators/missing.hpp"
#include "features/row_block.hpp"
#include "features/source_columns.hpp"

namespace regimetry::features {
namespace {

// Columns of the series that instruments are told about each other: per across-source of a pass, per
// instrument, [T].
using AcrossColumns = std::vector<std::vector<std::vector<double>>>;

class Computation {
 public:
  Computation(const market::MarketData& data, const FeatureSet& set, const ComputeOptions& options,
              ThreadPool& pool, Observer& observer)
      : data_(data), set_(set), options_(options), pool_(pool), observer_(observer) {
    for (const market::Bars& bars : data.instruments) {
      sources_.emplace_back(set.graph(), bars);
      before_.push_back(options.from == nullptr ? nullptr : options.from->find_for(bars));
    }
    if (options.to != nullptr) begin_memory();
    total_ = data.bar_count() * set.pass_count();
  }

  FeatureData run() {
    FeatureData result;
    result.metadata = data_.metadata;
    const int last = set_.pass_count() - 1;
    for (int pass = 0; pass < last; ++pass) prepare_across(pass);
    result.instruments.resize(data_.instruments.size());
    pool_.parallel_for(static_cast<std::int64_t>(data_.instruments.size()), 1, [&](IndexRange range) {
      for (std::int64_t i = range.begin; i < range.end; ++i)
        result.instruments[static_cast<std::size_t>(i)] = table(static_cast<std::size_t>(i), last);
    });
    if (options_.to != nullptr) end_memory();
    return result;
  }

 private:
  void prepare_across(int pass) {
    const std::vector<std::size_t>& inputs = set_.across_inputs(pass);
    AcrossColumns columns(inputs.size(), std::vector<std::vector<double>>(data_.instruments.size()));
    pool_.parallel_for(static_cast<std::int64_t>(data_.instruments.size()), 1, [&](IndexRange range) {
      for (std::int64_t i = range.begin; i < range.end; ++i) {
        const auto instrument = static_cast<std::size_t>(i);
        for (auto& column : columns)
          column[instrument].resize(data_.instruments[instrument].timestamps.size());
        run_blocks(instrument, pass, [&](const SeriesRunner& runner, std::int64_t begin, std::int64_t count) {
          for (std::size_t k = 0; k < inputs.size(); ++k)
            std::copy_n(runner.result(k), count, columns[k][instrument].begin() + begin);
        });
      }
    });
    if (!panel_) panel_.emplace(data_, options_.sector_of_symbol);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      panel_->combine(set_.graph().sources()[inputs[k]].across, columns[k], pool_);
      for (std::size_t i = 0; i < sources_.size(); ++i) sources_[i].set(inputs[k], columns[k][i].data());
    }
    across_.push_back(std::move(columns));
  }

  FeatureTable table(std::size_t instrument, int pass) {
    const market::Bars& bars = data_.instruments[instrument];
    FeatureTable table;
    table.symbol = bars.symbol;
    table.timeframe = bars.timeframe;
    table.bars_per_year = bars.bars_per_year;
    table.timestamps = bars.timestamps;
    if (options_.keep_extras) table.extras = bars.extras;
    for (const Feature& feature : set_.features()) table.names.push_back(feature.name);
    table.values.resize(bars.size(), static_cast<Eigen::Index>(table.names.size()));
    std::vector<const double*> columns(table.names.size());
    run_blocks(instrument, pass, [&](const SeriesRunner& runner, std::int64_t begin, std::int64_t count) {
      for (std::size_t k = 0; k < columns.size(); ++k) columns[k] = runner.result(k);
      store_rows(columns, count, table.values.data() + begin * table.values.cols());
    });
    return table;
  }

  void begin_memory() {
    memory_.set_digest = set_.digest();
    for (const market::Bars& bars : data_.instruments) {
      const InstrumentMemory* const before = before_[memory_.instruments.size()];
      InstrumentMemory one{bars.symbol, bars.timeframe.name(), bars.size(), 0, {}};
      if (before != nullptr) {
        one.timeframe = before->timeframe;
        one.bar_count += before->bar_count;
      }
      one.last_timestamp = bars.size() > 0     ? bars.timestamps.back()
                           : before != nullptr ? before->last_timestamp
                                               : 0;
      one.passes.resize(static_cast<std::size_t>(set_.pass_count()));
      memory_.instruments.push_back(std::move(one));
    }
  }

  void end_memory() {
    if (options_.from != nullptr) {
      for (const InstrumentMemory& one : options_.from->instruments) {
        if (memory_.find(one.symbol, one.timeframe) == nullptr) memory_.instruments.push_back(one);
      }
    }
    *options_.to = std::move(memory_);
  }

  // take(runner, begin, count) after each block.
  template <typename Take>
  void run_blocks(std::size_t instrument, int pass, Take take) {
    SeriesRunner runner(set_.pass(pass), options_.block_size);
    if (before_[instrument] != nullptr)
      restore(runner, before_[instrument]->passes[static_cast<std::size_t>(pass)]);
    std::vector<const double*> at;
    const std::int64_t bar_count = data_.instruments[instrument].size();
    for (std::int64_t begin = 0; begin < bar_count; begin += options_.block_size) {
      const std::int64_t count = std::min(options_.block_size, bar_count - begin);
      sources_[instrument].fill(begin, at);
      runner.run(at.data(), count);
      take(runner, begin, count);
    }
    if (options_.to != nullptr) {
      StateWriter writer;
      runner.save(writer);
      memory_.instruments[instrument].passes[static_cast<std::size_t>(pass)] = writer.bytes();
    }
    observer_.on_progress("features", done_ += bar_count, total_);
  }

  static void restore(SeriesRunner& runner, std::span<const std::byte> state) {
    StateReader reader(state);
    runner.load(reader);
    if (!reader.is_at_end())
      throw Error(ErrorKind::kData,
                  "the saved state belongs to other features; save it anew from the full history");
  }

  const market::MarketData& data_;
  const FeatureSet& set_;
  const ComputeOptions& options_;
  ThreadPool& pool_;
  Observer& observer_;
  std::vector<SourceColumns> sources_;
  std::vector<const InstrumentMemory*> before_;  // per instrument; null: it begins here
  FeatureMemory memory_;
  std::optional<AcrossPanel> panel_;
  std::vector<AcrossColumns> across_;  // what sources_ points to
  std::atomic<std::int64_t> done_ = 0;
  std::int64_t total_ = 0;
};

bool has_value(const std::vector<double>& column) {
  return std::any_of(column.begin(), column.end(), [](double x) { return !is_missing(x); });
}

// Whether the bars have a column of that name; with `needs_values`, one that is not empty.
bool has_column(const market::Bars& bars, const std::string& name, bool needs_values) {
  if (name == "time") return true;
  for (const auto& [field, column] :
       {std::pair{"open", &bars.open}, std::pair{"high", &bars.high}, std::pair{"low", &bars.low},
        std::pair{"close", &bars.close}, std::pair{"volume", &bars.volume}}) {
    if (name == field) return !needs_values || has_value(*column);
  }
  const market::Column* const extra = find_numeric_extra(bars, name);
  return extra != nullptr && (!needs_values || has_value(extra->numbers));
}

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 4;
  std::string words;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) words += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMost) words += fmt::format(" and {} more", names.size() - kMost);
  return words;
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

void require_history(const market::MarketData& data, const FeatureSet& set, bool refuses_short,
                     Observer& observer) {
  const market::Bars* longest = nullptr;
  std::int64_t short_count = 0;
  for (const market::Bars& bars : data.instruments) {
    if (longest == nullptr || bars.size() > longest->size()) longest = &bars;
    if (bars.size() <= set.warmup()) ++short_count;
  }
  if (longest == nullptr) throw Error(ErrorKind::kData, "there are no bars to compute features from");
  for (const Feature& feature : set.features()) {
    if (longest->size() > feature.warmup || !refuses_short) continue;
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "{} has its first value after {} bars, but {} has only {}. Give a longer history, a shorter "
            "period, or leave it out (--exclude {})",
            feature.name, feature.warmup, longest->symbol.empty() ? "the data" : longest->symbol,
            longest->size(), feature.name));
  }
  if (short_count > 0) {
    observer.on_warning(
        fmt::format("{} of {} instruments have no more than {} bars, so some of their features have no value",
                    short_count, data.instruments.size(), set.warmup()));
  }
}

void require_later_bars(const market::Bars& bars, const InstrumentMemory& before) {
  if (bars.size() == 0 || bars.timestamps.front() > before.last_timestamp) return;
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: the saved state has seen bars up to {}, but the data begins at {}; give only the "
                  "bars that came since",
                  bars.symbol, format_timestamp_short(before.last_timestamp),
                  format_timestamp_short(bars.timestamps.front())));
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
  for (const market::Bars& bars : data.instruments) {
    if (const InstrumentMemory* const before = memory.find_for(bars)) {
      if (before->passes.size() != static_cast<std::size_t>(set.pass_count()))
        throw Error(ErrorKind::kData, "the saved state is incomplete; save it anew from the full history");
      require_later_bars(bars, *before);
    } else {
      strangers.push_back(fmt::format("{} ({})", bars.symbol, bars.timeframe.name()));
    }
  }
  if (strangers.empty()) return;
  std::vector<std::string> known;
  for (const InstrumentMemory& one : memory.instruments)
    known.push_back(fmt::format("{} ({})", one.symbol, one.timeframe));
  if (strangers.size() == data.instruments.size()) {
    throw Error(ErrorKind::kData,
                fmt::format("the saved state knows {}, but the data holds {}; give bars of the same symbols "
                            "(--symbol NAME names those of a file)",
                            list_of(known), list_of(strangers)));
  }
  observer.on_warning(fmt::format("the saved state does not know {}: their history begins with these bars",
                                  list_of(strangers)));
}

// A comparison within sectors that nobody has would be one with the whole market, under a wrong name.
void require_sectors(const market::MarketData& data, const FeatureSet& set, const ComputeOptions& options,
                     Observer& observer) {
  const auto& sources = set.graph().sources();
  const bool is_needed =
      std::any_of(sources.begin(), sources.end(), [](const SeriesGraph::SourceSeries& one) {
        return one.kind == SeriesGraph::SourceKind::kAcross && one.across == AcrossKind::kSectorMean;
      });
  if (!is_needed) return;
  const std::vector<std::string> without = symbols_without_sector(data, options.sector_of_symbol);
  if (without.empty()) return;
  if (without.size() == data.instruments.size()) {
    throw Error(ErrorKind::kData,
                "a feature compares within sectors, but no instrument has one; name a file of sectors "
                "(--sectors), give the data a column `sector`, or leave the feature out");
  }
  observer.on_warning(
      fmt::format("without a sector, and so compared with one another: {}", list_of(without)));
}

nlohmann::json described(const FeatureSet& set) {
  nlohmann::json list = nlohmann::json::array();
  for (const Feature& feature : set.features())
    list.push_back({{"name", feature.name}, {"expression", feature.expression}, {"warmup", feature.warmup}});
  return list;
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

FeatureData compute_features(const market::MarketData& data, const FeatureSet& set,
                             const ComputeOptions& options, ThreadPool& pool, Observer& observer) {
  // One new bar may well lack a value that its column has in general.
  require_columns(data, set, /*needs_values=*/options.from == nullptr);
  require_sectors(data, set, options, observer);
  if (options.from != nullptr) {
    require_fitting_memory(data, set, *options.from, observer);
  } else {
    require_history(data, set, options.refuse_short_history, observer);
  }
  FeatureData result = Computation(data, set, options, pool, observer).run();
  result.metadata["features"] = described(set);
  return result;
}

FeatureTable compute_features(const market::Bars& bars, const FeatureSet& set,
                              const ComputeOptions& options) {
  if (set.pass_count() > 1) {
    throw Error(
        ErrorKind::kUsage,
        "these features compare instruments at the same stamp; compute them for all instruments together");
  }
  market::MarketData data;
  data.instruments.push_back(bars);
  ThreadPool alone(1);
  return std::move(compute_features(data, set, options, alone, silent_observer()).instruments.front());
}

}  // namespace regimetry::features
