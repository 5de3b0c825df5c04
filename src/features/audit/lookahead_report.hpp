// What the audit for look-ahead found, and how much it looked at.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace regimetry::features {

// With fewer histories computed without their future, nothing is called proof.
inline constexpr std::int64_t kFewestPrefixes = 20;

enum class LeakKind {
  kValueMoves,      // a value changes when only later bars do: proof
  kRowsMove,        // rows appear or vanish in the past: proof
  kNamesMove,       // features appear, vanish or change places: proof
  kEqualsFuture,    // a column equals a later return or price: as good as proof
  kEqualsAnswer,    // a feature equals a column of the simulator's answers
  kResemblesFuture  // a column agrees with later returns more than a market allows: a suspicion
};
// "value moves", "rows move", ...: for tables; stable keys such as "value_moves" for JSON.
[[nodiscard]] std::string_view leak_kind_words(LeakKind kind) noexcept;
[[nodiscard]] std::string_view leak_kind_key(LeakKind kind) noexcept;

struct Culprit {
  LeakKind kind = LeakKind::kValueMoves;
  std::string feature;    // or input column; empty when rows move
  bool is_input = false;  // a further column of the data, not a computed feature
  std::string symbol, timeframe;
  TimestampNs stamp = 0;           // first row that changed
  double with_history = 0;         // the value there, computed from everything
  double with_other_future = 0;    // the value there after only later bars were changed
  std::optional<TimestampNs> cut;  // the last bar that stayed as it was
  std::string found_by;            // "future removed", "equals the close 1 bar later", ...
  // Bars ahead that it reads at least; nothing when that cannot be told.
  std::optional<std::int64_t> reach_bars;
  std::int64_t cuts_caught = 0, cuts_compared = 0;   // at how many cuts it showed
  std::int64_t rows_changed = 0, rows_compared = 0;  // at the cut named above
  // 0..1: share of cuts at which it showed, times the change in deviations of the column (1 at most); 1 for
  // moving rows and names, the share or correlation for likeness to the future.
  double severity = 0;
  std::string advice;
};

// A run that could not be compared, because the computation refused the altered data.
struct SkippedRun {
  TimestampNs moment = 0;
  std::string change, message;
};

// A feature that was audited at too few places, or nowhere, because it had no value there.
struct UnprovenFeature {
  std::string name;
  std::int64_t prefix_count = 0;  // prefixes on which it had a value, fewer than kFewestPrefixes
};

// A column that could not be held against later bars.
struct UnjudgedColumn {
  std::string name;
  bool is_input = false;
  std::string reason;            // "60 different words, more than 50"
  std::int64_t instruments = 1;  // in how many
};

enum class LookaheadVerdict {
  kNoneFound,  // no value moved, on enough prefixes
  kUnproven,   // none moved, but on too few prefixes to tell
  kFound,      // culprits
};

struct LookaheadReport {
  std::string sample;  // what was looked at, in words
  std::int64_t instrument_count = 0, bar_count = 0, feature_count = 0;
  TimestampNs first_stamp = 0, last_stamp = 0;
  std::vector<std::string> feature_names;
  std::int64_t prefix_count = 0;        // histories computed without their future
  std::int64_t altered_count = 0;       // histories computed with another one
  std::int64_t cut_count = 0;           // different places at which history was cut
  std::int64_t possible_cut_count = 0;  // places at which it can be cut
  std::int64_t values_compared = 0;     // missing ones do not count
  std::vector<UnprovenFeature> unproven_features;
  std::int64_t columns_examined = 0;  // held against later bars, over all instruments
  std::vector<UnjudgedColumn> columns_not_judged;
  std::vector<std::string> answer_columns;  // the simulator's answers among the inputs: not for features
  std::vector<SkippedRun> skipped;
  std::vector<Culprit> culprits;  // most severe first; proofs before suspicions of the same severity

  [[nodiscard]] LookaheadVerdict verdict() const noexcept;
  // Nothing found, on enough prefixes.
  [[nodiscard]] bool is_clean() const noexcept { return verdict() == LookaheadVerdict::kNoneFound; }
  // What keeps the audit from being a proof: a history too short, or a computation that refused; empty when
  // there were enough prefixes.
  [[nodiscard]] std::string why_unproven() const;
};

[[nodiscard]] nlohmann::json to_json(const LookaheadReport& report);

}  // namespace regimetry::features
