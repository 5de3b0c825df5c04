#include "regimes/structure/regime_separation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "regimes/structure/regime_returns.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kSignificant = 0.05;

// Ranks of the finite values of one sequence, ties shared: twice the distance from the middle rank, a whole
// number; 0 where there is no value. Brought to the same scale in all sequences by their count.
std::vector<std::int64_t> rank_within(std::span<const double> values) {
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (!std::isnan(values[n])) order.push_back(n);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : a < b;
  });
  std::vector<std::int64_t> ranks(values.size(), 0);
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    const std::int64_t rank = static_cast<std::int64_t>(i + end) - std::ssize(order);
    for (; i < end; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

struct GroupSums {
  std::vector<double> sum;
  std::vector<std::int64_t> count;
  double squares = 0;
  explicit GroupSums(int regime_count)
      : sum(static_cast<std::size_t>(regime_count), 0.0), count(static_cast<std::size_t>(regime_count), 0) {}

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

// Labels and ranks of one sequence. Labels come in runs, so each shift asks for the sum of the ranks under
// each run, which two running sums give: a shift costs as much as there are runs, not rows.
class ShiftedSequence {
 public:
  ShiftedSequence(std::span<const std::int32_t> labels, std::span<const double> values)
      : size_(std::ssize(labels)) {
    const std::vector<std::int64_t> ranks = rank_within(values);
    for (std::size_t n = 0; n < values.size(); ++n) {
      const auto rank = static_cast<double>(ranks[n]);
      rank_sum_.push_back(rank_sum_.back() + ranks[n]);
      square_sum_.push_back(square_sum_.back() + rank * rank);
      count_.push_back(count_.back() + (std::isnan(values[n]) ? 0 : 1));
    }
    if (count_.back() > 0) scale_ = 0.5 / static_cast<double>(count_.back());
    for (std::int64_t begin = 0; begin < size_;) {
      std::int64_t end = begin + 1;
      const std::int32_t label = labels[static_cast<std::size_t>(begin)];
      while (end < size_ && labels[static_cast<std::size_t>(end)] == label) ++end;
      if (label >= 0) runs_.push_back({label, {begin, end}});
      begin = end;
    }
  }

  // Adds the ranks under each run when the labels are moved `shift` rows towards the beginning, round the
  // end.
  void add(std::int64_t shift, GroupSums& sums) const {
    for (const Run& run : runs_) {
      const std::int64_t begin = run.rows.begin - shift, end = run.rows.end - shift;
      if (end > 0) add_rows(run.label, {std::max<std::int64_t>(begin, 0), end}, sums);
      if (begin < 0) add_rows(run.label, {begin + size_, std::min(end, std::int64_t{0}) + size_}, sums);
    }
  }

 private:
  struct Run {
    std::int32_t label = 0;
    IndexRange rows;
  };

  void add_rows(std::int32_t label, IndexRange rows, GroupSums& sums) const {
    const auto k = static_cast<std::size_t>(label);
    const auto begin = static_cast<std::size_t>(rows.begin), end = static_cast<std::size_t>(rows.end);
    sums.sum[k] += scale_ * static_cast<double>(rank_sum_[end] - rank_sum_[begin]);
    sums.squares += scale_ * scale_ * (square_sum_[end] - square_sum_[begin]);
    sums.count[k] += count_[end] - count_[begin];
  }

  std::int64_t size_ = 0;
  double scale_ = 1;
  std::vector<std::int64_t> rank_sum_{0}, count_{0};  // of the rows before
  std::vector<double> square_sum_{0.0};
  std::vector<Run> runs_;
};

double shifted_eta_squared(const std::vector<ShiftedSequence>& sequences,
                           std::span<const std::int64_t> shifts, int regime_count) {
  GroupSums sums(regime_count);
  for (std::size_t s = 0; s < sequences.size(); ++s) sequences[s].add(shifts[s], sums);
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
  std::vector<ShiftedSequence> shifted;
  for (const IndexRange& sequence : sequences) {
    const auto begin = static_cast<std::size_t>(sequence.begin),
               size = static_cast<std::size_t>(sequence.size());
    shifted.emplace_back(labels.subspan(begin, size), values.subspan(begin, size));
  }
  SeparationTest test;
  for (std::size_t n = 0; n < labels.size(); ++n)
    test.count += labels[n] >= 0 && !std::isnan(values[n]) ? 1 : 0;
  const std::vector<std::int64_t> none(sequences.size(), 0);
  test.eta_squared = shifted_eta_squared(shifted, none, regime_count);
  std::vector<double> drawn(static_cast<std::size_t>(shifts));
  pool.parallel_for(shifts, 8, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      const auto by = draw_shifts(sequences, rng.stream(name, static_cast<std::uint64_t>(b)));
      drawn[static_cast<std::size_t>(b)] = shifted_eta_squared(shifted, by, regime_count);
    }
  });
  // Shifts that bring back the same groups add them up in another order.
  const double as_large_from = test.eta_squared * (1 - 1e-12);
  const auto as_large =
      std::count_if(drawn.begin(), drawn.end(), [&](double eta) { return eta >= as_large_from; });
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
