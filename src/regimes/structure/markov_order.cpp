#include "regimes/structure/markov_order.hpp"

#include <algorithm>
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

  void add(std::int32_t from, std::int32_t through, std::int32_t to) {
    ++counts_[(static_cast<std::size_t>(from) * k_ + static_cast<std::size_t>(through)) * k_ +
              static_cast<std::size_t>(to)];
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

// Rows of running sums, so that one uniform draw and a short search give the next regime.
std::vector<std::vector<double>> cumulated_rows(const MatrixD& matrix) {
  std::vector<std::vector<double>> rows;
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    std::vector<double> sums;
    double sum = 0;
    for (Eigen::Index column = 0; column < matrix.cols(); ++column)
      sums.push_back(sum += matrix(row, column));
    rows.push_back(std::move(sums));
  }
  return rows;
}

std::int32_t draw_next(const std::vector<double>& sums, RngStream& stream) {
  const double draw = stream.uniform() * sums.back();
  return static_cast<std::int32_t>(std::upper_bound(sums.begin(), sums.end() - 1, draw) - sums.begin());
}

double draw_statistic(const std::vector<Stretch>& stretches, const std::vector<std::vector<double>>& rows,
                      RngStream stream) {
  TripleCounts counts(static_cast<int>(rows.size()));
  for (const Stretch& stretch : stretches) {
    std::int32_t before = -1, now = stretch.first_label;
    for (std::int64_t n = 1; n < stretch.length; ++n) {
      // A regime without a way out ends the stretch, as it did in the data.
      if (!(rows[static_cast<std::size_t>(now)].back() > 0)) break;
      const std::int32_t next = draw_next(rows[static_cast<std::size_t>(now)], stream);
      if (before >= 0) counts.add(before, now, next);
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
  const auto rows =
      cumulated_rows(transition_matrix(count_transitions(list_transitions(labels, sequences), regime_count)));
  std::vector<char> is_as_large(static_cast<std::size_t>(replicates), 0);
  pool.parallel_for(replicates, 4, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      const double drawn =
          draw_statistic(stretches, rows, rng.stream("structure.order", static_cast<std::uint64_t>(b)));
      is_as_large[static_cast<std::size_t>(b)] = drawn >= test.statistic ? 1 : 0;
    }
  });
  const auto as_large = std::count(is_as_large.begin(), is_as_large.end(), 1);
  test.bootstrap_p_value = static_cast<double>(1 + as_large) / static_cast<double>(1 + replicates);
  return test;
}

}  // namespace regimetry::regimes
