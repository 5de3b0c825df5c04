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
#include "features/audit/leak_reach.hpp"
#include "market/simulation/truth_columns.hpp"

namespace regimetry::features {
namespace {

constexpr const char* kStage = "audit lookahead";
constexpr std::int64_t kFewestPrefixes = 20;
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
    return "nearly every earlier value moves with later bars, as with a scaling, rank, mean or model fitted "
           "on "
           "all rows: fit it on earlier rows only";
  }
  if (culprit.reach_bars == 1) {
    return "reads the next bar: a shift of -1, a fill from behind, or a value known only at the bar's end";
  }
  if (culprit.reach_bars) {
    return fmt::format(
        "reads {} bars ahead at least: a centred or reversed window, a confirmation that comes "
        "later, or a longer bar's value before it is over; shift or trail it",
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
    examine_columns();
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
    for (const FeatureTable& table : reference_.instruments)
      report_.feature_count = std::max(report_.feature_count, table.feature_count());
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
        fmt::format("no prefix of the history could be computed, so nothing can be proven; the first was "
                    "refused with: {}",
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

  // ---- columns that look like the future ----

  void examine_columns() {
    const auto count = static_cast<std::int64_t>(sample_.data.instruments.size());
    std::vector<std::vector<Culprit>> found(static_cast<std::size_t>(count));
    std::vector<std::int64_t> examined(static_cast<std::size_t>(count), 0);
    pool_.parallel_for(count, 1, [&](IndexRange range) {
      for (std::int64_t k = range.begin; k < range.end; ++k) {
        const auto i = static_cast<std::size_t>(k);
        found[i] = examine_instrument(sample_.data.instruments[i], examined[i]);
      }
    });
    std::set<std::string> answers;
    for (const market::Bars& bars : sample_.data.instruments) {
      for (const market::Column& column : bars.extras) {
        if (is_answer(column)) answers.insert(column.name);
      }
    }
    report_.answer_columns.assign(answers.begin(), answers.end());
    for (std::size_t i = 0; i < found.size(); ++i) {
      report_.columns_examined += examined[i];
      for (Culprit& culprit : found[i]) add_likeness(std::move(culprit));
    }
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

  // The simulator writes its answers under these names; see market/simulation/simulate_market.hpp.
  [[nodiscard]] static bool is_answer(const market::Column& column) {
    return market::is_truth_column(column.name);
  }

  [[nodiscard]] std::vector<Culprit> examine_instrument(const market::Bars& bars,
                                                        std::int64_t& examined) const {
    std::vector<Culprit> culprits;
    const FutureProbe probe(bars, options_.likeness);
    for (const market::Column& column : bars.extras) {
      if (is_answer(column)) continue;
      ++examined;
      if (const auto likeness = probe.examine(column))
        culprits.push_back(describe(*likeness, bars, column.name, /*is_input=*/true));
    }
    for (const FeatureTable& table : reference_.instruments) {
      // Values are compared with returns bar by bar, so rows must be bars.
      if (table.symbol != bars.symbol || table.timeframe != bars.timeframe ||
          table.timestamps != bars.timestamps) {
        continue;
      }
      for (std::size_t feature = 0; feature < table.names.size(); ++feature) {
        ++examined;
        const std::vector<double> values = column_values(table, feature);
        if (const auto answer = equal_answer(values, bars)) {
          culprits.push_back(describe_answer(*answer, bars, table.names[feature]));
        } else if (const auto likeness = probe.examine(values, /*is_input=*/false)) {
          culprits.push_back(describe(*likeness, bars, table.names[feature], /*is_input=*/false));
        }
      }
    }
    return culprits;
  }

  [[nodiscard]] static std::vector<double> column_values(const FeatureTable& table, std::size_t feature) {
    std::vector<double> values(static_cast<std::size_t>(table.row_count()));
    for (std::size_t row = 0; row < values.size(); ++row)
      values[row] = table.values(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(feature));
    return values;
  }

  // The answer that a feature copies, if any. Columns that never change are equal by chance.
  [[nodiscard]] static std::optional<std::string> equal_answer(const std::vector<double>& values,
                                                               const market::Bars& bars) {
    for (const market::Column& column : bars.extras) {
      if (!is_answer(column)) continue;
      bool is_equal = true, varies = false;
      for (std::size_t row = 0; row < values.size() && is_equal; ++row) {
        const double answer = column.kind == market::ColumnKind::kCategory
                                  ? static_cast<double>(column.codes[row])
                              : column.numbers.empty() ? std::numeric_limits<double>::quiet_NaN()
                                                       : column.numbers[row];
        is_equal = static_cast<float>(answer) == static_cast<float>(values[row]);
        varies = varies || values[row] != values.front();
      }
      if (is_equal && varies) return column.name;
    }
    return std::nullopt;
  }

  [[nodiscard]] static Culprit describe(const FutureLikeness& likeness, const market::Bars& bars,
                                        const std::string& column, bool is_input) {
    Culprit culprit;
    culprit.kind = likeness.is_equal ? LeakKind::kEqualsFuture : LeakKind::kResemblesFuture;
    culprit.feature = column;
    culprit.is_input = is_input;
    culprit.symbol = bars.symbol;
    culprit.timeframe = bars.timeframe.name();
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
          "no market tells so much beforehand: find out how the column was made, and when it was "
          "known";
    }
    return culprit;
  }

  [[nodiscard]] static Culprit describe_answer(const std::string& answer, const market::Bars& bars,
                                               const std::string& feature) {
    Culprit culprit;
    culprit.kind = LeakKind::kEqualsAnswer;
    culprit.feature = feature;
    culprit.symbol = bars.symbol;
    culprit.timeframe = bars.timeframe.name();
    culprit.stamp = bars.timestamps.front();
    culprit.with_history = culprit.with_other_future = std::numeric_limits<double>::quiet_NaN();
    culprit.found_by = fmt::format("equals the column '{}' of the simulator", answer);
    culprit.severity = 1;
    culprit.advice = "the simulator's answers are for scoring; no feature may be made of them";
    return culprit;
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
  std::set<TimestampNs> compared_moments_;
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
