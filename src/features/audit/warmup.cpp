#include "features/audit/warmup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "core/error.hpp"
#include "features/audit/audit_sample.hpp"
#include "features/audit/column_deviation.hpp"
#include "features/bar_clock.hpp"

namespace regimetry::features {
namespace {

constexpr const char* kStage = "audit warmup";
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kRoundingSteps = 4;  // units in the last place of float32
// A start whose influence has shrunk to less than this share of its largest is on its way out.
constexpr double kShrunk = 0.2;

// How a short history fared for one feature, the worst over instruments and end points.
struct Outcome {
  double difference = 0;  // in deviations
  bool agrees = true;     // within the tolerance
  bool is_exact = true;
  std::string worst_symbol;

  void take(const Outcome& other) {
    agrees = agrees && other.agrees;
    is_exact = is_exact && other.is_exact;
    if (other.difference > difference || worst_symbol.empty()) worst_symbol = other.worst_symbol;
    difference = std::max(difference, other.difference);
  }
};

// The outcomes of all features at one start; the refusal when it could not be computed at any end point.
struct StartResult {
  std::vector<Outcome> features;
  std::string refusal;
};

Outcome compare(float with_short, float with_all, double deviation, double tolerance) {
  const bool is_exact = std::bit_cast<std::uint32_t>(with_short) == std::bit_cast<std::uint32_t>(with_all) ||
                        (std::isnan(with_short) && std::isnan(with_all));
  if (is_exact) return {};
  const double apart = std::abs(static_cast<double>(with_short) - static_cast<double>(with_all));
  if (!std::isfinite(apart)) return {kInfinity, false, false, {}};
  const double rounding =
      kRoundingSteps * std::numeric_limits<float>::epsilon() *
      std::max(std::abs(static_cast<double>(with_short)), std::abs(static_cast<double>(with_all)));
  return {deviation > 0 ? apart / deviation : kInfinity,
          apart <= std::max(tolerance * deviation, rounding),
          false,
          {}};
}

std::string advice_for(const FeatureWarmup& feature, std::int64_t longest) {
  switch (feature.verdict) {
    case WarmupVerdict::kSettles:
      return {};
    case WarmupVerdict::kSlow:
      return fmt::format(
          "needs more than {} bars of history: feed live computation with more, or shorten its memory",
          longest);
    case WarmupVerdict::kNeverSettles:
      return "remembers where history starts, as running totals (on-balance volume, "
             "accumulation/distribution) and expanding statistics do: use its change or slope over a fixed "
             "number of bars, or a rolling window";
    case WarmupVerdict::kNeverThere:
      return "has no value at any end point: is an input missing, or the history shorter than its warm-up?";
  }
  return {};
}

class WarmupAudit {
 public:
  WarmupAudit(const PanelComputation& computation, const market::MarketData& data,
              const WarmupOptions& options, ThreadPool& pool, Observer& observer)
      : computation_(computation),
        options_(options),
        pool_(pool),
        observer_(observer),
        sample_(sample_for_audit(data, options.bar_limit)),
        clocks_(clocks_of(sample_.data)) {}

  [[nodiscard]] WarmupReport run() {
    require_increasing_stamps(sample_.data);
    choose_starts_and_ends();
    reference_ = computation_(sample_.data);
    collect_names();
    for (const std::int64_t start : report_.starts) (void)outcome_at(start);
    describe_features();
    return std::move(report_);
  }

 private:
  [[nodiscard]] std::int64_t longest_history() const {
    std::int64_t longest = 0;
    for (const market::Bars& bars : sample_.data.instruments) longest = std::max(longest, bars.size());
    return longest;
  }

  void choose_starts_and_ends() {
    report_.sample = sample_.words;
    report_.instrument_count = static_cast<std::int64_t>(sample_.data.instruments.size());
    report_.bar_count = sample_.data.bar_count();
    report_.tolerance = options_.tolerance;
    const std::int64_t bars = longest_history();
    std::set<std::int64_t> starts(options_.starts.begin(), options_.starts.end());
    // One bar more than the start and its own must be there, or the short history is the whole one.
    for (const std::int64_t start : starts)
      (start + 2 <= bars ? report_.starts : report_.starts_skipped).push_back(start);
    if (report_.starts.empty()) {
      throw Error(
          ErrorKind::kData,
          fmt::format(
              "the longest history has {} bars; an audit of warm-up that starts {} bars before an end point "
              "takes {} at least: give more data, or a shorter start",
              bars, *starts.begin(), *starts.begin() + 2));
    }
    choose_ends();
  }

  // Ends of bars of the longest instrument, evenly over the rows that have the longest start before them.
  void choose_ends() {
    const auto longest =
        std::max_element(sample_.data.instruments.begin(), sample_.data.instruments.end(),
                         [](const market::Bars& a, const market::Bars& b) { return a.size() < b.size(); });
    const BarClock& clock = clocks_[static_cast<std::size_t>(longest - sample_.data.instruments.begin())];
    const std::int64_t first = report_.starts.back() + 1, last = longest->size() - 1;
    const std::int64_t count = std::min(options_.end_count, last - first + 1);
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int64_t row = count == 1 ? last : first + k * (last - first) / (count - 1);
      const TimestampNs stamp = longest->timestamps[static_cast<std::size_t>(row)];
      report_.ends.push_back(stamp);
      end_moments_.push_back(clock.end_of(stamp));
    }
  }

  void collect_names() {
    for (const FeatureTable& table : reference_.instruments) {
      table_clocks_.push_back(clock_of(table, sample_.data));
      for (const std::string& name : table.names) {
        if (indices_.emplace(name, names_.size()).second) names_.push_back(name);
      }
      std::vector<double>& deviations = deviations_.emplace_back();
      for (std::size_t f = 0; f < table.names.size(); ++f) deviations.push_back(column_deviation(table, f));
    }
    is_there_.assign(names_.size(), false);
  }

  // ---- one start ----

  [[nodiscard]] const StartResult& outcome_at(std::int64_t start) {
    const auto known = results_.find(start);
    if (known != results_.end()) return known->second;
    const auto count = static_cast<std::int64_t>(end_moments_.size());
    std::vector<StartResult> per_end(static_cast<std::size_t>(count));
    pool_.parallel_for(count, 1, [&](IndexRange range) {
      for (std::int64_t k = range.begin; k < range.end; ++k) {
        per_end[static_cast<std::size_t>(k)] = compare_at(end_moments_[static_cast<std::size_t>(k)], start);
        observer_.on_progress(kStage, ++done_, 0);
      }
    });
    return results_.emplace(start, merged(per_end, start)).first->second;
  }

  [[nodiscard]] StartResult merged(const std::vector<StartResult>& per_end, std::int64_t start) {
    StartResult result{std::vector<Outcome>(names_.size()), {}};
    for (const StartResult& one : per_end) {
      if (!one.refusal.empty()) {
        if (result.refusal.empty() && is_wanted(start))
          report_.skipped.push_back(fmt::format("{} bars: {}", start, one.refusal));
        result.refusal = one.refusal;
        continue;
      }
      for (std::size_t f = 0; f < names_.size(); ++f) result.features[f].take(one.features[f]);
    }
    return result;
  }

  [[nodiscard]] bool is_wanted(std::int64_t start) const {
    return std::find(report_.starts.begin(), report_.starts.end(), start) != report_.starts.end();
  }

  // The last `start` bars before `moment`, and the one that ends with it. Instruments whose whole history is
  // no longer are left as they are.
  [[nodiscard]] market::MarketData short_history(TimestampNs moment, std::int64_t start) const {
    market::MarketData data;
    data.metadata = sample_.data.metadata;
    for (std::size_t i = 0; i < sample_.data.instruments.size(); ++i) {
      const market::Bars& bars = sample_.data.instruments[i];
      const std::int64_t known = clocks_[i].count_known(bars.timestamps, moment);
      if (known == 0) continue;
      std::vector<std::int64_t> rows(static_cast<std::size_t>(std::min(known, start + 1)));
      std::iota(rows.begin(), rows.end(), known - static_cast<std::int64_t>(rows.size()));
      data.instruments.push_back(take_rows(bars, rows));
    }
    return data;
  }

  [[nodiscard]] StartResult compare_at(TimestampNs moment, std::int64_t start) const {
    StartResult result{std::vector<Outcome>(names_.size()), {}};
    FeatureData shortened;
    try {
      shortened = computation_(short_history(moment, start));
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInternal) throw;
      result.refusal = error.what();
      return result;
    }
    for (std::size_t i = 0; i < reference_.instruments.size(); ++i)
      compare_instrument(i, shortened, moment, start, result.features);
    return result;
  }

  void compare_instrument(std::size_t i, const FeatureData& shortened, TimestampNs moment, std::int64_t start,
                          std::vector<Outcome>& outcomes) const {
    const FeatureTable& whole = reference_.instruments[i];
    const std::int64_t rows = table_clocks_[i].count_known(whole.timestamps, moment);
    if (rows < start + 2) return;  // the short history is the whole one
    const auto found = std::find_if(
        shortened.instruments.begin(), shortened.instruments.end(), [&](const FeatureTable& table) {
          return table.symbol == whole.symbol && table.timeframe == whole.timeframe;
        });
    const TimestampNs stamp = whole.timestamps[static_cast<std::size_t>(rows - 1)];
    std::int64_t short_row = -1;
    if (found != shortened.instruments.end()) {
      const auto place = std::lower_bound(found->timestamps.begin(), found->timestamps.end(), stamp);
      if (place != found->timestamps.end() && *place == stamp) short_row = place - found->timestamps.begin();
    }
    for (std::size_t f = 0; f < whole.names.size(); ++f) {
      const float with_all = whole.values(rows - 1, static_cast<Eigen::Index>(f));
      float with_short = std::numeric_limits<float>::quiet_NaN();
      if (short_row >= 0) {
        const auto name = std::find(found->names.begin(), found->names.end(), whole.names[f]);
        if (name != found->names.end()) with_short = found->values(short_row, name - found->names.begin());
      }
      Outcome outcome = compare(with_short, with_all, deviations_[i][f], options_.tolerance);
      outcome.worst_symbol = whole.symbol;
      outcomes[indices_.at(whole.names[f])].take(outcome);
    }
  }

  // ---- verdicts ----

  void describe_features() {
    note_which_are_there();
    for (std::size_t f = 0; f < names_.size(); ++f) report_.features.push_back(describe(f));
    std::stable_sort(report_.features.begin(), report_.features.end(),
                     [](const FeatureWarmup& a, const FeatureWarmup& b) { return rank(a) > rank(b); });
  }

  static std::int64_t rank(const FeatureWarmup& feature) {
    constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();
    switch (feature.verdict) {
      case WarmupVerdict::kNeverSettles:
        return kAboveAll;
      case WarmupVerdict::kNeverThere:
        return kAboveAll - 1;
      case WarmupVerdict::kSlow:
        return kAboveAll - 2;
      case WarmupVerdict::kSettles:
        break;
    }
    return feature.settled_after.value_or(0);
  }

  void note_which_are_there() {
    for (std::size_t i = 0; i < reference_.instruments.size(); ++i) {
      const FeatureTable& table = reference_.instruments[i];
      for (const TimestampNs moment : end_moments_) {
        const std::int64_t rows = table_clocks_[i].count_known(table.timestamps, moment);
        if (rows == 0) continue;
        for (std::size_t f = 0; f < table.names.size(); ++f) {
          if (!std::isnan(table.values(rows - 1, static_cast<Eigen::Index>(f))))
            is_there_[indices_.at(table.names[f])] = true;
        }
      }
    }
  }

  [[nodiscard]] FeatureWarmup describe(std::size_t f) {
    FeatureWarmup feature;
    feature.feature = names_[f];
    for (const std::int64_t start : report_.starts) {
      const StartResult& result = outcome_at(start);
      feature.differences.push_back(result.refusal.empty() ? result.features[f].difference : kInfinity);
    }
    feature.worst_symbol = outcome_at(report_.starts.back()).features[f].worst_symbol;
    feature.settled_after = fewest_bars(f, [](const Outcome& outcome) { return outcome.agrees; });
    feature.exact_after = fewest_bars(f, [](const Outcome& outcome) { return outcome.is_exact; });
    feature.verdict = judge(f, feature);
    if (feature.verdict == WarmupVerdict::kNeverThere)
      feature.settled_after = feature.exact_after = std::nullopt;
    feature.advice = advice_for(feature, report_.starts.back());
    return feature;
  }

  [[nodiscard]] WarmupVerdict judge(std::size_t f, const FeatureWarmup& feature) const {
    if (!is_there_[f]) return WarmupVerdict::kNeverThere;
    if (feature.settled_after) return WarmupVerdict::kSettles;
    double largest = 0;
    for (const double difference : feature.differences) {
      if (std::isfinite(difference)) largest = std::max(largest, difference);
    }
    const double last = feature.differences.back();
    const bool shrinks = feature.differences.size() > 1 && last < kShrunk * largest;
    // Without a value at the longest start there is no telling whether it would remember the start.
    return !std::isfinite(last) || shrinks ? WarmupVerdict::kSlow : WarmupVerdict::kNeverSettles;
  }

  // The fewest bars from which on every start passes: first among the wanted starts, then by halving.
  template <typename Passes>
  [[nodiscard]] std::optional<std::int64_t> fewest_bars(std::size_t f, const Passes& passes) {
    const auto passes_at = [&](std::int64_t start) {
      const StartResult& result = outcome_at(start);
      return result.refusal.empty() && passes(result.features[f]);
    };
    std::int64_t enough = -1, too_few = -1;
    for (auto start = report_.starts.rbegin(); start != report_.starts.rend(); ++start) {
      if (!passes_at(*start)) {
        too_few = *start;
        break;
      }
      enough = *start;
    }
    if (enough < 0) return std::nullopt;
    while (enough - too_few > 1) {
      const std::int64_t middle = too_few + (enough - too_few) / 2;
      (passes_at(middle) ? enough : too_few) = middle;
    }
    return enough;
  }

  const PanelComputation& computation_;
  const WarmupOptions& options_;
  ThreadPool& pool_;
  Observer& observer_;
  AuditSample sample_;
  std::vector<BarClock> clocks_;
  FeatureData reference_;
  std::vector<BarClock> table_clocks_;
  std::vector<std::vector<double>> deviations_;  // [table][feature]
  std::vector<std::string> names_;               // of all features, in order of first appearance
  std::map<std::string, std::size_t> indices_;
  std::vector<bool> is_there_;  // has a value at some end point
  std::vector<TimestampNs> end_moments_;
  std::map<std::int64_t, StartResult> results_;
  std::atomic<std::int64_t> done_{0};
  WarmupReport report_;
};

}  // namespace

std::vector<std::string> WarmupOptions::problems() const {
  std::vector<std::string> problems;
  if (starts.empty()) problems.emplace_back("starts is empty; give bars of history, such as 199,399,999");
  for (const std::int64_t start : starts) {
    if (start < 0) problems.push_back(fmt::format("starts: {} is negative", start));
  }
  if (end_count < 1) problems.push_back(fmt::format("end_count {} is less than 1", end_count));
  if (!(tolerance >= 0)) problems.push_back(fmt::format("tolerance {} is negative", tolerance));
  if (bar_limit < 1) problems.push_back(fmt::format("bar_limit {} is less than 1", bar_limit));
  return problems;
}

WarmupReport audit_warmup(const PanelComputation& computation, const market::MarketData& data,
                          const WarmupOptions& options, ThreadPool& pool, Observer& observer) {
  if (const auto problems = options.problems(); !problems.empty())
    throw Error(ErrorKind::kUsage, fmt::format("{}", fmt::join(problems, "; ")));
  return WarmupAudit(computation, data, options, pool, observer).run();
}

WarmupReport audit_warmup(const FeatureComputation& computation, const market::MarketData& data,
                          const WarmupOptions& options, ThreadPool& pool, Observer& observer) {
  return audit_warmup(over_panel(computation), data, options, pool, observer);
}

}  // namespace regimetry::features
