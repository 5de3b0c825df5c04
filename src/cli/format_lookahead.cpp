#include "cli/format_lookahead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"

namespace regimetry::cli {
namespace {

using features::Culprit;
using features::LeakKind;
using features::LookaheadReport;
using features::LookaheadVerdict;

constexpr std::size_t kMostListed = 40;
constexpr std::size_t kMostNamed = 12;  // features or columns in one remark

std::string value_words(double value) {
  return std::isnan(value) ? "missing" : fmt::format("{:.7g}", value);
}

// All instruments in which one column leaks in the same way; the report's order puts the worst first.
struct CulpritGroup {
  const Culprit* worst = nullptr;
  std::int64_t instruments = 0;
};

std::vector<CulpritGroup> grouped(const std::vector<Culprit>& culprits) {
  std::vector<CulpritGroup> groups;
  std::map<std::pair<std::string, LeakKind>, std::size_t> places;
  for (const Culprit& culprit : culprits) {
    const auto [place, is_new] = places.emplace(std::pair{culprit.feature, culprit.kind}, groups.size());
    if (is_new) groups.push_back({&culprit, 0});
    ++groups[place->second].instruments;
  }
  return groups;
}

std::string instrument_words(const CulpritGroup& group) {
  const std::string name = group.worst->timeframe.empty() || group.worst->timeframe == "unknown"
                               ? group.worst->symbol
                               : fmt::format("{} {}", group.worst->symbol, group.worst->timeframe);
  return group.instruments == 1 ? name : fmt::format("{} and {} more", name, group.instruments - 1);
}

std::string subject_words(const Culprit& culprit) {
  if (culprit.feature.empty()) return culprit.kind == LeakKind::kRowsMove ? "(rows)" : "(features)";
  return culprit.is_input ? culprit.feature + " (input)" : culprit.feature;
}

std::string reach_words(const Culprit& culprit) {
  if (!culprit.reach_bars) return "";
  return culprit.kind == LeakKind::kValueMoves ? fmt::format(">= {}", *culprit.reach_bars)
                                               : fmt::format("{}", *culprit.reach_bars);
}

std::string values_words(const Culprit& culprit) {
  if (culprit.kind == LeakKind::kValueMoves || culprit.kind == LeakKind::kEqualsFuture)
    return fmt::format("{} / {}", value_words(culprit.with_history), value_words(culprit.with_other_future));
  return "";
}

bool has_row(const Culprit& culprit) {
  return culprit.kind != LeakKind::kResemblesFuture && culprit.kind != LeakKind::kEqualsAnswer &&
         culprit.kind != LeakKind::kNamesMove;
}

std::string culprit_table(const std::vector<CulpritGroup>& groups) {
  TextTable table({"severity", "feature", "instrument", "what", "first row", "values there", "cut after",
                   "bars ahead", "cuts"});
  table.align_right({0, 7, 8});
  for (std::size_t k = 0; k < std::min(groups.size(), kMostListed); ++k) {
    const Culprit& culprit = *groups[k].worst;
    table.add(
        {fmt::format("{:.2g}", culprit.severity), subject_words(culprit), instrument_words(groups[k]),
         std::string(leak_kind_words(culprit.kind)),
         has_row(culprit) ? format_timestamp_short(culprit.stamp) : "", values_words(culprit),
         culprit.cut ? format_timestamp_short(*culprit.cut) : "", reach_words(culprit),
         culprit.cuts_compared > 0 ? fmt::format("{}/{}", culprit.cuts_caught, culprit.cuts_compared) : ""});
  }
  std::string text = table.text();
  if (groups.size() > kMostListed)
    text += fmt::format("  ... and {} more (--json lists all)\n", groups.size() - kMostListed);
  return text;
}

std::string explanations(const std::vector<CulpritGroup>& groups) {
  std::string text;
  for (std::size_t k = 0; k < std::min(groups.size(), kMostListed); ++k) {
    const Culprit& culprit = *groups[k].worst;
    text += fmt::format("  {}: {}; {}\n", subject_words(culprit), culprit.found_by, culprit.advice);
  }
  return text;
}

std::string work_words(const LookaheadReport& report) {
  return fmt::format(
      "Looked at {}, {} to {}: {} feature{} on {} prefixes and {} altered futures, cut at {} of {} places; "
      "{} values compared, {} columns held against later bars.\n",
      report.sample, format_timestamp_short(report.first_stamp), format_timestamp_short(report.last_stamp),
      report.feature_count, report.feature_count == 1 ? "" : "s", grouped_number(report.prefix_count),
      grouped_number(report.altered_count), grouped_number(report.cut_count),
      grouped_number(report.possible_cut_count), grouped_number(report.values_compared),
      grouped_number(report.columns_examined));
}

std::string listed(const std::vector<std::string>& words) {
  const std::size_t shown = words.size() <= kMostNamed + 1 ? words.size() : kMostNamed;
  std::string list =
      fmt::format("{}", fmt::join(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < words.size()) list += fmt::format(" and {} more (--json lists all)", words.size() - shown);
  return list;
}

std::string remarks_on_features(const LookaheadReport& report) {
  std::vector<std::string> unseen, hardly_seen;
  for (const features::UnprovenFeature& feature : report.unproven_features) {
    if (feature.prefix_count == 0) {
      unseen.push_back(feature.name);
    } else {
      hardly_seen.push_back(fmt::format("{} ({})", feature.name, feature.prefix_count));
    }
  }
  std::string text;
  if (!unseen.empty())
    text += fmt::format("Not audited, for want of a value before the last cut: {}\n", listed(unseen));
  if (!hardly_seen.empty()) {
    text += fmt::format("With a value on fewer than {} prefixes, too few for a proof: {}\n",
                        features::kFewestPrefixes, listed(hardly_seen));
  }
  return text;
}

std::string remarks_on_columns(const LookaheadReport& report) {
  if (report.columns_not_judged.empty()) return "";
  std::vector<std::string> words;
  std::int64_t count = 0;
  for (const features::UnjudgedColumn& column : report.columns_not_judged) {
    words.push_back(fmt::format("{} ({})", column.name, column.reason));
    count += column.instruments;
  }
  return fmt::format("{} column{} could not be held against later bars: {}\n", grouped_number(count),
                     count == 1 ? "" : "s", listed(words));
}

std::string remarks(const LookaheadReport& report) {
  std::string text;
  if (!report.skipped.empty()) {
    text += fmt::format("{} altered histor{} could not be computed, the first (after {}, {}): {}\n",
                        report.skipped.size(), report.skipped.size() == 1 ? "y" : "ies",
                        format_timestamp_short(report.skipped.front().moment), report.skipped.front().change,
                        report.skipped.front().message);
  }
  text += remarks_on_features(report) + remarks_on_columns(report);
  if (!report.answer_columns.empty()) {
    text += fmt::format("The simulator's answers are among the columns, for scoring alone: {}\n",
                        fmt::join(report.answer_columns, ", "));
  }
  return text;
}

// What the verdict leaves out, for its line.
std::string unproven_words(const LookaheadReport& report) {
  const std::size_t count = report.unproven_features.size();
  return count == 0 ? "" : fmt::format(", except {} named below", count);
}

}  // namespace

std::string format_lookahead(const LookaheadReport& report, const std::string& audited) {
  const std::string about = work_words(report) + remarks(report);
  switch (report.verdict()) {
    case LookaheadVerdict::kNoneFound:
      return fmt::format(
          "No look-ahead found in {}{}: every value up to every cut stayed the same, bit for bit.\n{}",
          audited, unproven_words(report), about);
    case LookaheadVerdict::kUnproven:
      return fmt::format("Unproven for {}: {}. No value moved, which tells little.\n{}", audited,
                         report.why_unproven(), about);
    case LookaheadVerdict::kFound:
      break;
  }
  const std::vector<CulpritGroup> groups = grouped(report.culprits);
  return fmt::format("Look-ahead found in {} place{}, of {}:\n{}{}{}", groups.size(),
                     groups.size() == 1 ? "" : "s", audited, culprit_table(groups), explanations(groups),
                     about);
}

}  // namespace regimetry::cli
