#include "labelling/cluster_assignments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "core/printable.hpp"
#include "market/writing/column_names.hpp"
#include "market/writing/write_table.hpp"

namespace regimetry::labelling {
namespace {

using features::InputSegment;
using features::InputTable;
using market::ColumnKind;
using market::OutputSegment;
using market::OutputTable;

constexpr double kBlank = std::numeric_limits<double>::quiet_NaN();

// The columns to write, borrowed from the table; label columns laid over its rows are held here.
class Assignments {
 public:
  Assignments(const InputTable& table, const RegimeSource& source, const RowPlaces& places,
              std::span<const LabelColumn> labels, Observer& observer)
      : table_(table), source_(source), places_(places), labels_(labels) {
    add_columns(observer);
    lay_labels();
    for (std::size_t i = 0; i < table.segments.size(); ++i) add_segment(i);
  }
  [[nodiscard]] const OutputTable& output() const noexcept { return output_; }

 private:
  void add_columns(Observer& observer) {
    market::ColumnNames names;
    output_.columns.push_back({names.claim("timestamp"), ColumnKind::kTime});
    has_symbol_ = table_.segments.size() > 1 || !table_.segments.front().symbol.empty();
    if (has_symbol_) output_.columns.push_back({names.claim("symbol"), ColumnKind::kCategory});
    for (const LabelColumn& label : labels_) (void)names.claim(label.name);
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const features::InputColumn& column = table_.columns[i];
      const bool is_replaced = std::any_of(labels_.begin(), labels_.end(), [&](const LabelColumn& label) {
        return label.name == column.name;
      });
      if (is_replaced) {
        observer.on_note(fmt::format("the column {} of {} is replaced by the labels made now",
                                     printable(column.name), printable(table_.source)));
        continue;
      }
      kept_.push_back(i);
      output_.columns.push_back({names.claim(column.name), column.kind});
    }
    for (const LabelColumn& label : labels_) output_.columns.push_back({label.name, ColumnKind::kNumber});
  }

  void lay_labels() {
    laid_.resize(table_.segments.size() * labels_.size());
    for (std::size_t segment = 0; segment < table_.segments.size(); ++segment)
      for (std::size_t label = 0; label < labels_.size(); ++label)
        laid(segment, label).assign(static_cast<std::size_t>(table_.segments[segment].row_count()), kBlank);
    for (std::size_t i = 0; i < source_.instruments.size(); ++i) {
      if (places_.segments[i] == kNowhere) continue;
      const IndexRange rows = source_.instruments[i].rows;
      for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const std::int64_t place = places_.rows[static_cast<std::size_t>(row)];
        if (place == kNowhere) continue;
        for (std::size_t label = 0; label < labels_.size(); ++label)
          laid(static_cast<std::size_t>(places_.segments[i]), label)[static_cast<std::size_t>(place)] =
              labels_[label].values[static_cast<std::size_t>(row)];
      }
    }
  }

  std::vector<double>& laid(std::size_t segment, std::size_t label) {
    return laid_[segment * labels_.size() + label];
  }

  void add_segment(std::size_t index) {
    const InputSegment& input = table_.segments[index];
    OutputSegment& segment = output_.segments.emplace_back();
    segment.row_count = input.row_count();
    segment.views.emplace_back().times = input.timestamps.data();
    if (has_symbol_) segment.views.emplace_back().word = input.symbol;
    for (const std::size_t column : kept_) segment.views.push_back(input.views[column]);
    for (std::size_t label = 0; label < labels_.size(); ++label)
      segment.views.emplace_back().numbers = laid(index, label).data();
  }

  const InputTable& table_;
  const RegimeSource& source_;
  const RowPlaces& places_;
  std::span<const LabelColumn> labels_;
  bool has_symbol_ = false;
  std::vector<std::size_t> kept_;          // columns of the table that are written
  std::vector<std::vector<double>> laid_;  // per segment and label
  OutputTable output_;
};

}  // namespace

void write_cluster_assignments(const std::filesystem::path& path, const InputTable& table,
                               const RegimeSource& source, const RowPlaces& places,
                               std::span<const LabelColumn> labels, const nlohmann::json& metadata,
                               ThreadPool& pool, Observer& observer) {
  const Assignments assignments(table, source, places, labels, observer);
  market::write_table(path, assignments.output(), metadata, pool, observer);
}

}  // namespace regimetry::labelling
