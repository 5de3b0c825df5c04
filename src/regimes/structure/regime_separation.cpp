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

  [[nodiscard]] std::int64_t row_count() const {
    return std::accumulate(count.begin(), count.end(), std::int64_t{0});
  }
  [[nodiscard]] double eta_squared() const {
    double total = 0, between = 0;
    for (std::size_t k = 0; k < sum.size(); ++k) {
      if (count[k] == 0) continue;
      total += sum[k];
      between += sum[k] * sum[k] / static_cast<double>(count[k]);
    }
    const double correction = total * total / static_cast<double>(row_count());
    const double variance = squares - correction;
    return variance > 0 ? (between - correction) / variance : 0;
  }
};

// Labels and ranks of one sequence. Labels come in runs, so each shift asks for the sum of the ranks under
// each run, which two running sums give: a shift costs as much as there are runs, not rows.
class ShiftedSequence {
 public:
  // `places` in a calendar of `calendar_size` stamps.
  ShiftedSequence(std::span<const std::int32_t> labels, std::span<const double> values,
                  std::span<const std::int64_t> places, std::int64_t calendar_size)
      : places_(places), calendar_size_(calendar_size) {
    const std::vector<std::int64_t> ranks = rank_within(values);
    for (std::size_t n = 0; n < values.size(); ++n) {
      const auto rank = static_cast<double>(ranks[n]);
      rank_sum_.push_back(rank_sum_.back() + ranks[n]);
      square_sum_.push_back(square_sum_.back() + rank * rank);
      count_.push_back(count_.back() + (std::isnan(values[n]) ? 0 : 1));
    }
    if (count_.back() > 0) scale_ = 0.5 / static_cast<double>(count_.back());
    for (std::size_t begin = 0; begin < labels.size();) {
      std::size_t end = begin + 1;
      while (end < labels.size() && labels[end] == labels[begin]) ++end;
      // Up to the row that ends the run, over stamps without a row.
      const std::int64_t end_place = end < places.size() ? places[end] : places.back() + 1;
      if (labels[begin] >= 0) runs_.push_back({labels[begin], {places[begin], end_place}});
      begin = end;
    }
  }

  // Adds the ranks under each run when the labels are moved `shift` stamps towards the beginning of the
  // calendar, round its end.
  void add(std::int64_t shift, GroupSums& sums) const {
    std::int64_t moved_row = 0, wrapped_row = 0;  // runs lie in order, so each search goes on from the last
    for (const Run& run : runs_) {
      const std::int64_t begin = run.places.begin - shift, end = run.places.end - shift;
      if (end > 0) add_places(run.label, {std::max<std::int64_t>(begin, 0), end}, moved_row, sums);
      if (begin < 0) {
        add_places(run.label, {begin + calendar_size_, std::min(end, std::int64_t{0}) + calendar_size_},
                   wrapped_row, sums);
      }
    }
  }

 private:
  struct Run {
    std::int32_t label = 0;
    IndexRange places;
  };

  // The first row from `row` on that is not before `place`.
  [[nodiscard]] std::int64_t find_row(std::int64_t row, std::int64_t place) const {
    const std::int64_t size = std::ssize(places_);
    if (row == size || places_[static_cast<std::size_t>(row)] >= place) return row;
    // Places rise by one at least, so the row lies no further ahead, and without gaps just there.
    const std::int64_t last = std::min(row + place - places_[static_cast<std::size_t>(row)], size);
    if (last < size && places_[static_cast<std::size_t>(last)] == place) return last;
    return std::lower_bound(places_.begin() + row, places_.begin() + last, place) - places_.begin();
  }

  void add_places(std::int32_t label, IndexRange places, std::int64_t& row, GroupSums& sums) const {
    const std::int64_t begin = find_row(row, places.begin);
    row = find_row(begin, places.end);
    add_rows(label, {begin, row}, sums);
  }

  void add_rows(std::int32_t label, IndexRange rows, GroupSums& sums) const {
    const auto k = static_cast<std::size_t>(label);
    const auto begin = static_cast<std::size_t>(rows.begin), end = static_cast<std::size_t>(rows.end);
    sums.sum[k] += scale_ * static_cast<double>(rank_sum_[end] - rank_sum_[begin]);
    sums.squares += scale_ * scale_ * (square_sum_[end] - square_sum_[begin]);
    sums.count[k] += count_[end] - count_[begin];
  }

  std::span<const std::int64_t> places_;
  std::int64_t calendar_size_ = 0;
  double scale_ = 1;
  std::vector<std::int64_t> rank_sum_{0}, count_{0};  // of the rows before
  std::vector<double> square_sum_{0.0};
  std::vector<Run> runs_;
};

GroupSums sums_after_shift(const std::vector<ShiftedSequence>& sequences, std::int64_t shift,
                           int regime_count) {
  GroupSums sums(regime_count);
  for (const ShiftedSequence& sequence : sequences) sequence.add(shift, sums);
  return sums;
}

// Eta squared after one random shift of all sequences that leaves at least half of `row_count`.
double draw_eta_squared(const std::vector<ShiftedSequence>& sequences, std::int64_t calendar_size,
                        std::int64_t row_count, int regime_count, RngStream stream) {
  const std::int64_t choices = calendar_size - 1;  // every shift but none
  if (choices < 1) return sums_after_shift(sequences, 0, regime_count).eta_squared();
  constexpr int kMostTries = 100;
  for (int tried = 0; tried < kMostTries; ++tried) {
    const auto shift = 1 + static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(choices)));
    const GroupSums sums = sums_after_shift(sequences, shift, regime_count);
    if (2 * sums.row_count() >= row_count) return sums.eta_squared();
  }
  return 1;  // such a draw knows of no chance, and speaks against a discovery
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

// Otherwise no shift tells anything: it leaves every label where it was.
bool ever_changes(std::span<const std::int32_t> labels, std::span<const IndexRange> sequences) {
  for (const IndexRange& sequence : sequences) {
    std::int32_t first = -1;
    for (const std::int32_t label : labels.subspan(static_cast<std::size_t>(sequence.begin),
                                                   static_cast<std::size_t>(sequence.size()))) {
      if (label < 0 || label == first) continue;
      if (first >= 0) return true;
      first = label;
    }
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

// Why no horizon could have been found, whatever the labels; empty when one could. As many stamps as there
// are can be moved by one shift fewer, and drawing one twice tells nothing new.
std::string cannot_tell(const Separation& separation, const SharedCalendar& calendar) {
  const bool has_test = std::any_of(separation.horizons.begin(), separation.horizons.end(),
                                    [](const Separation::Horizon& one) { return one.absolute.has_value(); });
  if (!has_test) return "nothing can be said: fewer than two regimes have prices after them";
  const auto horizon_count = std::ssize(separation.horizons);
  const std::int64_t fewest = fewest_shifts(horizon_count);
  if (separation.shifts < fewest) {
    return fmt::format("nothing can be said: {} draws are too few to tell over {} horizons, which takes {}",
                       separation.shifts, horizon_count, fewest);
  }
  if (calendar.size - 1 < fewest) {
    return fmt::format("nothing can be said: {} stamps are too few to tell over {} {}, which takes {}",
                       calendar.size, horizon_count, horizon_count == 1 ? "horizon" : "horizons", fewest + 1);
  }
  return {};
}

std::string found_words(const Separation& separation) {
  if (separation.separates_volatility && separation.separates_direction) return "volatility and direction";
  if (separation.separates_volatility) return "volatility, not direction";
  if (separation.separates_direction) return "direction, not volatility";
  return "neither volatility nor direction";
}

}  // namespace

std::int64_t fewest_shifts(std::int64_t horizon_count) noexcept {
  // horizons / (shifts + 1) < 0.05, in whole numbers, so that no rounding decides.
  return 20 * horizon_count;
}

std::optional<SeparationTest> test_separation(std::span<const std::int32_t> labels,
                                              std::span<const double> values,
                                              std::span<const IndexRange> sequences,
                                              const SharedCalendar& calendar, int regime_count,
                                              std::int64_t shifts, const Rng& rng, const std::string& name,
                                              ThreadPool& pool) {
  if (!has_two_groups(labels, values)) return std::nullopt;
  std::vector<ShiftedSequence> shifted;
  for (const IndexRange& sequence : sequences) {
    const auto begin = static_cast<std::size_t>(sequence.begin),
               size = static_cast<std::size_t>(sequence.size());
    if (size == 0) continue;
    shifted.emplace_back(labels.subspan(begin, size), values.subspan(begin, size),
                         std::span(calendar.places).subspan(begin, size), calendar.size);
  }
  SeparationTest test;
  for (std::size_t n = 0; n < labels.size(); ++n)
    test.count += labels[n] >= 0 && !std::isnan(values[n]) ? 1 : 0;
  test.eta_squared = sums_after_shift(shifted, 0, regime_count).eta_squared();
  std::vector<double> drawn(static_cast<std::size_t>(shifts));
  pool.parallel_for(shifts, 8, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      drawn[static_cast<std::size_t>(b)] = draw_eta_squared(shifted, calendar.size, test.count, regime_count,
                                                            rng.stream(name, static_cast<std::uint64_t>(b)));
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
                              std::span<const IndexRange> sequences, const SharedCalendar& calendar,
                              int regime_count, std::span<const std::int64_t> horizons_bars,
                              std::int64_t shifts, const Rng& rng, ThreadPool& pool) {
  Separation separation;
  separation.shifts = shifts;
  for (const std::int64_t horizon : horizons_bars) {
    const std::vector<double> forward = forward_returns(close, sequences, horizon);
    std::vector<double> absolute = forward;
    for (double& value : absolute) value = std::abs(value);
    const auto test = [&](const std::vector<double>& values, const char* what) {
      return test_separation(labels, values, sequences, calendar, regime_count, shifts, rng,
                             fmt::format("structure.separation.{}.{}", what, horizon), pool);
    };
    separation.horizons.push_back({horizon, test(absolute, "absolute"), test(forward, "signed")});
  }
  separation.words = cannot_tell(separation, calendar);
  if (separation.words.empty() && !ever_changes(labels, sequences))
    separation.words = "nothing can be said: no instrument ever changes its regime";
  if (!separation.words.empty()) return separation;
  separation.separates_volatility = is_separated(separation, &Separation::Horizon::absolute);
  separation.separates_direction = is_separated(separation, &Separation::Horizon::signed_return);
  separation.words = found_words(separation);
  return separation;
}

}  // namespace regimetry::regimes
