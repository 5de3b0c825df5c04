#include "features/audit/future_likeness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/portable_math.hpp"
#include "features/audit/later_volatility.hpp"

namespace regimetry::features {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::int64_t, 9> kHorizons = {1, 2, 3, 5, 7, 10, 20, 40, 60};
constexpr std::int64_t kLongestCopy = 64;    // equality is looked for up to so many bars ahead
constexpr std::int64_t kFewestRows = 40;     // below that nothing can be told
constexpr std::int64_t kFewestMatches = 20;  // rows that differ from the present and must agree
constexpr std::size_t kMostLevels = 50;
constexpr double kPastAndFuture = 0.5;  // likeness of an input to both that is suspicious all the same
// Columns are float32, and exports round to about as many digits.
constexpr double kRelativeTolerance = 1e-5;

// Ranks 0..n-1 of the finite values, equal ones sharing their mean; NaN elsewhere.
std::vector<double> ranks_of(std::span<const double> values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : a < b;
  });
  std::vector<double> ranks(values.size(), kNaN);
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = 0.5 * static_cast<double>(begin + end - 1);
    for (std::size_t k = begin; k < end; ++k) ranks[order[k]] = rank;
    begin = end;
  }
  return ranks;
}

struct Association {
  double strength = 0;  // signed for correlations, 0..1 for levels
  double pairs = 0;     // how many rows both have
};

Association correlate(std::span<const double> a, std::span<const double> b) {
  double n = 0, sum_a = 0, sum_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    n += 1, sum_a += a[i], sum_b += b[i];
  }
  if (n < 3) return {0, n};
  const double mean_a = sum_a / n, mean_b = sum_b / n;
  double aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    const double da = a[i] - mean_a, db = b[i] - mean_b;
    aa += da * da, bb += db * db, ab += da * db;
  }
  return {aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0, n};
}

// How many independent pairs the overlapping returns of `horizon` bars are worth beside a column with these
// ranks (Bartlett's formula: two series are as informative as their autocorrelations allow).
double effective_pairs(std::span<const double> ranks, std::int64_t horizon, double pairs) {
  double inflation = 1;
  for (std::int64_t lag = 1; lag < horizon; ++lag) {
    if (lag >= static_cast<std::int64_t>(ranks.size())) break;
    const auto shift = static_cast<std::size_t>(lag);
    const double own = correlate(ranks.subspan(shift), ranks.first(ranks.size() - shift)).strength;
    const double overlap = 1 - static_cast<double>(lag) / static_cast<double>(horizon);
    inflation += 2 * overlap * std::clamp(own, 0.0, 1.0);
  }
  return pairs / inflation;
}

// Standard errors between a correlation and zero (Fisher's transformation).
double standard_errors(double correlation, double pairs) {
  if (pairs <= 4) return 0;
  return std::atanh(std::min(std::abs(correlation), 0.999999)) * std::sqrt(pairs - 3);
}

std::string bars_words(std::int64_t count) {
  return fmt::format("{} bar{}", count, count == 1 ? "" : "s");
}

// Return of the `horizon` bars after (or, negative, up to) each row; NaN beyond the ends.
std::vector<double> log_returns(std::span<const double> log_close, std::int64_t horizon) {
  const auto count = static_cast<std::int64_t>(log_close.size());
  std::vector<double> returns(log_close.size(), kNaN);
  for (std::int64_t t = 0; t < count; ++t) {
    const std::int64_t other = t + horizon;
    if (other < 0 || other >= count) continue;
    const double change = log_close[static_cast<std::size_t>(other)] - log_close[static_cast<std::size_t>(t)];
    returns[static_cast<std::size_t>(t)] = horizon > 0 ? change : -change;
  }
  return returns;
}

// A column of few levels: its level per row, -1 where missing.
struct Levels {
  std::vector<std::int32_t> codes;
  std::size_t count = 0;
};

std::optional<Levels> levels_of_numbers(std::span<const double> values) {
  constexpr std::size_t kMostNumericLevels = 12;
  std::vector<double> distinct;
  Levels levels;
  levels.codes.reserve(values.size());
  for (const double value : values) {
    if (std::isnan(value)) {
      levels.codes.push_back(-1);
      continue;
    }
    auto found = std::find(distinct.begin(), distinct.end(), value);
    if (found == distinct.end()) {
      if (distinct.size() == kMostNumericLevels) return std::nullopt;
      found = distinct.insert(distinct.end(), value);
    }
    levels.codes.push_back(static_cast<std::int32_t>(found - distinct.begin()));
  }
  levels.count = distinct.size();
  return levels;
}

// The mean rank of returns within each level, as a column.
std::vector<double> level_means(const Levels& levels, std::span<const double> ranks) {
  std::vector<double> sums(levels.count, 0), counts(levels.count, 0);
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (levels.codes[i] < 0 || std::isnan(ranks[i])) continue;
    const auto level = static_cast<std::size_t>(levels.codes[i]);
    sums[level] += ranks[i], counts[level] += 1;
  }
  std::vector<double> means(ranks.size(), kNaN);
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (levels.codes[i] < 0) continue;
    const auto level = static_cast<std::size_t>(levels.codes[i]);
    if (counts[level] > 0) means[i] = sums[level] / counts[level];
  }
  return means;
}

// The correlation ratio, less what that many levels explain by chance among so many independent rows.
double corrected_ratio(double ratio, std::size_t level_count, double pairs) {
  const double chance = (static_cast<double>(level_count) - 1) / std::max(pairs, 1.0);
  if (chance >= 1) return 0;
  return std::sqrt(std::max(0.0, (ratio * ratio - chance) / (1 - chance)));
}

// Why so many rows cannot be judged beside so many bars; empty when they can.
std::string why_too_few(std::size_t rows, std::size_t bars) {
  if (rows != bars) return fmt::format("{} rows beside {} bars", rows, bars);
  if (static_cast<std::int64_t>(rows) < kFewestRows)
    return fmt::format("{} rows, fewer than {}", rows, kFewestRows);
  return {};
}

}  // namespace

std::vector<std::string> FutureLikenessOptions::problems() const {
  std::vector<std::string> problems;
  if (!(least_correlation > 0 && least_correlation < 1))
    problems.push_back(fmt::format("least_correlation {} is not between 0 and 1", least_correlation));
  if (!(margin_over_past >= 0))
    problems.push_back(fmt::format("margin_over_past {} is negative", margin_over_past));
  if (!(least_standard_errors > 0))
    problems.push_back(fmt::format("least_standard_errors {} is not positive", least_standard_errors));
  if (!(matching_share > 0.5 && matching_share <= 1))
    problems.push_back(fmt::format("matching_share {} is not above 0.5 and up to 1", matching_share));
  return problems;
}

struct FutureProbe::Returns {
  std::vector<double> open, high, low, close, volume, log_close;
  LaterVolatility volatility;
  std::vector<std::vector<double>> later_ranks, earlier_ranks;  // per horizon

  explicit Returns(const market::Bars& bars)
      : open(bars.open),
        high(bars.high),
        low(bars.low),
        close(bars.close),
        volume(bars.volume),
        log_close(bars.close.size()),
        volatility(bars.close) {
    for (std::size_t i = 0; i < close.size(); ++i)
      log_close[i] = close[i] > 0 ? portable_log(close[i]) : kNaN;
    for (const std::int64_t horizon : kHorizons) {
      later_ranks.push_back(ranks_of(log_returns(log_close, horizon)));
      earlier_ranks.push_back(ranks_of(log_returns(log_close, -horizon)));
    }
  }

  // ---- equality ----

  // What a column may be a copy of: a name, and the value it would have at a row if it looked `h` bars ahead.
  enum class TargetKind {
    kPrice,    // of one later bar
    kReturn,   // between two closes
    kMeasure,  // of one bar alone: its volume, its range
  };
  struct Target {
    const char* words;
    TargetKind kind;
    double (*value)(const Returns&, std::size_t now, std::size_t later);
  };

  static double simple_return(const Returns& r, std::size_t now, std::size_t later) {
    return r.close[later] / r.close[now] - 1;
  }
  static const std::vector<Target>& targets() {
    static const std::vector<Target> all = {
        {"the close", TargetKind::kPrice,
         [](const Returns& r, std::size_t, std::size_t later) { return r.close[later]; }},
        {"the open", TargetKind::kPrice,
         [](const Returns& r, std::size_t, std::size_t later) { return r.open[later]; }},
        {"the high", TargetKind::kPrice,
         [](const Returns& r, std::size_t, std::size_t later) { return r.high[later]; }},
        {"the low", TargetKind::kPrice,
         [](const Returns& r, std::size_t, std::size_t later) { return r.low[later]; }},
        {"the simple return", TargetKind::kReturn, simple_return},
        {"the simple return in per cent", TargetKind::kReturn,
         [](const Returns& r, std::size_t now, std::size_t later) {
           return 100 * simple_return(r, now, later);
         }},
        {"the simple return in basis points", TargetKind::kReturn,
         [](const Returns& r, std::size_t now, std::size_t later) {
           return 1e4 * simple_return(r, now, later);
         }},
        {"the log return", TargetKind::kReturn,
         [](const Returns& r, std::size_t now, std::size_t later) {
           return r.log_close[later] - r.log_close[now];
         }},
        {"the size of the simple return", TargetKind::kReturn,
         [](const Returns& r, std::size_t now, std::size_t later) {
           return std::abs(simple_return(r, now, later));
         }},
        {"the size of the log return", TargetKind::kReturn,
         [](const Returns& r, std::size_t now, std::size_t later) {
           return std::abs(r.log_close[later] - r.log_close[now]);
         }},
        {"the volume", TargetKind::kMeasure,
         [](const Returns& r, std::size_t, std::size_t later) { return r.volume[later]; }},
        {"the range (high - low)", TargetKind::kMeasure,
         [](const Returns& r, std::size_t, std::size_t later) { return r.high[later] - r.low[later]; }},
        {"the range (high / low)", TargetKind::kMeasure,
         [](const Returns& r, std::size_t, std::size_t later) { return r.high[later] / r.low[later]; }},
        {"the range (high / low - 1)", TargetKind::kMeasure,
         [](const Returns& r, std::size_t, std::size_t later) { return r.high[later] / r.low[later] - 1; }},
        {"the log range", TargetKind::kMeasure,
         [](const Returns& r, std::size_t, std::size_t later) {
           return portable_log(r.high[later] / r.low[later]);
         }},
        {"the range in shares of the close", TargetKind::kMeasure,
         [](const Returns& r, std::size_t, std::size_t later) {
           return (r.high[later] - r.low[later]) / r.close[later];
         }},
    };
    return all;
  }

  struct Match {
    double share = 0;
    std::int64_t row = 0;
    double value = 0, later = 0;
  };

  // Share of equal rows among those whose target differs from the present; 0 when too few do. `shift` may be
  // negative, for the past. Gives up as soon as `needed` cannot be reached any more.
  [[nodiscard]] Match match(std::span<const double> values, const Target& target, std::int64_t shift,
                            double needed) const {
    const auto count = static_cast<std::int64_t>(values.size());
    double equal = 0, informative = 0;
    const double most_misses = (1 - needed) * static_cast<double>(count);
    Match result;
    for (std::int64_t t = std::max<std::int64_t>(0, -shift); t < std::min(count, count - shift); ++t) {
      const auto now = static_cast<std::size_t>(t), later = static_cast<std::size_t>(t + shift);
      const double wanted = shift > 0 || target.kind != TargetKind::kReturn ? target.value(*this, now, later)
                                                                            : target.value(*this, later, now);
      if (std::isnan(values[now]) || !std::isfinite(wanted) || !is_news(target, wanted, now, later)) continue;
      informative += 1;
      if (std::abs(values[now] - wanted) <= kRelativeTolerance * std::abs(wanted)) {
        if (equal == 0) result = {0, t, values[now], wanted};
        equal += 1;
      } else if (informative - equal > most_misses) {
        return {};
      }
    }
    if (equal < static_cast<double>(kFewestMatches)) return {};
    result.share = equal / informative;
    return result;
  }

  // Only where what lies ahead differs from what is known can one be told from the other: the next open, say,
  // is the present close in markets without gaps.
  [[nodiscard]] bool is_news(const Target& target, double wanted, std::size_t now, std::size_t later) const {
    const auto differ = [](double a, double b) {
      return std::abs(a - b) > 3 * kRelativeTolerance * std::abs(b);
    };
    if (target.kind == TargetKind::kReturn) return differ(close[later], close[now]);
    if (target.kind == TargetKind::kMeasure) return differ(wanted, target.value(*this, now, now));
    return differ(wanted, open[now]) && differ(wanted, high[now]) && differ(wanted, low[now]) &&
           differ(wanted, close[now]);
  }

  [[nodiscard]] std::optional<FutureLikeness> find_copy(std::span<const double> values, double needed) const {
    for (const Target& target : targets()) {
      for (std::int64_t shift = 1; shift <= kLongestCopy; ++shift) {
        const Match found = match(values, target, shift, needed);
        if (found.share < needed || equals_past(values, target, needed)) continue;
        const std::string what =
            target.kind == TargetKind::kReturn
                ? fmt::format("equals {} of the next {}", target.words, bars_words(shift))
                : fmt::format("equals {} {} later", target.words, bars_words(shift));
        return FutureLikeness{true, what, shift, found.share, 0, found.row, found.value, found.later};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<FutureLikeness> find_volatility_copy(std::span<const double> values,
                                                                   double needed) const {
    const std::optional<VolatilityCopy> copy = volatility.find_copy(values, needed);
    if (!copy) return std::nullopt;
    return FutureLikeness{true, copy->words, copy->horizon, copy->share,
                          0,    copy->row,   copy->value,   copy->later};
  }

  // Prices that repeat make yesterday's equal tomorrow's; then nothing can be told.
  [[nodiscard]] bool equals_past(std::span<const double> values, const Target& target, double needed) const {
    for (std::int64_t shift = 1; shift <= kLongestCopy; ++shift) {
      if (match(values, target, -shift, needed).share >= needed) return true;
    }
    return false;
  }

  // ---- correlation ----

  [[nodiscard]] std::optional<FutureLikeness> find_correlation(std::span<const double> values, bool is_input,
                                                               const FutureLikenessOptions& options) const {
    const std::vector<double> ranks = ranks_of(values);
    double past = 0, signed_past = 0;
    for (const auto& earlier : earlier_ranks) {
      const double strength = correlate(ranks, earlier).strength;
      if (std::abs(strength) > past) past = std::abs(strength), signed_past = strength;
    }
    std::optional<FutureLikeness> best;
    for (std::size_t k = 0; k < kHorizons.size(); ++k) {
      const Association found = correlate(ranks, later_ranks[k]);
      // A price that is pulled back gives the past the opposite sign; one sign for both is a view both ways.
      const bool looks_both_ways = is_input && found.strength * signed_past > 0;
      if (!is_implausible(std::abs(found.strength), past, looks_both_ways, options)) continue;
      const double pairs = effective_pairs(ranks, kHorizons[k], found.pairs);
      if (standard_errors(found.strength, pairs) < options.least_standard_errors) continue;
      keep_stronger(best, "tracks", kHorizons[k], found.strength, past);
    }
    return best;
  }

  [[nodiscard]] std::optional<FutureLikeness> find_level_association(
      const Levels& levels, const FutureLikenessOptions& options) const {
    if (levels.count < 2) return std::nullopt;
    double past = 0;
    for (std::size_t k = 0; k < kHorizons.size(); ++k)
      past = std::max(past, ratio(levels, earlier_ranks[k], kHorizons[k]).strength);
    std::optional<FutureLikeness> best;
    for (std::size_t k = 0; k < kHorizons.size(); ++k) {
      const Association found = ratio(levels, later_ranks[k], kHorizons[k]);
      if (!is_implausible(found.strength, past, false, options)) continue;
      if (standard_errors(found.strength, found.pairs) < options.least_standard_errors) continue;
      keep_stronger(best, "foretells", kHorizons[k], found.strength, past);
    }
    return best;
  }

  // The corrected correlation ratio of the levels, with the number of rows it is worth.
  [[nodiscard]] static Association ratio(const Levels& levels, std::span<const double> ranks,
                                         std::int64_t horizon) {
    const std::vector<double> means = level_means(levels, ranks);
    const Association raw = correlate(means, ranks);
    const double pairs = effective_pairs(means, horizon, raw.pairs);
    return {corrected_ratio(raw.strength, levels.count, pairs), pairs};
  }

  [[nodiscard]] static bool is_implausible(double strength, double past, bool looks_both_ways,
                                           const FutureLikenessOptions& options) {
    if (strength < options.least_correlation) return false;
    return strength >= past + options.margin_over_past || (looks_both_ways && strength >= kPastAndFuture);
  }

  static void keep_stronger(std::optional<FutureLikeness>& best, const char* verb, std::int64_t horizon,
                            double strength, double past) {
    if (best && std::abs(best->strength) >= std::abs(strength)) return;
    best = FutureLikeness{false,   fmt::format("{} the return of the next {}", verb, bars_words(horizon)),
                          horizon, strength,
                          past,    0,
                          kNaN,    kNaN};
  }
};

FutureProbe::FutureProbe(const market::Bars& bars, FutureLikenessOptions options)
    : returns_(std::make_unique<const Returns>(bars)), options_(options) {}
FutureProbe::~FutureProbe() = default;
FutureProbe::FutureProbe(FutureProbe&&) noexcept = default;
FutureProbe& FutureProbe::operator=(FutureProbe&&) noexcept = default;

Examination FutureProbe::examine(std::span<const double> values, bool is_input) const {
  if (auto reason = why_too_few(values.size(), returns_->close.size()); !reason.empty())
    return {std::nullopt, std::move(reason)};
  const auto present =
      std::count_if(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  if (present < kFewestMatches)
    return {std::nullopt, fmt::format("{} values, fewer than {}", present, kFewestMatches)};
  if (const auto levels = levels_of_numbers(values))
    return {returns_->find_level_association(*levels, options_), {}};
  if (auto copy = returns_->find_copy(values, options_.matching_share)) return {std::move(copy), {}};
  if (auto copy = returns_->find_volatility_copy(values, options_.matching_share))
    return {std::move(copy), {}};
  return {returns_->find_correlation(values, is_input, options_), {}};
}

Examination FutureProbe::examine(const market::Column& column) const {
  switch (column.kind) {
    case market::ColumnKind::kNumber:
    case market::ColumnKind::kBoolean:
      return examine(column.numbers, /*is_input=*/true);
    case market::ColumnKind::kCategory: {
      if (auto reason = why_too_few(column.codes.size(), returns_->close.size()); !reason.empty())
        return {std::nullopt, std::move(reason)};
      if (column.categories.size() > kMostLevels) {
        return {std::nullopt,
                fmt::format("{} different words, more than {}", column.categories.size(), kMostLevels)};
      }
      return {returns_->find_level_association({column.codes, column.categories.size()}, options_), {}};
    }
    case market::ColumnKind::kTime:
      break;
  }
  return {std::nullopt, "times, not values"};
}

}  // namespace regimetry::features
