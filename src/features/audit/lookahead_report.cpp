#include "features/audit/lookahead_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "features/audit/altered_future.hpp"

namespace regimetry::features {
namespace {

using nlohmann::json;

json number_or_null(double value) {
  return std::isfinite(value) ? json(value) : json(nullptr);
}

std::string_view verdict_key(LookaheadVerdict verdict) {
  switch (verdict) {
    case LookaheadVerdict::kNoneFound:
      return "none_found";
    case LookaheadVerdict::kUnproven:
      return "unproven";
    case LookaheadVerdict::kFound:
      break;
  }
  return "found";
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

LookaheadVerdict LookaheadReport::verdict() const noexcept {
  if (!culprits.empty()) return LookaheadVerdict::kFound;
  return prefix_count < kFewestPrefixes ? LookaheadVerdict::kUnproven : LookaheadVerdict::kNoneFound;
}

std::string LookaheadReport::why_unproven() const {
  if (prefix_count >= kFewestPrefixes) return {};
  if (possible_cut_count < kFewestPrefixes) {
    return fmt::format(
        "the history is too short: it can be cut at {} place{}, and a proof takes {} prefixes; give more "
        "bars",
        possible_cut_count, possible_cut_count == 1 ? "" : "s", kFewestPrefixes);
  }
  const auto is_prefix = [](const SkippedRun& run) {
    return run.change == future_change_name(FutureChange::kRemoved);
  };
  const auto first = std::find_if(skipped.begin(), skipped.end(), is_prefix);
  return fmt::format(
      "the features could be computed on {} of {} prefixes only, and a proof takes {}; the first refusal: {}",
      prefix_count, prefix_count + std::count_if(skipped.begin(), skipped.end(), is_prefix), kFewestPrefixes,
      first == skipped.end() ? std::string("none") : first->message);
}

json to_json(const LookaheadReport& report) {
  json culprits = json::array(), skipped = json::array();
  for (const Culprit& culprit : report.culprits) culprits.push_back(to_json(culprit));
  for (const SkippedRun& run : report.skipped) {
    skipped.push_back(
        {{"cut", format_timestamp(run.moment)}, {"change", run.change}, {"message", run.message}});
  }
  json unproven = json::array(), not_judged = json::array();
  for (const UnprovenFeature& feature : report.unproven_features)
    unproven.push_back({{"feature", feature.name}, {"prefixes", feature.prefix_count}});
  for (const UnjudgedColumn& column : report.columns_not_judged) {
    not_judged.push_back({{"column", column.name},
                          {"is_input_column", column.is_input},
                          {"reason", column.reason},
                          {"instruments", column.instruments}});
  }
  return {{"verdict", verdict_key(report.verdict())},
          {"is_clean", report.is_clean()},
          {"why_unproven", report.why_unproven()},
          {"sample", report.sample},
          {"instruments", report.instrument_count},
          {"bars", report.bar_count},
          {"features", report.feature_count},
          {"feature_names", report.feature_names},
          {"unproven_features", std::move(unproven)},
          {"first_stamp", format_timestamp(report.first_stamp)},
          {"last_stamp", format_timestamp(report.last_stamp)},
          {"prefixes", report.prefix_count},
          {"altered_futures", report.altered_count},
          {"cuts", report.cut_count},
          {"possible_cuts", report.possible_cut_count},
          {"values_compared", report.values_compared},
          {"columns_examined", report.columns_examined},
          {"columns_not_judged", std::move(not_judged)},
          {"answer_columns", report.answer_columns},
          {"skipped", std::move(skipped)},
          {"culprits", std::move(culprits)}};
}

}  // namespace regimetry::features
