#include "features/audit/examine_columns.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "market/simulation/truth_columns.hpp"

namespace regimetry::features {
namespace {

bool is_simulated(const market::MarketData& data) {
  return data.metadata.is_object() && data.metadata.contains("simulation");
}

std::vector<double> column_values(const FeatureTable& table, std::size_t feature) {
  std::vector<double> values(static_cast<std::size_t>(table.row_count()));
  for (std::size_t row = 0; row < values.size(); ++row)
    values[row] = table.values(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(feature));
  return values;
}

double cell_as_number(const market::Column& column, std::size_t row) {
  if (column.kind == market::ColumnKind::kCategory) return static_cast<double>(column.codes[row]);
  return column.numbers.empty() ? std::numeric_limits<double>::quiet_NaN() : column.numbers[row];
}

Culprit culprit_at(const market::Bars& bars, const std::string& column, bool is_input) {
  Culprit culprit;
  culprit.feature = column;
  culprit.is_input = is_input;
  culprit.symbol = bars.symbol;
  culprit.timeframe = bars.timeframe.name();
  return culprit;
}

Culprit describe(const FutureLikeness& likeness, const market::Bars& bars, const std::string& column,
                 bool is_input) {
  Culprit culprit = culprit_at(bars, column, is_input);
  culprit.kind = likeness.is_equal ? LeakKind::kEqualsFuture : LeakKind::kResemblesFuture;
  culprit.stamp = bars.timestamps[static_cast<std::size_t>(likeness.row)];
  culprit.with_history = likeness.value;
  culprit.with_other_future = likeness.later;
  culprit.reach_bars = likeness.horizon;
  culprit.severity = std::abs(likeness.strength);
  if (likeness.is_equal) {
    culprit.found_by = fmt::format("{} in {:.1f}% of rows", likeness.words, 100 * likeness.strength);
    culprit.advice = "this is a label: keep it out of the features, or use it as the target";
  } else {
    culprit.found_by = fmt::format("{} (rank correlation {:+.2f}, with the past {:.2f})", likeness.words,
                                   likeness.strength, likeness.past_strength);
    culprit.advice =
        "no market tells so much beforehand: find out how the column was made, and when it was known";
  }
  return culprit;
}

Culprit describe_answer(const std::string& answer, const market::Bars& bars, const std::string& feature) {
  Culprit culprit = culprit_at(bars, feature, /*is_input=*/false);
  culprit.kind = LeakKind::kEqualsAnswer;
  culprit.stamp = bars.timestamps.front();
  culprit.with_history = culprit.with_other_future = std::numeric_limits<double>::quiet_NaN();
  culprit.found_by = fmt::format("equals the column '{}' of the simulator", answer);
  culprit.severity = 1;
  culprit.advice = "the simulator's answers are for scoring; no feature may be made of them";
  return culprit;
}

// The columns of one instrument and of the tables that describe it.
class InstrumentColumns {
 public:
  InstrumentColumns(const market::Bars& bars, bool has_answers, const FutureLikenessOptions& options)
      : bars_(bars), has_answers_(has_answers), probe_(bars, options) {}

  void examine_inputs() {
    for (const market::Column& column : bars_.extras) {
      if (is_answer(column)) {
        findings_.answer_columns.push_back(column.name);
      } else {
        take(probe_.examine(column), column.name, /*is_input=*/true);
      }
    }
  }

  void examine_features(const FeatureTable& table) {
    const bool rows_are_bars = table.timestamps == bars_.timestamps;
    for (std::size_t feature = 0; feature < table.names.size(); ++feature) {
      const std::string& name = table.names[feature];
      if (!rows_are_bars) {
        findings_.not_judged.push_back({name, false, "its rows are not the bars"});
        continue;
      }
      const std::vector<double> values = column_values(table, feature);
      if (const auto answer = equal_answer(values)) {
        ++findings_.judged;
        findings_.culprits.push_back(describe_answer(*answer, bars_, name));
      } else {
        take(probe_.examine(values, /*is_input=*/false), name, /*is_input=*/false);
      }
    }
  }

  [[nodiscard]] ColumnFindings finish() { return std::move(findings_); }

 private:
  [[nodiscard]] bool is_answer(const market::Column& column) const {
    return has_answers_ && market::is_truth_column(column.name);
  }

  void take(const Examination& examination, const std::string& name, bool is_input) {
    if (!examination.why_not_judged.empty()) {
      findings_.not_judged.push_back({name, is_input, examination.why_not_judged});
      return;
    }
    ++findings_.judged;
    if (examination.likeness)
      findings_.culprits.push_back(describe(*examination.likeness, bars_, name, is_input));
  }

  // The answer that a feature copies, if any. Columns that never change are equal by chance.
  [[nodiscard]] std::optional<std::string> equal_answer(const std::vector<double>& values) const {
    for (const market::Column& column : bars_.extras) {
      if (!is_answer(column)) continue;
      bool is_equal = true, varies = false;
      for (std::size_t row = 0; row < values.size() && is_equal; ++row) {
        is_equal = static_cast<float>(cell_as_number(column, row)) == static_cast<float>(values[row]);
        varies = varies || values[row] != values.front();
      }
      if (is_equal && varies) return column.name;
    }
    return std::nullopt;
  }

  const market::Bars& bars_;
  bool has_answers_;
  FutureProbe probe_;
  ColumnFindings findings_;
};

bool describes(const FeatureTable& table, const market::Bars& bars) {
  return table.symbol == bars.symbol && table.timeframe == bars.timeframe;
}

// Tables of coarser or other rows than any bars: nothing can be said of them, and that is said.
std::vector<UnjudgedColumn> features_without_bars(const market::MarketData& data,
                                                  const FeatureData& features) {
  std::vector<UnjudgedColumn> columns;
  for (const FeatureTable& table : features.instruments) {
    bool has_bars = false;
    for (const market::Bars& bars : data.instruments) has_bars = has_bars || describes(table, bars);
    if (has_bars) continue;
    for (const std::string& name : table.names) columns.push_back({name, false, "its rows are not the bars"});
  }
  return columns;
}

// One entry per column and reason, with how many instruments it stands for; in order of appearance.
std::vector<UnjudgedColumn> without_repeats(const std::vector<UnjudgedColumn>& columns) {
  std::vector<UnjudgedColumn> once;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (const UnjudgedColumn& column : columns) {
    const auto [place, is_new] = places.emplace(std::pair{column.name, column.reason}, once.size());
    if (is_new) {
      once.push_back(column);
    } else {
      once[place->second].instruments += column.instruments;
    }
  }
  return once;
}

}  // namespace

ColumnFindings examine_columns(const market::MarketData& data, const FeatureData& features,
                               const FutureLikenessOptions& options, ThreadPool& pool) {
  const auto count = static_cast<std::int64_t>(data.instruments.size());
  std::vector<ColumnFindings> found(data.instruments.size());
  pool.parallel_for(count, 1, [&](IndexRange range) {
    for (std::int64_t k = range.begin; k < range.end; ++k) {
      const market::Bars& bars = data.instruments[static_cast<std::size_t>(k)];
      InstrumentColumns columns(bars, is_simulated(data), options);
      columns.examine_inputs();
      for (const FeatureTable& table : features.instruments) {
        if (describes(table, bars)) columns.examine_features(table);
      }
      found[static_cast<std::size_t>(k)] = columns.finish();
    }
  });
  ColumnFindings all;
  std::set<std::string> answers;
  std::vector<UnjudgedColumn> not_judged = features_without_bars(data, features);
  for (ColumnFindings& one : found) {
    all.judged += one.judged;
    answers.insert(one.answer_columns.begin(), one.answer_columns.end());
    not_judged.insert(not_judged.end(), one.not_judged.begin(), one.not_judged.end());
    for (Culprit& culprit : one.culprits) all.culprits.push_back(std::move(culprit));
  }
  all.not_judged = without_repeats(not_judged);
  all.answer_columns.assign(answers.begin(), answers.end());
  return all;
}

}  // namespace regimetry::features
