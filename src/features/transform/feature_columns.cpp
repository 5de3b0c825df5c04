#include "features/transform/feature_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"
#include "features/matches_pattern.hpp"
#include "market/column_roles.hpp"
#include "market/simulation/truth_columns.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;
using market::ColumnRole;

constexpr const char* kAuto = "auto";

// Why `auto` leaves a column out; kKept: it does not.
enum class Verdict { kKept, kAnswers, kTimes, kEmpty, kCountsRows, kOneWord, kManyWords };

std::string reason_of(Verdict verdict, std::int64_t max_categories) {
  switch (verdict) {
    case Verdict::kAnswers:
      return "they hold the answers of a simulated market";
    case Verdict::kTimes:
      return "they hold times";
    case Verdict::kEmpty:
      return "they hold no value";
    case Verdict::kCountsRows:
      return "they only count rows";
    case Verdict::kOneWord:
      return "they hold one word only";
    case Verdict::kManyWords:
      return fmt::format("they hold more than {} different words", max_categories);
    case Verdict::kKept:
      break;
  }
  return {};
}

std::size_t index_of(const InputTable& table, const InputColumn& column) {
  return static_cast<std::size_t>(&column - table.columns.data());
}

bool is_empty(const InputTable& table, std::size_t column) {
  return std::all_of(table.segments.begin(), table.segments.end(), [&](const InputSegment& segment) {
    for (std::int64_t row = 0; row < segment.row_count(); ++row) {
      if (std::isfinite(number_at(segment.views[column], static_cast<std::size_t>(row)))) return false;
    }
    return true;
  });
}

// In every instrument, each value is one fixed step after the one before. Two rows are no evidence.
bool counts_rows(const InputTable& table, std::size_t column) {
  bool has_evidence = false;
  for (const InputSegment& segment : table.segments) {
    const market::ColumnView& view = segment.views[column];
    if (segment.row_count() < 3) continue;
    const double step = number_at(view, 1) - number_at(view, 0);
    if (step == 0 || !std::isfinite(step)) return false;
    for (std::size_t row = 1; row < static_cast<std::size_t>(segment.row_count()); ++row) {
      if (number_at(view, row) - number_at(view, row - 1) != step) return false;
    }
    has_evidence = true;
  }
  return has_evidence;
}

Verdict judge_category(const InputTable& table, std::size_t column, std::int64_t max_categories) {
  std::set<std::string_view> words;
  for (const InputSegment& segment : table.segments) {
    const market::ColumnView& view = segment.views[column];
    if (view.codes == nullptr) continue;
    std::vector<bool> is_seen(view.categories->size(), false);
    for (std::int64_t row = 0; row < segment.row_count(); ++row) {
      if (view.codes[row] != market::kMissingCode) is_seen[static_cast<std::size_t>(view.codes[row])] = true;
    }
    for (std::size_t code = 0; code < is_seen.size(); ++code) {
      if (is_seen[code]) words.insert((*view.categories)[code]);
    }
    if (static_cast<std::int64_t>(words.size()) > max_categories) return Verdict::kManyWords;
  }
  if (words.empty()) return Verdict::kEmpty;
  return words.size() == 1 ? Verdict::kOneWord : Verdict::kKept;
}

Verdict judge(const InputTable& table, std::size_t column, std::int64_t max_categories) {
  const ColumnKind kind = table.columns[column].kind;
  if (kind == ColumnKind::kTime) return Verdict::kTimes;
  if (kind == ColumnKind::kCategory) return judge_category(table, column, max_categories);
  if (is_empty(table, column)) return Verdict::kEmpty;
  if (kind == ColumnKind::kNumber && counts_rows(table, column)) return Verdict::kCountsRows;
  return Verdict::kKept;
}

bool is_price_role(std::string_view name) {
  const auto role = market::role_of(name);
  return role == ColumnRole::kOpen || role == ColumnRole::kHigh || role == ColumnRole::kLow ||
         role == ColumnRole::kClose || role == ColumnRole::kAdjustedClose;
}

// A column that stays near the close is a price level too: a stop, a moving average, a projection.
bool follows(const InputTable& table, std::size_t column, std::size_t close) {
  constexpr double kNear = 0.5;  // within half and one and a half times the close
  constexpr double kLeastShareNear = 0.99;
  std::int64_t both = 0, near = 0;
  for (const InputSegment& segment : table.segments) {
    for (std::size_t row = 0; row < static_cast<std::size_t>(segment.row_count()); ++row) {
      const double ratio = number_at(segment.views[column], row) / number_at(segment.views[close], row);
      if (!std::isfinite(ratio)) continue;
      ++both;
      near += std::abs(ratio - 1) < kNear ? 1 : 0;
    }
  }
  return both > 0 && static_cast<double>(near) >= kLeastShareNear * static_cast<double>(both);
}

std::optional<std::size_t> close_column(const InputTable& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].kind == ColumnKind::kNumber &&
        market::role_of(table.columns[i].name) == ColumnRole::kClose)
      return i;
  }
  return std::nullopt;
}

std::vector<bool> find_levels(const InputTable& table, const std::vector<bool>& is_chosen, ThreadPool& pool) {
  const std::optional<std::size_t> close = close_column(table);
  std::vector<char> is_level(table.columns.size(), 0);
  pool.parallel_for(static_cast<std::int64_t>(table.columns.size()), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      if (!is_chosen[i] || table.columns[i].kind != ColumnKind::kNumber) continue;
      is_level[i] = is_price_role(table.columns[i].name) || (close && follows(table, i, *close)) ? 1 : 0;
    }
  });
  return {is_level.begin(), is_level.end()};
}

std::string list_of(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

class ColumnChooser {
 public:
  ColumnChooser(const InputTable& table, const FeatureColumnOptions& options, ThreadPool& pool)
      : table_(table), options_(options), pool_(pool), is_chosen_(table.columns.size(), false) {}

  FeatureColumns choose(const std::optional<std::vector<std::string>>& known) {
    for (const std::string& entry : options_.feature_columns) {
      if (entry == kAuto)
        choose_automatically(known);
      else
        mark(entry, "feature_columns", true);
    }
    for (const std::string& entry : options_.exclude_columns) leave_out(entry);
    refuse_times();
    FeatureColumns chosen;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      if (is_chosen_[i]) chosen.names.push_back(table_.columns[i].name);
    }
    if (chosen.names.empty()) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("{}: no column is left to be a feature{}{}. Name some with --feature-columns.",
                              printable(table_.source), notes_.empty() ? "" : ": ", fmt::join(notes_, "; ")));
    }
    note_levels();
    chosen.notes = std::move(notes_);
    return chosen;
  }

 private:
  void choose_automatically(const std::optional<std::vector<std::string>>& known) {
    std::vector<bool> is_candidate(table_.columns.size(), !known);
    std::vector<std::string> others;
    if (known) {
      const std::set<std::string> names(known->begin(), known->end());
      for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        is_candidate[i] = names.contains(table_.columns[i].name);
        if (!is_candidate[i]) others.push_back(printable(table_.columns[i].name));
      }
    }
    std::vector<Verdict> verdicts(table_.columns.size(), Verdict::kKept);
    pool_.parallel_for(static_cast<std::int64_t>(verdicts.size()), 1, [&](IndexRange range) {
      for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
        if (!is_candidate[i]) continue;
        // A feature may be called true_range; what the writer called a feature is one.
        const bool is_answer =
            !known && table_.origin.is_simulated && market::is_truth_column(table_.columns[i].name);
        verdicts[i] = is_answer ? Verdict::kAnswers : judge(table_, i, options_.max_categories);
      }
    });
    std::map<Verdict, std::vector<std::string>> left_out;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if (!is_candidate[i]) continue;
      if (verdicts[i] == Verdict::kKept)
        is_chosen_[i] = true;
      else
        left_out[verdicts[i]].push_back(printable(table_.columns[i].name));
    }
    if (!others.empty()) {
      notes_.push_back(fmt::format("left out, because the file calls them no features: {}", list_of(others)));
    }
    for (const auto& [verdict, names] : left_out) {
      notes_.push_back(fmt::format("left out, because {}: {}", reason_of(verdict, options_.max_categories),
                                   list_of(names)));
    }
  }

  void mark(const std::string& entry, const char* setting, bool is_chosen) {
    bool is_found = false;
    for (const InputColumn& column : table_.columns) {
      if (!matches_pattern(column.name, entry)) continue;
      is_chosen_[index_of(table_, column)] = is_chosen;
      is_found = true;
    }
    if (is_found) return;
    const std::vector<std::string> known = column_names();
    const auto near = nearest_word(entry, known);
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: {} names '{}', which no column is called; {}", printable(table_.source),
                            setting, printable(entry),
                            near ? fmt::format("did you mean '{}'?", printable(*near))
                                 : fmt::format("the columns are {}", printable(list_of(known)))));
  }

  // One list serves many files: a column that this one has not, as the date that became the stamp, need not
  // be left out.
  void leave_out(const std::string& entry) {
    const std::vector<std::string> known = column_names();
    const bool is_pattern = entry.find('*') != std::string::npos;
    if (is_pattern || std::find(known.begin(), known.end(), entry) != known.end()) {
      mark(entry, "exclude_columns", false);
      return;
    }
    const auto near = nearest_word(entry, known);
    notes_.push_back(fmt::format("exclude_columns names '{}', which no column is called{}", printable(entry),
                                 near ? fmt::format("; did you mean '{}'?", printable(*near)) : ""));
  }

  [[nodiscard]] std::vector<std::string> column_names() const {
    std::vector<std::string> names;
    for (const InputColumn& column : table_.columns) names.push_back(column.name);
    return names;
  }

  void refuse_times() const {
    for (const InputColumn& column : table_.columns) {
      if (column.kind != ColumnKind::kTime || !is_chosen_[index_of(table_, column)]) continue;
      throw Error(ErrorKind::kUsage,
                  fmt::format("{}: column '{}' holds times, which are no feature. Take it out with "
                              "--exclude-columns.",
                              printable(table_.source), printable(column.name)));
    }
  }

  void note_levels() {
    const std::vector<bool> is_level = find_levels(table_, is_chosen_, pool_);
    std::vector<std::string> levels;
    for (std::size_t i = 0; i < is_level.size(); ++i) {
      if (is_level[i]) levels.push_back(printable(table_.columns[i].name));
    }
    if (levels.empty()) return;
    notes_.push_back(
        fmt::format("price levels among the features, which make regimes that merely follow the price "
                    "(--exclude-columns leaves them out): {}",
                    list_of(levels)));
  }

  const InputTable& table_;
  const FeatureColumnOptions& options_;
  ThreadPool& pool_;
  std::vector<bool> is_chosen_;
  std::vector<std::string> notes_;
};

}  // namespace

std::vector<std::string> FeatureColumnOptions::problems() const {
  std::vector<std::string> found;
  if (feature_columns.empty()) found.emplace_back("feature_columns is empty; name columns, or auto");
  if (max_categories < 2) {
    found.push_back(fmt::format("max_categories is {}; it must be at least 2", max_categories));
  }
  return found;
}

FeatureColumns choose_feature_columns(const InputTable& train,
                                      const std::optional<std::vector<std::string>>& known,
                                      const FeatureColumnOptions& options, ThreadPool& pool) {
  return ColumnChooser(train, options, pool).choose(known);
}

}  // namespace regimetry::features
