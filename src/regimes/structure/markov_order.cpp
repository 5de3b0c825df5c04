#include "regimes/structure/markov_order.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "core/portable_math.hpp"
#include "regimes/structure/chi_squared.hpp"
#include "regimes/structure/transitions.hpp"

namespace regimetry::regimes {
namespace {

// Triples of neighbouring rows of one stretch, [from][through][to].
class TripleCounts {
 public:
  explicit TripleCounts(int regime_count)
      : k_(static_cast<std::size_t>(regime_count)), counts_(k_ * k_ * k_, 0) {}

  void add(std::int32_t from, std::int32_t through, std::int32_t to, std::int64_t times = 1) {
    counts_[(static_cast<std::size_t>(from) * k_ + static_cast<std::size_t>(through)) * k_ +
            static_cast<std::size_t>(to)] += times;
  }
  [[nodiscard]] std::size_t regime_count() const noexcept { return k_; }
  [[nodiscard]] std::int64_t at(std::size_t from, std::size_t through, std::size_t to) const {
    return counts_[(from * k_ + through) * k_ + to];
  }

 private:
  std::size_t k_;
  std::vector<std::int64_t> counts_;
};

// What a middle regime was entered from and left to.
struct Margins {
  std::vector<std::int64_t> in, out;
  std::int64_t all = 0;

  Margins(const TripleCounts& counts, std::size_t through)
      : in(counts.regime_count(), 0), out(counts.regime_count(), 0) {
    for (std::size_t from = 0; from < in.size(); ++from) {
      for (std::size_t to = 0; to < out.size(); ++to) {
        const std::int64_t count = counts.at(from, through, to);
        in[from] += count;
        out[to] += count;
        all += count;
      }
    }
  }
  [[nodiscard]] std::int64_t degrees_of_freedom() const {
    if (all == 0) return 0;
    const auto ways = [](const std::vector<std::int64_t>& side) {
      return std::count_if(side.begin(), side.end(), [](std::int64_t count) { return count > 0; });
    };
    return (ways(in) - 1) * (ways(out) - 1);
  }
};

double statistic_of(const TripleCounts& counts) {
  double sum = 0;
  for (std::size_t through = 0; through < counts.regime_count(); ++through) {
    const Margins margins(counts, through);
    for (std::size_t from = 0; from < margins.in.size(); ++from) {
      for (std::size_t to = 0; to < margins.out.size(); ++to) {
        const auto count = static_cast<double>(counts.at(from, through, to));
        if (!(count > 0)) continue;
        const double expected = static_cast<double>(margins.in[from]) * static_cast<double>(margins.out[to]);
        sum += count * portable_log(count * static_cast<double>(margins.all) / expected);
      }
    }
  }
  return std::max(0.0, 2 * sum);
}

// Stretches of neighbouring rows with a regime: where each begins, and how long it is.
struct Stretch {
  std::int32_t first_label = 0;
  std::int64_t length = 0;
};

std::vector<Stretch> count_triples(std::span<const std::int32_t> labels,
                                   std::span<const IndexRange> sequences, TripleCounts& counts) {
  std::vector<Stretch> stretches;
  for (const IndexRange& sequence : sequences) {
    std::int64_t length = 0;
    for (auto row = static_cast<std::size_t>(sequence.begin); row < static_cast<std::size_t>(sequence.end);
         ++row) {
      length = labels[row] < 0 ? 0 : length + 1;
      if (length == 0) continue;
      if (length == 1) stretches.push_back({labels[row], 0});
      stretches.back().length = length;
      if (length >= 3) counts.add(labels[row - 2], labels[row - 1], labels[row]);
    }
  }
  return stretches;
}

// A regime of the simulated chain: how long a spell lasts, and what follows.
struct SpellLaw {
  double log_stay = 0;               // log of the chance to stay; -inf: never, 0: always
  std::vector<double> leave_sums{};  // running sums of the chances of the next regime, its own left out

  std::int64_t draw_length(std::int64_t longest, RngStream& stream) const {
    const double more =
        portable_log(stream.uniform()) / log_stay;  // 0 where it never stays, inf where always
    return more < static_cast<double>(longest) ? std::min(longest, 1 + static_cast<std::int64_t>(more))
                                               : longest;
  }
  [[nodiscard]] bool has_way_out() const { return leave_sums.back() > 0; }
  std::int32_t draw_next(RngStream& stream) const {
    const double draw = stream.uniform() * leave_sums.back();
    return static_cast<std::int32_t>(std::upper_bound(leave_sums.begin(), leave_sums.end() - 1, draw) -
                                     leave_sums.begin());
  }
};

std::vector<SpellLaw> spell_laws(const MatrixD& matrix) {
  std::vector<SpellLaw> laws;
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    SpellLaw law;
    // Minus the smallest number stands for "always", so that the division above gives infinity and not NaN.
    law.log_stay =
        matrix(row, row) < 1 ? portable_log(matrix(row, row)) : -std::numeric_limits<double>::min();
    double sum = 0;
    for (Eigen::Index column = 0; column < matrix.cols(); ++column)
      law.leave_sums.push_back(sum += column == row ? 0 : matrix(row, column));
    laws.push_back(std::move(law));
  }
  return laws;
}

// Simulated spell by spell, which costs as much as there are switches, not rows.
double draw_statistic(const std::vector<Stretch>& stretches, const std::vector<SpellLaw>& laws,
                      RngStream stream) {
  TripleCounts counts(static_cast<int>(laws.size()));
  for (const Stretch& stretch : stretches) {
    std::int32_t before = -1, now = stretch.first_label;
    for (std::int64_t left = stretch.length; left > 0;) {
      const SpellLaw& law = laws[static_cast<std::size_t>(now)];
      const std::int64_t length = law.draw_length(left, stream);
      left -= length;
      const bool ends_here = left == 0 || !law.has_way_out();
      const std::int32_t next = ends_here ? -1 : law.draw_next(stream);
      if (length >= 2 && before >= 0) counts.add(before, now, now);
      if (length >= 3) counts.add(now, now, now, length - 2);
      if (length >= 2 && next >= 0) counts.add(now, now, next);
      if (length == 1 && before >= 0 && next >= 0) counts.add(before, now, next);
      if (ends_here) break;
      before = now;
      now = next;
    }
  }
  return statistic_of(counts);
}

}  // namespace

MarkovOrderTest test_markov_order(std::span<const std::int32_t> labels, std::span<const IndexRange> sequences,
                                  int regime_count, std::int64_t replicates, const Rng& rng,
                                  ThreadPool& pool) {
  TripleCounts counts(regime_count);
  const std::vector<Stretch> stretches = count_triples(labels, sequences, counts);
  MarkovOrderTest test;
  for (std::size_t through = 0; through < counts.regime_count(); ++through) {
    const Margins margins(counts, through);
    test.triples += margins.all;
    test.degrees_of_freedom += margins.degrees_of_freedom();
  }
  test.statistic = statistic_of(counts);
  if (test.degrees_of_freedom == 0) return test;
  test.chi_squared_p_value = chi_squared_tail(test.statistic, test.degrees_of_freedom);
  if (replicates <= 0) return test;
  const std::vector<SpellLaw> laws =
      spell_laws(transition_matrix(count_transitions(list_transitions(labels, sequences), regime_count)));
  std::vector<char> is_as_large(static_cast<std::size_t>(replicates), 0);
  pool.parallel_for(replicates, 4, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      const double drawn =
          draw_statistic(stretches, laws, rng.stream("structure.order", static_cast<std::uint64_t>(b)));
      is_as_large[static_cast<std::size_t>(b)] = drawn >= test.statistic ? 1 : 0;
    }
  });
  const auto as_large = std::count(is_as_large.begin(), is_as_large.end(), 1);
  test.bootstrap_p_value = static_cast<double>(1 + as_large) / static_cast<double>(1 + replicates);
  return test;
}

}  // namespace regimetry::regimes
