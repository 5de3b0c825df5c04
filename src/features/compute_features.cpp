#include "features/compute_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

#include "core/error.hpp"
#include "features/across/across_panel.hpp"
#include "features/graph/series_runner.hpp"
#include "features/name_list.hpp"
#include "features/require_computable.hpp"
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
    if (!panel_)
      panel_.emplace(data_, timeframes(), Sectors(data_, options_.sector_of_symbol, sectors_before()));
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

  [[nodiscard]] std::vector<std::string> sectors_before() const {
    std::vector<std::string> words;
    for (const InstrumentMemory* const one : before_) words.push_back(one == nullptr ? "" : one->sector);
    return words;
  }

  // The remembered one where there is one: a few new bars do not tell theirs.
  [[nodiscard]] std::string timeframe_of(std::size_t instrument) const {
    const InstrumentMemory* const before = before_[instrument];
    return before != nullptr ? before->timeframe : data_.instruments[instrument].timeframe.name();
  }

  [[nodiscard]] std::vector<std::string> timeframes() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < data_.instruments.size(); ++i) names.push_back(timeframe_of(i));
    return names;
  }

  void begin_memory() {
    memory_.set_digest = set_.digest();
    for (const market::Bars& bars : data_.instruments) {
      const InstrumentMemory* const before = before_[memory_.instruments.size()];
      InstrumentMemory one{bars.symbol, timeframe_of(memory_.instruments.size()), bars.size(), 0, {}, {}};
      if (before != nullptr) one.bar_count += before->bar_count;
      one.last_timestamp = bars.size() > 0     ? bars.timestamps.back()
                           : before != nullptr ? before->last_timestamp
                                               : 0;
      one.passes.resize(static_cast<std::size_t>(set_.pass_count()));
      memory_.instruments.push_back(std::move(one));
    }
  }

  void end_memory() {
    for (std::size_t i = 0; panel_ && i < data_.instruments.size(); ++i)
      memory_.instruments[i].sector = panel_->sectors().last_word(i);
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

// Those that are missing on every bar of every instrument.
std::vector<std::string> features_without_value(const FeatureData& data) {
  std::vector<std::string> names;
  if (data.instruments.empty()) return names;
  for (std::int64_t k = 0; k < data.instruments.front().feature_count(); ++k) {
    const bool has_one =
        std::any_of(data.instruments.begin(), data.instruments.end(), [k](const FeatureTable& table) {
          for (Eigen::Index row = table.values.rows() - 1; row >= 0; --row) {
            if (!std::isnan(table.values(row, k))) return true;
          }
          return false;
        });
    if (!has_one) names.push_back(data.instruments.front().names[static_cast<std::size_t>(k)]);
  }
  return names;
}

nlohmann::json described(const FeatureSet& set) {
  nlohmann::json list = nlohmann::json::array();
  for (const Feature& feature : set.features())
    list.push_back({{"name", feature.name}, {"expression", feature.expression}, {"warmup", feature.warmup}});
  return list;
}

}  // namespace

FeatureData compute_features(const market::MarketData& data, const FeatureSet& set,
                             const ComputeOptions& options, ThreadPool& pool, Observer& observer) {
  require_computable(data, set, options, observer);
  FeatureData result = Computation(data, set, options, pool, observer).run();
  const std::vector<std::string> without_value = features_without_value(result);
  if (!without_value.empty())
    observer.on_warning(fmt::format("without a single value: {}", list_of(without_value)));
  result.metadata["features"] = described(set);
  return result;
}

}  // namespace regimetry::features
