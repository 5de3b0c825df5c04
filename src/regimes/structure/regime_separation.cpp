#include "regimes/structure/regime_separation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "regimes/structure/regime_returns.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kSignificant = 0.05;

// Ranks of the finite values of one sequence, ties shared, brought to mean 0 and between -1/2 and 1/2.
void rank_within(std::span<const double> values, std::span<double> ranks) {
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (!std::isnan(values[n])) order.push_back(n);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : a < b;
  });
  const auto count = static_cast<double>(order.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    const double rank = (static_cast<double>(i + end) / 2 - count / 2) / count;
    for (; i < end; ++i) ranks[order[i]] = rank;
  }
}

struct GroupSums {
  std::vector<double> sum;
  std::vector<std::int64_t> count;
  double squares = 0;
  explicit GroupSums(int regime_count)
      : sum(static_cast<std::size_t>(regime_count), 0.0), count(static_cast<std::size_t>(regime_count), 0) {}

  void add(std::int32_t label, double value) {
    sum[static_cast<std::size_t>(label)] += value;
    ++count[static_cast<std::size_t>(label)];
    squares += value * value;
  }
  [[nodiscard]] double eta_squared() const {
    double total = 0, between = 0;
    std::int64_t rows = 0;
    for (std::size_t k = 0; k < sum.size(); ++k) {
      if (count[k] == 0) continue;
      total += sum[k];
      rows += count[k];
      between += sum[k] * sum[k] / static_cast<double>(count[k]);
    }
    const double correction = total * total / static_cast<double>(rows);
    const double variance = squares - correction;
    return variance > 0 ? (between - correction) / variance : 0;
  }
};

// Labels of each sequence moved ahead by its number of rows, round its end.
double shifted_eta_squared(std::span<const std::int32_t> labels, std::span<const double> ranks,
                           std::span<const IndexRange> sequences, std::span<const std::int64_t> shifts,
                           int regime_count) {
  GroupSums sums(regime_count);
  const auto add_rows = [&](std::size_t first_label, std::size_t first_rank, std::size_t count) {
    for (std::size_t n = 0; n < count; ++n) {
      const std::int32_t label = labels[first_label + n];
      const double rank = ranks[first_rank + n];
      if (label >= 0 && !std::isnan(rank)) sums.add(label, rank);
    }
  };
  for (std::size_t s = 0; s < sequences.size(); ++s) {
    const auto begin = static_cast<std::size_t>(sequences[s].begin);
    const auto size = static_cast<std::size_t>(sequences[s].size()),
               shift = static_cast<std::size_t>(shifts[s]);
    add_rows(begin + shift, begin, size - shift);
    add_rows(begin, begin + size - shift, shift);
  }
  return sums.eta_squared();
}

std::vector<std::int64_t> draw_shifts(std::span<const IndexRange> sequences, RngStream stream) {
  std::vector<std::int64_t> shifts;
  for (const IndexRange& sequence : sequences) {
    const std::int64_t choices = sequence.size() - 1;  // every shift but none
    shifts.push_back(
        choices > 0 ? 1 + static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(choices))) : 0);
  }
  return shifts;
}

bool has_two_groups(std::span<const std::int32_t> labels, std::span<const double> values) {
  std::int32_t first = -1;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0 || std::isnan(values[n])) continue;
    if (first >= 0 && labels[n] != first) return true;
    first = labels[n];
  }
  return false;
}

bool is_separated(const Separation& separation, std::optional<SeparationTest> Separation::Horizon::*test) {
  const auto horizons = static_cast<double>(separation.horizons.size());
  return std::any_of(separation.horizons.begin(), separation.horizons.end(),
                     [&](const Separation::Horizon& one) {
                       return (one.*test) && (one.*test)->p_value * horizons < kSignificant;
                     });
}

std::string words_for(const Separation& separation) {
  const bool has_test = std::any_of(separation.horizons.begin(), separation.horizons.end(),
                                    [](const Separation::Horizon& one) { return one.absolute.has_value(); });
  if (!has_test) return "nothing can be said: fewer than two regimes have prices after them";
  if (separation.separates_volatility && separation.separates_direction) return "volatility and direction";
  if (separation.separates_volatility) return "volatility, not direction";
  if (separation.separates_direction) return "direction, not volatility";
  return "neither volatility nor direction";
}

}  // namespace

std::optional<SeparationTest> test_separation(std::span<const std::int32_t> labels,
                                              std::span<const double> values,
                                              std::span<const IndexRange> sequences, int regime_count,
                                              std::int64_t shifts, const Rng& rng, const std::string& name,
                                              ThreadPool& pool) {
  if (!has_two_groups(labels, values)) return std::nullopt;
  std::vector<double> ranks(values.size(), std::numeric_limits<double>::quiet_NaN());
  for (const IndexRange& sequence : sequences) {
    const auto begin = static_cast<std::size_t>(sequence.begin),
               size = static_cast<std::size_t>(sequence.size());
    rank_within(values.subspan(begin, size), std::span(ranks).subspan(begin, size));
  }
  SeparationTest test;
  for (std::size_t n = 0; n < labels.size(); ++n)
    test.count += labels[n] >= 0 && !std::isnan(ranks[n]) ? 1 : 0;
  const std::vector<std::int64_t> none(sequences.size(), 0);
  test.eta_squared = shifted_eta_squared(labels, ranks, sequences, none, regime_count);
  std::vector<double> drawn(static_cast<std::size_t>(shifts));
  pool.parallel_for(shifts, 8, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      const auto by = draw_shifts(sequences, rng.stream(name, static_cast<std::uint64_t>(b)));
      drawn[static_cast<std::size_t>(b)] = shifted_eta_squared(labels, ranks, sequences, by, regime_count);
    }
  });
  const auto as_large =
      std::count_if(drawn.begin(), drawn.end(), [&](double eta) { return eta >= test.eta_squared; });
  test.null_mean = std::accumulate(drawn.begin(), drawn.end(), 0.0) / static_cast<double>(shifts);
  test.p_value = static_cast<double>(1 + as_large) / static_cast<double>(1 + shifts);
  return test;
}

Separation measure_separation(std::span<const std::int32_t> labels, std::span<const double> close,
                              std::span<const IndexRange> sequences, int regime_count,
                              std::span<const std::int64_t> horizons_bars, std::int64_t shifts,
                              const Rng& rng, ThreadPool& pool) {
  Separation separation;
  for (const std::int64_t horizon : horizons_bars) {
    const std::vector<double> forward = forward_returns(close, sequences, horizon);
    std::vector<double> absolute = forward;
    for (double& value : absolute) value = std::abs(value);
    const auto test = [&](const std::vector<double>& values, const char* what) {
      return test_separation(labels, values, sequences, regime_count, shifts, rng,
                             fmt::format("structure.separation.{}.{}", what, horizon), pool);
    };
    separation.horizons.push_back({horizon, test(absolute, "absolute"), test(forward, "signed")});
  }
  separation.separates_volatility = is_separated(separation, &Separation::Horizon::absolute);
  separation.separates_direction = is_separated(separation, &Separation::Horizon::signed_return);
  separation.words = words_for(separation);
  return separation;
}

}  // namespace regimetry::regimes
