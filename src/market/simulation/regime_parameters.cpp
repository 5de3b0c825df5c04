#include "market/simulation/regime_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "market/simulation/name_problems.hpp"

namespace regimetry::market {
namespace {

constexpr double kRowSumTolerance = 1e-6;

void check_sizes_and_names(const RegimeParameters& p, std::vector<std::string>& problems) {
  const std::size_t k = p.means.size();
  if (k == 0) problems.emplace_back("means: at least one regime is needed");
  if (k > 64) problems.push_back(fmt::format("means: {} regimes given; at most 64 are supported", k));
  if (p.sds.size() != k)
    problems.push_back(fmt::format("sds: {} values for {} means; give one per regime", p.sds.size(), k));
  if (p.transition.size() != k * k) {
    problems.push_back(fmt::format("transition: {} values for {} regimes; give {} x {} = {}, row by row",
                                   p.transition.size(), k, k, k, k * k));
  }
  if (p.names.size() != k)
    problems.push_back(fmt::format("regime_names: {} names for {} regimes", p.names.size(), k));
  for (std::string& problem : name_problems("regime_names", p.names)) problems.push_back(std::move(problem));
}

void check_transition(const RegimeParameters& p, std::vector<std::string>& problems) {
  for (int from = 0; from < p.regime_count(); ++from) {
    double row_sum = 0;
    for (int to = 0; to < p.regime_count(); ++to) {
      const double value = p.transition_at(from, to);
      if (!(value >= 0 && value <= 1)) {
        problems.push_back(fmt::format("transition: row {} column {} is {}, which is not a probability",
                                       from + 1, to + 1, value));
      }
      row_sum += value;
    }
    if (!(std::abs(row_sum - 1) <= kRowSumTolerance)) {
      problems.push_back(
          fmt::format("transition: row {} sums to {:.9g}; each row must sum to 1", from + 1, row_sum));
    }
  }
}

void check_dwell(const RegimeParameters& p, std::vector<std::string>& problems) {
  if (p.dwell_shape < 1 || p.dwell_shape > 64) {
    problems.push_back(fmt::format("dwell_shape: {} is outside 1 .. 64", p.dwell_shape));
    return;
  }
  // The oracle follows every regime in every phase.
  if (p.regime_count() * p.dwell_shape > 256) {
    problems.push_back(fmt::format("dwell_shape: {} phases in {} regimes are more than 256 states",
                                   p.dwell_shape, p.regime_count()));
  }
  for (int k = 0; k < p.regime_count(); ++k) {
    if (p.mean_dwell_bars(k) < p.dwell_shape) {
      problems.push_back(fmt::format(
          "dwell_shape: a stay of at least {} bars does not fit regime '{}', whose mean stay is {:.3g} bars; "
          "use a smaller --dwell-shape or a more persistent transition matrix",
          p.dwell_shape, p.names[static_cast<std::size_t>(k)], p.mean_dwell_bars(k)));
    }
  }
}

// Row `from` of lazy * lazy, scaled to sum to 1 so that rounding cannot build up.
void square_row(const std::vector<double>& lazy, std::size_t k, std::size_t from,
                std::vector<double>& squared) {
  double* row = squared.data() + from * k;
  std::fill(row, row + k, 0.0);
  for (std::size_t via = 0; via < k; ++via) {
    for (std::size_t to = 0; to < k; ++to) row[to] += lazy[from * k + via] * lazy[via * k + to];
  }
  const double sum = std::accumulate(row, row + k, 0.0);
  for (std::size_t to = 0; to < k; ++to) row[to] /= sum;
}

}  // namespace

double RegimeParameters::transition_at(int from, int to) const {
  return transition[static_cast<std::size_t>(from) * means.size() + static_cast<std::size_t>(to)];
}

double RegimeParameters::mean_dwell_bars(int regime) const {
  const double leave = 1 - transition_at(regime, regime);
  return leave > 0 ? 1 / leave : std::numeric_limits<double>::infinity();
}

std::vector<double> RegimeParameters::stationary_shares() const {
  // The Cesaro limit of a uniform start also exists for periodic and reducible chains. Squaring the lazy
  // chain (P + I) / 2, which has the same limit and no period, reaches it in a few products. Plain loops,
  // because a matrix library adds in an order that depends on the processor, and the first regime hangs on
  // these bits.
  const std::size_t k = means.size();
  std::vector<double> lazy(k * k), squared(k * k);
  for (std::size_t i = 0; i < k * k; ++i) lazy[i] = 0.5 * (transition[i] + (i % (k + 1) == 0 ? 1 : 0));
  for (int squaring = 0; squaring < 60; ++squaring) {
    for (std::size_t from = 0; from < k; ++from) square_row(lazy, k, from, squared);
    std::swap(lazy, squared);
  }
  std::vector<double> shares(k, 0.0);
  for (std::size_t i = 0; i < k * k; ++i) shares[i % k] += lazy[i] / static_cast<double>(k);
  return shares;
}

double RegimeParameters::mean_return() const {
  const std::vector<double> shares = stationary_shares();
  double mean = 0;
  for (std::size_t k = 0; k < means.size(); ++k) mean += shares[k] * means[k];
  return mean;
}

double RegimeParameters::return_sd() const {
  const std::vector<double> shares = stationary_shares();
  const double mean = mean_return();
  double variance = 0;
  for (std::size_t k = 0; k < means.size(); ++k) {
    variance += shares[k] * (sds[k] * sds[k] + (means[k] - mean) * (means[k] - mean));
  }
  return std::sqrt(variance);
}

std::vector<std::string> RegimeParameters::problems() const {
  std::vector<std::string> problems;
  check_sizes_and_names(*this, problems);
  if (!problems.empty()) return problems;  // the checks below index by the sizes
  for (std::size_t k = 0; k < means.size(); ++k) {
    if (!std::isfinite(means[k])) problems.push_back(fmt::format("means: value {} is not finite", k + 1));
    if (!(sds[k] > 0) || !std::isfinite(sds[k])) {
      problems.push_back(
          fmt::format("sds: value {} is {}; a standard deviation must be above 0", k + 1, sds[k]));
    }
  }
  if (student_t_dof && !(*student_t_dof > 2 && *student_t_dof <= 1e6)) {
    problems.push_back(fmt::format(
        "student_t_dof: {} is outside (2, 1000000]; the variance is finite only above 2", *student_t_dof));
  }
  check_transition(*this, problems);
  check_dwell(*this, problems);
  return problems;
}

}  // namespace regimetry::market
