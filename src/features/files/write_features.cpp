#include "features/files/write_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "features/files/feature_array.hpp"
#include "features/files/feature_file_format.hpp"
#include "features/files/stored_features.hpp"
#include "market/column_roles.hpp"
#include "market/writing/column_names.hpp"
#include "market/writing/write_table.hpp"

namespace regimetry::features {
namespace {

using market::Column;
using market::ColumnKind;

std::vector<const FeatureTable*> in_writing_order(const FeatureData& data) {
  std::vector<const FeatureTable*> sorted;
  for (const FeatureTable& table : data.instruments) sorted.push_back(&table);
  std::stable_sort(sorted.begin(), sorted.end(), [](const FeatureTable* a, const FeatureTable* b) {
    return std::tie(a->symbol, a->timeframe.months, a->timeframe.nanoseconds) <
           std::tie(b->symbol, b->timeframe.months, b->timeframe.nanoseconds);
  });
  return sorted;
}

// A table whose parts do not fit together is a fault of whoever made it.
void require_consistent(const std::vector<const FeatureTable*>& instruments) {
  for (const FeatureTable* table : instruments) {
    const bool is_consistent =
        static_cast<std::int64_t>(table->timestamps.size()) == table->row_count() &&
        static_cast<std::int64_t>(table->names.size()) == table->feature_count() &&
        table->names == instruments.front()->names &&
        std::all_of(table->extras.begin(), table->extras.end(),
                    [&](const Column& extra) { return extra.row_count() == table->row_count(); });
    if (is_consistent) continue;
    throw Error(
        ErrorKind::kInternal,
        fmt::format("the features of '{}' do not form a table: {} stamps, {} rows, {} names, {} columns",
                    printable(table->symbol), table->timestamps.size(), table->row_count(),
                    table->names.size(), table->feature_count()));
  }
}

// The table to write, and what its columns cannot say. Lives as long as the writing takes.
class FeatureOutput {
 public:
  explicit FeatureOutput(const std::vector<const FeatureTable*>& instruments) {
    add_columns(instruments);
    for (const FeatureTable* instrument : instruments) add_segment(*instrument);
  }
  [[nodiscard]] const market::OutputTable& table() const noexcept { return table_; }
  [[nodiscard]] const StoredFeatures& stored() const noexcept { return stored_; }

 private:
  std::string add(const std::string& wanted, ColumnKind kind, bool is_single = false) {
    table_.columns.push_back({names_.claim(wanted), kind, is_single});
    return table_.columns.back().name;
  }

  // Adds a column under a name that no reader takes for the stamp, the symbol or a price that it is not.
  std::string add_value_column(const std::string& wanted, ColumnKind kind, bool is_single) {
    using market::ColumnRole;
    const auto role = market::role_of(wanted);
    const bool misleads =
        role && (kind != ColumnKind::kNumber || role == ColumnRole::kTimestamp || role == ColumnRole::kDate ||
                 role == ColumnRole::kTime || role == ColumnRole::kSymbol);
    std::string column = add(misleads ? wanted + "_value" : wanted, kind, is_single);
    if (column != wanted) stored_.renamed[column] = wanted;
    return column;
  }

  void add_columns(const std::vector<const FeatureTable*>& instruments) {
    (void)add("timestamp", ColumnKind::kTime);
    (void)add("symbol", ColumnKind::kCategory);
    const bool tell_timeframes = std::adjacent_find(instruments.begin(), instruments.end(),
                                                    [](const FeatureTable* a, const FeatureTable* b) {
                                                      return a->symbol == b->symbol;
                                                    }) != instruments.end();
    if (tell_timeframes) stored_.timeframe_column = add("timeframe", ColumnKind::kCategory);
    first_feature_ = table_.columns.size();
    for (const std::string& name : instruments.front()->names) {
      stored_.features.push_back(add_value_column(name, ColumnKind::kNumber, /*is_single=*/true));
    }
    // One column per name and kind: a name that is a number here and a word there becomes two columns.
    for (const FeatureTable* instrument : instruments) {
      for (const Column& extra : instrument->extras) {
        if (!extra_at_.try_emplace({extra.name, extra.kind}, table_.columns.size()).second) continue;
        stored_.extras.push_back(add_value_column(extra.name, extra.kind, /*is_single=*/false));
      }
    }
  }

  void add_segment(const FeatureTable& instrument) {
    market::OutputSegment segment;
    segment.row_count = instrument.row_count();
    segment.views.resize(table_.columns.size());
    segment.views[0].times = instrument.timestamps.data();
    segment.views[1].word = instrument.symbol;
    if (!stored_.timeframe_column.empty()) {
      table_.timeframe_names.push_back(instrument.timeframe.name());
      segment.views[2].word = table_.timeframe_names.back();
    }
    for (std::int64_t f = 0; f < instrument.feature_count(); ++f) {
      market::ColumnView& view = segment.views[first_feature_ + static_cast<std::size_t>(f)];
      view.singles = instrument.values.data() + f;
      view.single_stride = instrument.feature_count();
    }
    StoredInstrument facts{instrument.symbol, instrument.timeframe, instrument.bars_per_year, std::nullopt};
    std::vector<std::string> extras;
    for (const Column& extra : instrument.extras) {
      const std::size_t column = extra_at_.at({extra.name, extra.kind});
      segment.views[column] = market::view_of(extra);
      extras.push_back(table_.columns[column].name);
    }
    if (extras != stored_.extras) facts.extras = std::move(extras);
    stored_.instruments.push_back(std::move(facts));
    table_.segments.push_back(std::move(segment));
  }

  market::OutputTable table_;
  StoredFeatures stored_;
  market::ColumnNames names_;
  std::size_t first_feature_ = 0;
  std::map<std::pair<std::string, ColumnKind>, std::size_t> extra_at_;
};

}  // namespace

void write_features(const std::filesystem::path& path, const FeatureData& data, ThreadPool& pool,
                    Observer& observer) {
  require_feature_extension(path);
  const std::vector<const FeatureTable*> instruments = in_writing_order(data);
  require_consistent(instruments);
  if (data.row_count() == 0) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: there is no row to write; nothing was written", printable_path(path)));
  }
  if (is_array_path(path)) return write_feature_array(path, instruments, data.metadata, observer);
  const FeatureOutput output(instruments);
  nlohmann::json metadata = data.metadata.is_object() ? data.metadata : nlohmann::json::object();
  metadata[kFeatureTableKey] = to_json(output.stored());
  market::write_table(path, output.table(), std::move(metadata), pool, observer);
}

}  // namespace regimetry::features
