#include "labelling/compare_stored_asof.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "regimes/alignment/match_labels.hpp"

namespace regimetry::labelling {
namespace {

using regimes::kNoRegime;

// A label at its place in time.
struct StampedLabel {
  std::string_view symbol;
  TimestampNs stamp = 0;
  std::int32_t label = kNoRegime;
  [[nodiscard]] auto key() const noexcept { return std::tie(symbol, stamp); }
};

std::vector<StampedLabel> sorted(std::vector<StampedLabel> labels) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](const StampedLabel& a, const StampedLabel& b) { return a.key() < b.key(); });
  return labels;
}

std::vector<StampedLabel> labels_of_file(const LabelledTable& stored, bool is_named) {
  std::vector<StampedLabel> labels;
  for (std::size_t i = 0; i < stored.sequences.size(); ++i) {
    const std::string_view symbol = is_named ? std::string_view(stored.symbols[i]) : std::string_view();
    for (std::int64_t row = stored.sequences[i].begin; row < stored.sequences[i].end; ++row) {
      const auto at = static_cast<std::size_t>(row);
      labels.push_back({symbol, stored.timestamps[at], std::max(stored.labels[at], kNoRegime)});
    }
  }
  return sorted(std::move(labels));
}

// At the bars that the rows were laid over, whose stamps and symbols the file has.
std::vector<StampedLabel> labels_made(const PlacedSource& placed, std::span<const std::int32_t> ids,
                                      bool is_named) {
  std::vector<StampedLabel> labels;
  for (std::size_t i = 0; i < placed.source.instruments.size(); ++i) {
    if (placed.places.segments[i] == kNowhere) continue;
    const features::InputSegment& segment =
        placed.table.segments[static_cast<std::size_t>(placed.places.segments[i])];
    const std::string_view symbol = is_named ? std::string_view(segment.symbol) : std::string_view();
    const IndexRange rows = placed.source.instruments[i].rows;
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      const std::int64_t place = placed.places.rows[static_cast<std::size_t>(row)];
      if (place != kNowhere)
        labels.push_back({symbol, segment.timestamps[static_cast<std::size_t>(place)],
                          ids[static_cast<std::size_t>(row)]});
    }
  }
  return sorted(std::move(labels));
}

// Both labels of a row.
struct LabelPairs {
  std::vector<StampedLabel> rows;
  std::vector<std::int32_t> stored, made;

  void add(const StampedLabel& row, std::int32_t in_file, std::int32_t again) {
    if (in_file == kNoRegime && again == kNoRegime) return;
    rows.push_back(row);
    stored.push_back(in_file);
    made.push_back(again);
  }
};

// `stored` is sorted: whether the stamp lies between two of its rows of that symbol.
bool is_spanned(const std::vector<StampedLabel>& stored, std::vector<StampedLabel>::const_iterator next,
                const StampedLabel& row) {
  return next != stored.begin() && std::prev(next)->symbol == row.symbol && next != stored.end() &&
         next->symbol == row.symbol;
}

LabelPairs pair_labels(const std::vector<StampedLabel>& stored, const std::vector<StampedLabel>& made) {
  LabelPairs pairs;
  auto next = stored.begin();
  for (const StampedLabel& row : made) {
    for (; next != stored.end() && next->key() < row.key(); ++next) pairs.add(*next, next->label, kNoRegime);
    if (next != stored.end() && next->key() == row.key()) {
      pairs.add(row, next->label, row.label);
      ++next;
    } else if (is_spanned(stored, next, row)) {
      pairs.add(row, kNoRegime, row.label);
    }
  }
  for (; next != stored.end(); ++next) pairs.add(*next, next->label, kNoRegime);
  return pairs;
}

// The file's number of each label that was made again.
std::map<std::int32_t, std::int32_t> best_renaming(const LabelPairs& pairs) {
  std::map<std::int32_t, std::int32_t> name_of{{kNoRegime, kNoRegime}};
  for (const regimes::LabelMatch::Pair& pair : regimes::match_labels(pairs.made, pairs.stored).pairs)
    name_of[pair.label] = pair.reference;
  return name_of;
}

}  // namespace

StoredAsofComparison compare_stored_asof(const LabelledTable& stored, const PlacedSource& placed,
                                         std::span<const std::int32_t> ids) {
  const bool is_named = stored.symbols.size() > 1 || placed.source.instruments.size() > 1;
  const LabelPairs pairs = pair_labels(labels_of_file(stored, is_named), labels_made(placed, ids, is_named));
  const std::map<std::int32_t, std::int32_t> name_of = best_renaming(pairs);
  StoredAsofComparison comparison;
  comparison.stored_labels = std::count_if(stored.labels.begin(), stored.labels.end(),
                                           [](std::int32_t label) { return label >= 0; });
  comparison.compared_rows = std::ssize(pairs.rows);
  std::optional<StampedLabel> first;
  for (std::size_t i = 0; i < pairs.rows.size(); ++i) {
    const auto name = name_of.find(pairs.made[i]);
    if (name != name_of.end() && name->second == pairs.stored[i]) continue;
    ++comparison.differing_rows;
    if (first && first->stamp <= pairs.rows[i].stamp) continue;
    first = pairs.rows[i];
    comparison.stored = pairs.stored[i];
    comparison.made = name == name_of.end() ? pairs.made[i] : name->second;
  }
  if (first) {
    comparison.symbol = first->symbol;
    comparison.stamp = first->stamp;
  }
  return comparison;
}

}  // namespace regimetry::labelling
