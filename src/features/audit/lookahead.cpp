#include "features/audit/lookahead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/error.hpp"
#include "features/audit/altered_future.hpp"
#include "features/audit/audit_sample.hpp"
#include "features/audit/column_deviation.hpp"
#include "features/audit/compare_past.hpp"
#include "features/audit/examine_columns.hpp"
#include "features/audit/leak_reach.hpp"

namespace regimetry::features {
namespace {

constexpr const char* kStage = "audit lookahead";
constexpr std::int64_t kBatch = 64;  // runs whose findings are held at once
// Of the budget, for the planned cuts; the rest finds what bites rarely.
constexpr double kShareOfPlannedCuts = 0.5;
// Costs in whole histories: a prefix is half of one on average.
constexpr double kPrefixCost = 0.5;
constexpr std::int64_t kFewestRowsOfAll = 20;
constexpr double kRoundingSteps = 8;  // units in the last place of float32 that sums in another order explain

// One history to compute: where it is cut, and what becomes of the rest.
struct Run {
  TimestampNs moment = 0;
  FutureChange change = FutureChange::kRemoved;
  std::uint64_t number = 0;  // of its draws
};

struct RunResult {
  PastComparison comparison;
  std::string refusal;  // why it could not be computed; empty when it was
};

// What all runs have said about one column of one instrument.
struct Suspect {
  std::set<TimestampNs> cuts;
  double worst_change = -1;     // in deviations of the column, 1 at most
  bool moves_all_rows = false;  // at some cut nearly every earlier value moved
  PastChange worst;             // of several as bad, the one whose cut lies nearest the middle
  Run run;
};

double change_size(float before, float after, double deviation) {
  const double apart = std::abs(static_cast<double>(before) - static_cast<double>(after));
  if (!std::isfinite(apart) || deviation <= 0) return std::numeric_limits<double>::max();
  return apart / deviation;
}

bool is_rounding(float before, float after) {
  const double apart = std::abs(static_cast<double>(before) - static_cast<double>(after));
  const double size = std::max(std::abs(before), std::abs(after));
  return apart <= kRoundingSteps * std::numeric_limits<float>::epsilon() * size;
}

std::string advice_for_value(const Culprit& culprit, bool is_rounding_only, bool moves_all_rows) {
  if (is_rounding_only) {
    return "the values differ by rounding only, so little of the future is told, but live and research will "
           "differ: sum in an order that does not depend on later bars";
  }
  if (moves_all_rows) {
    return "nearly every earlier value moves with later bars, as with a scaling, rank, mean or model "
           "fitted on all rows: fit it on earlier rows only";
  }
  if (culprit.reach_bars == 1) {
    return "reads the next bar: a shift of -1, a fill from behind, or a value known only at the bar's end";
  }
  if (culprit.reach_bars) {
    return fmt::format(
        "reads {} bars ahead at least: a centred or reversed window, a confirmation that comes later, or a "
        "longer bar's value before it is over; shift or trail it",
        *culprit.reach_bars);
  }
  return "depends on later bars: use a trailing window, and join other series by the end of their bars";
}

class LookaheadAudit {
 public:
  LookaheadAudit(const PanelComputation& computation, const market::MarketData& data,
                 const LookaheadOptions& options, ThreadPool& pool, Observer& observer)
      : computation_(computation),
        options_(options),
        pool_(pool),
        observer_(observer),
        rng_(options.seed),
        sample_(sample_for_audit(data, bars_that_fit(options))),
        clocks_(clocks_of(sample_.data)) {}

  [[nodiscard]] LookaheadReport run() {
    require_increasing_stamps(sample_.data);
    if (sample_.data.bar_count() < 2)
      throw Error(ErrorKind::kData, "an audit needs bars; two at least, and some hundred to tell much");
    const CutPlan plan = plan_cuts(sample_.data, clocks_, options_.cuts, rng_);
    if (plan.cuts.empty())
      throw Error(ErrorKind::kData, "all bars end at the same moment, so there is no past to compare");
    reference_ = computation_(sample_.data);
    for (const FeatureTable& table : reference_.instruments)
      table_clocks_.push_back(clock_of(table, sample_.data));
    describe_sample(plan);
    const std::vector<Run> runs = list_runs(plan);
    compute(runs);
    if (report_.prefix_count == 0) refuse_without_prefixes();
    name_moving_values();
    name_unproven_features();
    take_column_findings(examine_columns(sample_.data, reference_, options_.likeness, pool_));
    sort_culprits();
    return std::move(report_);
  }

 private:
  // How many bars can take part in the planned cuts within their share of the budget.
  [[nodiscard]] static std::int64_t bars_that_fit(const LookaheadOptions& options) {
    const double full = static_cast<double>(options.cuts.spread_count) + 9;
    const double light = static_cast<double>(2 * options.cuts.gap_count + options.cuts.random_count);
    const double others = static_cast<double>(kFutureChanges.size()) - 1;
    const double histories = full * (kPrefixCost + others) + light * (kPrefixCost + 1);
    return std::max<std::int64_t>(
        2,
        static_cast<std::int64_t>(kShareOfPlannedCuts * static_cast<double>(options.bar_budget) / histories));
  }

  void describe_sample(const CutPlan& plan) {
    report_.sample = sample_.words;
    report_.instrument_count = static_cast<std::int64_t>(sample_.data.instruments.size());
    report_.bar_count = sample_.data.bar_count();
    report_.possible_cut_count = static_cast<std::int64_t>(plan.cuts.size() + plan.others.size());
    report_.first_stamp = std::numeric_limits<TimestampNs>::max();
    report_.last_stamp = std::numeric_limits<TimestampNs>::min();
    for (const market::Bars& bars : sample_.data.instruments) {
      report_.first_stamp = std::min(report_.first_stamp, bars.timestamps.front());
      report_.last_stamp = std::max(report_.last_stamp, bars.timestamps.back());
    }
    std::set<std::string> names;
    for (const FeatureTable& table : reference_.instruments) {
      for (const std::string& name : table.names) {
        if (names.insert(name).second) report_.feature_names.push_back(name);
      }
    }
    report_.feature_count = static_cast<std::int64_t>(names.size());
  }

  [[nodiscard]] std::vector<Run> list_runs(const CutPlan& plan) const {
    std::vector<Run> runs;
    const auto add = [&](TimestampNs moment, FutureChange change) {
      runs.push_back({moment, change, static_cast<std::uint64_t>(runs.size())});
    };
    double histories = 0;
    for (const Cut& cut : plan.cuts) {
      for (const FutureChange change : kFutureChanges) {
        const bool is_light = change == FutureChange::kRemoved || change == FutureChange::kVolatile;
        if (!is_light && !cut.gets_every_change) continue;
        add(cut.moment, change);
        histories += change == FutureChange::kRemoved ? kPrefixCost : 1;
      }
    }
    const double budget = static_cast<double>(options_.bar_budget) / static_cast<double>(report_.bar_count);
    for (const TimestampNs moment : plan.others) {
      histories += kPrefixCost + 1;
      if (histories > budget) break;
      add(moment, FutureChange::kRemoved);
      add(moment, FutureChange::kVolatile);
    }
    return runs;
  }

  // Computes and compares batch by batch; what is kept of a batch does not grow with the number of runs.
  void compute(const std::vector<Run>& runs) {
    const auto total = static_cast<std::int64_t>(runs.size());
    std::atomic<std::int64_t> done{0};
    std::set<TimestampNs> moments;
    for (std::int64_t begin = 0; begin < total; begin += kBatch) {
      const std::int64_t count = std::min(kBatch, total - begin);
      std::vector<RunResult> results(static_cast<std::size_t>(count));
      pool_.parallel_for(count, 1, [&](IndexRange range) {
        for (std::int64_t k = range.begin; k < range.end; ++k) {
          results[static_cast<std::size_t>(k)] = compute_one(runs[static_cast<std::size_t>(begin + k)]);
          observer_.on_progress(kStage, ++done, total);
        }
      });
      for (std::int64_t k = 0; k < count; ++k) {
        const Run& run = runs[static_cast<std::size_t>(begin + k)];
        take(run, results[static_cast<std::size_t>(k)]);
        moments.insert(run.moment);
      }
    }
    report_.cut_count = static_cast<std::int64_t>(moments.size());
  }

  [[nodiscard]] RunResult compute_one(const Run& run) const {
    try {
      const FeatureData other =
          computation_(with_altered_future(sample_.data, clocks_, run.moment, run.change, rng_, run.number));
      return {compare_past(reference_, other, table_clocks_, run.moment), {}};
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInternal) throw;
      return {{}, error.what()};
    }
  }

  void take(const Run& run, const RunResult& result) {
    if (!result.refusal.empty()) {
      report_.skipped.push_back({run.moment, std::string(future_change_name(run.change)), result.refusal});
      return;
    }
    (run.change == FutureChange::kRemoved ? report_.prefix_count : report_.altered_count) += 1;
    report_.values_compared += result.comparison.values_compared;
    compared_moments_.insert(run.moment);
    if (run.change == FutureChange::kRemoved) prefix_moments_.insert(run.moment);
    for (const ShapeChange& shape : result.comparison.shapes) take_shape(run, shape);
    for (const PastChange& change : result.comparison.values) take_change(run, change);
  }

  void take_shape(const Run& run, const ShapeChange& shape) {
    const auto [known, is_new] = shapes_.emplace(std::pair{shape.instrument, shape.is_names}, Culprit{});
    Culprit& culprit = known->second;
    ++culprit.cuts_caught;
    if (!is_new) return;
    const FeatureTable& table = reference_.instruments[shape.instrument];
    culprit.kind = shape.is_names ? LeakKind::kNamesMove : LeakKind::kRowsMove;
    culprit.symbol = table.symbol;
    culprit.timeframe = table.timeframe.name();
    culprit.stamp = shape.stamp;
    culprit.cut = last_kept_stamp(table, shape.instrument, run.moment);
    culprit.found_by = fmt::format("{}: {}", future_change_name(run.change), shape.words);
    culprit.severity = 1;
    culprit.advice = shape.is_names
                         ? "which features there are must not depend on later bars: name them up front"
                         : "which rows there are must not depend on later bars: keep a row with "
                           "missing values instead of dropping it";
  }

  void take_change(const Run& run, const PastChange& change) {
    Suspect& suspect = suspects_[{change.instrument, change.feature}];
    suspect.cuts.insert(run.moment);
    suspect.moves_all_rows = suspect.moves_all_rows || moves_all_rows(change);
    const double size =
        std::min(1.0, change_size(change.before, change.after, deviation(change.instrument, change.feature)));
    const bool is_worse = size > suspect.worst_change;
    const bool is_clearer = size == suspect.worst_change && from_middle(change) < from_middle(suspect.worst);
    if (!is_worse && !is_clearer) return;
    suspect.worst_change = size;
    suspect.worst = change;
    suspect.run = run;
  }

  [[nodiscard]] static bool moves_all_rows(const PastChange& change) {
    return change.rows_compared > kFewestRowsOfAll && change.rows_changed > change.rows_compared * 9 / 10;
  }
  [[nodiscard]] std::int64_t from_middle(const PastChange& change) const {
    return std::abs(2 * change.rows_compared - reference_.instruments[change.instrument].row_count());
  }

  [[nodiscard]] double deviation(std::size_t instrument, std::size_t feature) {
    const auto [known, is_new] = deviations_.emplace(std::pair{instrument, feature}, 0.0);
    if (is_new) known->second = column_deviation(reference_.instruments[instrument], feature);
    return known->second;
  }

  // The last row of the table that is over at `moment`; nothing when none is.
  [[nodiscard]] std::optional<TimestampNs> last_kept_stamp(const FeatureTable& table, std::size_t instrument,
                                                           TimestampNs moment) const {
    const std::int64_t rows = table_clocks_[instrument].count_known(table.timestamps, moment);
    if (rows == 0) return std::nullopt;
    return table.timestamps[static_cast<std::size_t>(rows - 1)];
  }

  [[noreturn]] void refuse_without_prefixes() const {
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "no prefix of the history could be computed, so nothing can be proven; the first was refused "
            "with: {}",
            report_.skipped.empty() ? std::string("nothing") : report_.skipped.front().message));
  }

  void name_moving_values() {
    for (auto& [key, culprit] : shapes_) {
      culprit.cuts_compared = static_cast<std::int64_t>(compared_moments_.size());
      report_.culprits.push_back(std::move(culprit));
    }
    std::vector<std::pair<Culprit, MovedValue>> found;
    for (const auto& [key, suspect] : suspects_) found.push_back(describe(suspect));
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first.severity > b.first.severity; });
    measure_reaches(found);
    for (auto& [culprit, moved] : found) {
      const Suspect& suspect = suspects_.at({moved.instrument, moved.feature});
      culprit.advice = advice_for_value(culprit, is_rounding(suspect.worst.before, suspect.worst.after),
                                        suspect.moves_all_rows);
    }
    for (auto& [culprit, moved] : found) report_.culprits.push_back(std::move(culprit));
  }

  [[nodiscard]] std::pair<Culprit, MovedValue> describe(const Suspect& suspect) const {
    const PastChange& change = suspect.worst;
    const FeatureTable& table = reference_.instruments[change.instrument];
    Culprit culprit;
    culprit.feature = table.names[change.feature];
    culprit.symbol = table.symbol;
    culprit.timeframe = table.timeframe.name();
    culprit.stamp = table.timestamps[static_cast<std::size_t>(change.first_row)];
    culprit.with_history = change.first_before;
    culprit.with_other_future = change.first_after;
    culprit.cut = last_kept_stamp(table, change.instrument, suspect.run.moment);
    culprit.found_by = future_change_name(suspect.run.change);
    culprit.cuts_caught = static_cast<std::int64_t>(suspect.cuts.size());
    culprit.cuts_compared = static_cast<std::int64_t>(compared_moments_.size());
    culprit.rows_changed = change.rows_changed;
    culprit.rows_compared = change.rows_compared;
    culprit.severity = suspect.worst_change * static_cast<double>(culprit.cuts_caught) /
                       static_cast<double>(culprit.cuts_compared);
    culprit.reach_bars = change.rows_compared - change.first_row;
    return {std::move(culprit), MovedValue{change.instrument, change.feature, change.first_row,
                                           suspect.run.moment, suspect.run.change, suspect.run.number}};
  }

  // The most severe of each feature, several at a time.
  void measure_reaches(std::vector<std::pair<Culprit, MovedValue>>& found) {
    std::vector<std::size_t> chosen;
    std::set<std::string> seen;
    for (std::size_t k = 0; k < found.size(); ++k) {
      if (static_cast<std::int64_t>(chosen.size()) == options_.measured_reaches) break;
      if (seen.insert(found[k].first.feature).second) chosen.push_back(k);
    }
    pool_.parallel_for(static_cast<std::int64_t>(chosen.size()), 1, [&](IndexRange range) {
      for (std::int64_t k = range.begin; k < range.end; ++k) {
        auto& [culprit, moved] = found[chosen[static_cast<std::size_t>(k)]];
        const auto reach = measure_reach(computation_, sample_.data, clocks_, reference_, moved, rng_);
        if (reach) culprit.reach_bars = std::max(*reach, culprit.reach_bars.value_or(0));
      }
    });
  }

  // ---- features that were hardly looked at ----

  // A feature without values in the past of a prefix was not audited there, whatever the prefix gave.
  void name_unproven_features() {
    for (const std::string& name : report_.feature_names) {
      if (moves(name)) continue;
      const std::optional<TimestampNs> first = first_known_value(name);
      const auto prefixes =
          first ? std::distance(prefix_moments_.lower_bound(*first), prefix_moments_.end()) : 0;
      if (prefixes < kFewestPrefixes && prefixes < report_.prefix_count)
        report_.unproven_features.push_back({name, prefixes});
    }
    const auto unseen =
        std::count_if(report_.unproven_features.begin(), report_.unproven_features.end(),
                      [](const UnprovenFeature& feature) { return feature.prefix_count == 0; });
    if (unseen == static_cast<std::ptrdiff_t>(report_.feature_names.size()) && report_.culprits.empty())
      refuse_without_values();
  }

  [[nodiscard]] bool moves(const std::string& feature) const {
    return std::any_of(report_.culprits.begin(), report_.culprits.end(),
                       [&](const Culprit& culprit) { return culprit.feature == feature; });
  }

  // The earliest moment, over all instruments, at which the feature has a value.
  [[nodiscard]] std::optional<TimestampNs> first_known_value(const std::string& feature) const {
    std::optional<TimestampNs> first;
    for (std::size_t i = 0; i < reference_.instruments.size(); ++i) {
      const FeatureTable& table = reference_.instruments[i];
      const auto name = std::find(table.names.begin(), table.names.end(), feature);
      if (name == table.names.end()) continue;
      const Eigen::Index column = name - table.names.begin();
      Eigen::Index row = 0;
      while (row < table.values.rows() && std::isnan(table.values(row, column))) ++row;
      if (row == table.values.rows()) continue;
      const TimestampNs moment = table_clocks_[i].end_of(table.timestamps[static_cast<std::size_t>(row)]);
      first = first ? std::min(*first, moment) : moment;
    }
    return first;
  }

  [[noreturn]] void refuse_without_values() const {
    throw Error(
        ErrorKind::kData,
        fmt::format("nothing can be audited: no feature has a value at any bar before the last cut, in {} "
                    "bars of {} instrument{}; give a longer history or features with a shorter warm-up, and "
                    "look whether the columns they are made of hold values",
                    report_.bar_count, report_.instrument_count, report_.instrument_count == 1 ? "" : "s"));
  }

  // ---- columns that look like the future ----

  void take_column_findings(ColumnFindings findings) {
    report_.columns_examined = findings.judged;
    report_.columns_not_judged = std::move(findings.not_judged);
    report_.answer_columns = std::move(findings.answer_columns);
    for (Culprit& culprit : findings.culprits) add_likeness(std::move(culprit));
  }

  // A feature whose values move is named once, with what it looks like.
  void add_likeness(Culprit culprit) {
    const auto known =
        std::find_if(report_.culprits.begin(), report_.culprits.end(), [&](const Culprit& other) {
          return other.kind == LeakKind::kValueMoves && !culprit.is_input &&
                 other.feature == culprit.feature && other.symbol == culprit.symbol &&
                 other.timeframe == culprit.timeframe;
        });
    if (known == report_.culprits.end()) {
      report_.culprits.push_back(std::move(culprit));
    } else {
      known->found_by += "; " + culprit.found_by;
    }
  }

  void sort_culprits() {
    const auto is_suspicion = [](const Culprit& culprit) {
      return culprit.kind == LeakKind::kResemblesFuture;
    };
    std::stable_sort(report_.culprits.begin(), report_.culprits.end(),
                     [&](const Culprit& a, const Culprit& b) {
                       if (is_suspicion(a) != is_suspicion(b)) return is_suspicion(b);
                       return a.severity > b.severity;
                     });
  }

  const PanelComputation& computation_;
  const LookaheadOptions& options_;
  ThreadPool& pool_;
  Observer& observer_;
  Rng rng_;
  AuditSample sample_;
  std::vector<BarClock> clocks_;  // of the instruments
  FeatureData reference_;
  std::vector<BarClock> table_clocks_;  // of the reference's tables
  std::map<std::pair<std::size_t, std::size_t>, Suspect> suspects_;
  std::map<std::pair<std::size_t, bool>, Culprit> shapes_;
  std::map<std::pair<std::size_t, std::size_t>, double> deviations_;
  std::set<TimestampNs> compared_moments_, prefix_moments_;
  LookaheadReport report_;
};

}  // namespace

std::vector<std::string> LookaheadOptions::problems() const {
  std::vector<std::string> problems = likeness.problems();
  if (cuts.spread_count < kFewestPrefixes) {
    problems.push_back(fmt::format("cuts.spread_count {} is too few; a proof takes {} prefixes at least",
                                   cuts.spread_count, kFewestPrefixes));
  }
  if (cuts.gap_count < 0 || cuts.random_count < 0)
    problems.emplace_back("cuts.gap_count and cuts.random_count must not be negative");
  if (bar_budget < 1) problems.push_back(fmt::format("bar_budget {} is not positive", bar_budget));
  if (measured_reaches < 0)
    problems.push_back(fmt::format("measured_reaches {} is negative", measured_reaches));
  return problems;
}

LookaheadReport audit_lookahead(const PanelComputation& computation, const market::MarketData& data,
                                const LookaheadOptions& options, ThreadPool& pool, Observer& observer) {
  if (const auto problems = options.problems(); !problems.empty())
    throw Error(ErrorKind::kUsage, fmt::format("{}", fmt::join(problems, "; ")));
  return LookaheadAudit(computation, data, options, pool, observer).run();
}

LookaheadReport audit_lookahead(const FeatureComputation& computation, const market::MarketData& data,
                                const LookaheadOptions& options, ThreadPool& pool, Observer& observer) {
  return audit_lookahead(over_panel(computation), data, options, pool, observer);
}

}  // namespace regimetry::features
