#include "features/audit/lookahead_report.hpp"

#include <cmath>

namespace regimetry::features {
namespace {

using nlohmann::json;

json number_or_null(double value) {
  return std::isfinite(value) ? json(value) : json(nullptr);
}

json to_json(const Culprit& culprit) {
  json object = {{"kind", leak_kind_key(culprit.kind)},
                 {"feature", culprit.feature},
                 {"is_input_column", culprit.is_input},
                 {"symbol", culprit.symbol},
                 {"timeframe", culprit.timeframe},
                 {"stamp", format_timestamp(culprit.stamp)},
                 {"value_with_history", number_or_null(culprit.with_history)},
                 {"value_with_other_future", number_or_null(culprit.with_other_future)},
                 {"found_by", culprit.found_by},
                 {"cuts_caught", culprit.cuts_caught},
                 {"cuts_compared", culprit.cuts_compared},
                 {"rows_changed", culprit.rows_changed},
                 {"rows_compared", culprit.rows_compared},
                 {"severity", culprit.severity},
                 {"advice", culprit.advice}};
  object["cut"] = culprit.cut ? json(format_timestamp(*culprit.cut)) : json(nullptr);
  object["reach_bars"] = culprit.reach_bars ? json(*culprit.reach_bars) : json(nullptr);
  return object;
}

}  // namespace

std::string_view leak_kind_words(LeakKind kind) noexcept {
  switch (kind) {
    case LeakKind::kValueMoves:
      return "value moves";
    case LeakKind::kRowsMove:
      return "rows move";
    case LeakKind::kNamesMove:
      return "names move";
    case LeakKind::kEqualsFuture:
      return "equals the future";
    case LeakKind::kEqualsAnswer:
      return "equals an answer";
    case LeakKind::kResemblesFuture:
      break;
  }
  return "resembles the future";
}

std::string_view leak_kind_key(LeakKind kind) noexcept {
  switch (kind) {
    case LeakKind::kValueMoves:
      return "value_moves";
    case LeakKind::kRowsMove:
      return "rows_move";
    case LeakKind::kNamesMove:
      return "names_move";
    case LeakKind::kEqualsFuture:
      return "equals_future";
    case LeakKind::kEqualsAnswer:
      return "equals_answer";
    case LeakKind::kResemblesFuture:
      break;
  }
  return "resembles_future";
}

json to_json(const LookaheadReport& report) {
  json culprits = json::array(), skipped = json::array();
  for (const Culprit& culprit : report.culprits) culprits.push_back(to_json(culprit));
  for (const SkippedRun& run : report.skipped) {
    skipped.push_back(
        {{"cut", format_timestamp(run.moment)}, {"change", run.change}, {"message", run.message}});
  }
  return {{"is_clean", report.is_clean()},
          {"sample", report.sample},
          {"instruments", report.instrument_count},
          {"bars", report.bar_count},
          {"features", report.feature_count},
          {"first_stamp", format_timestamp(report.first_stamp)},
          {"last_stamp", format_timestamp(report.last_stamp)},
          {"prefixes", report.prefix_count},
          {"altered_futures", report.altered_count},
          {"cuts", report.cut_count},
          {"possible_cuts", report.possible_cut_count},
          {"values_compared", report.values_compared},
          {"columns_examined", report.columns_examined},
          {"answer_columns", report.answer_columns},
          {"skipped", std::move(skipped)},
          {"culprits", std::move(culprits)}};
}

}  // namespace regimetry::features
