#include "regimes/structure/markov_chain.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "regimes/structure/solve_linear.hpp"

namespace regimetry::regimes {
namespace {

using States = std::vector<Eigen::Index>;

MatrixD with_absorbing_rows(MatrixD matrix) {
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    if (!(matrix.row(row).array() > 0).any()) matrix(row, row) = 1;
  }
  return matrix;
}

// States from which some state of `targets` is met, themselves included; no path leads on through `barrier`.
std::vector<bool> states_that_reach(const MatrixD& matrix, States targets, Eigen::Index barrier = -1) {
  std::vector<bool> reaches(static_cast<std::size_t>(matrix.rows()), false);
  for (const Eigen::Index state : targets) reaches[static_cast<std::size_t>(state)] = true;
  while (!targets.empty()) {
    const Eigen::Index state = targets.back();
    targets.pop_back();
    for (Eigen::Index from = 0; from < matrix.rows(); ++from) {
      if (from == barrier || reaches[static_cast<std::size_t>(from)] || !(matrix(from, state) > 0)) continue;
      reaches[static_cast<std::size_t>(from)] = true;
      targets.push_back(from);
    }
  }
  return reaches;
}

// Groups of states that reach each other and nothing else, by their first state.
std::vector<States> closed_groups(const MatrixD& matrix) {
  std::vector<std::vector<bool>> reaches;  // [to][from]
  for (Eigen::Index state = 0; state < matrix.rows(); ++state)
    reaches.push_back(states_that_reach(matrix, {state}));
  const auto leads = [&](Eigen::Index from, Eigen::Index to) -> bool {
    return reaches[static_cast<std::size_t>(to)][static_cast<std::size_t>(from)];
  };
  std::vector<States> groups;
  for (Eigen::Index first = 0; first < matrix.rows(); ++first) {
    States group;
    bool is_closed_and_new = true;
    for (Eigen::Index state = 0; state < matrix.rows(); ++state) {
      if (!leads(first, state)) continue;
      is_closed_and_new = is_closed_and_new && leads(state, first) && state >= first;
      group.push_back(state);
    }
    if (is_closed_and_new) groups.push_back(group);
  }
  return groups;
}

MatrixD part_of(const MatrixD& matrix, const States& rows, const States& columns) {
  MatrixD part(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j)
      part(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = matrix(rows[i], columns[j]);
  }
  return part;
}

// Of a chain in which every state reaches every other. Grassmann, Taksar and Heyman (1985): states are taken
// out one by one without a subtraction, so small chances keep their digits.
std::vector<double> stationary_of_group(MatrixD p) {
  const Eigen::Index size = p.rows();
  for (Eigen::Index last = size - 1; last > 0; --last) {
    double leaving = 0;
    for (Eigen::Index column = 0; column < last; ++column) leaving += p(last, column);
    for (Eigen::Index row = 0; row < last; ++row) p(row, last) /= leaving;
    for (Eigen::Index row = 0; row < last; ++row) {
      for (Eigen::Index column = 0; column < last; ++column) p(row, column) += p(row, last) * p(last, column);
    }
  }
  std::vector<double> shares(static_cast<std::size_t>(size), 1.0);
  double total = 1;
  for (Eigen::Index state = 1; state < size; ++state) {
    double share = 0;
    for (Eigen::Index before = 0; before < state; ++before)
      share += shares[static_cast<std::size_t>(before)] * p(before, state);
    shares[static_cast<std::size_t>(state)] = share;
    total += share;
  }
  for (double& share : shares) share /= total;
  return shares;
}

MatrixD identity_minus(const MatrixD& matrix) {
  MatrixD result = -matrix;
  for (Eigen::Index i = 0; i < result.rows(); ++i) result(i, i) += 1;
  return result;
}

// The chance to end in each group, from `start`.
std::vector<double> group_chances(const MatrixD& matrix, const std::vector<States>& groups,
                                  std::span<const double> start) {
  std::vector<double> chances(groups.size(), 0.0);
  std::vector<bool> is_closed(start.size(), false);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const Eigen::Index state : groups[g]) {
      is_closed[static_cast<std::size_t>(state)] = true;
      chances[g] += start[static_cast<std::size_t>(state)];
    }
  }
  States passing;
  for (std::size_t state = 0; state < start.size(); ++state) {
    if (!is_closed[state]) passing.push_back(static_cast<Eigen::Index>(state));
  }
  if (passing.empty()) return chances;
  MatrixD entering =
      MatrixD::Zero(static_cast<Eigen::Index>(passing.size()), static_cast<Eigen::Index>(groups.size()));
  for (std::size_t i = 0; i < passing.size(); ++i) {
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (const Eigen::Index state : groups[g])
        entering(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(g)) += matrix(passing[i], state);
    }
  }
  const MatrixD ends = solve_linear(identity_minus(part_of(matrix, passing, passing)), entering);
  for (std::size_t i = 0; i < passing.size(); ++i) {
    for (std::size_t g = 0; g < groups.size(); ++g)
      chances[g] += start[static_cast<std::size_t>(passing[i])] *
                    ends(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(g));
  }
  return chances;
}

// The states other than `target` that meet it with certainty: none of their ways leads where it is out of
// reach.
States certain_to_meet(const MatrixD& matrix, Eigen::Index target) {
  const std::vector<bool> reaches = states_that_reach(matrix, {target});
  States lost;
  for (std::size_t state = 0; state < reaches.size(); ++state) {
    if (!reaches[state]) lost.push_back(static_cast<Eigen::Index>(state));
  }
  const std::vector<bool> may_get_lost = states_that_reach(matrix, lost, target);
  States certain;
  for (Eigen::Index state = 0; state < matrix.rows(); ++state) {
    if (state != target && !may_get_lost[static_cast<std::size_t>(state)]) certain.push_back(state);
  }
  return certain;
}

}  // namespace

std::vector<double> stationary_distribution(const MatrixD& matrix, std::span<const double> start) {
  const MatrixD chain = with_absorbing_rows(matrix);
  const std::vector<States> groups = closed_groups(chain);
  const std::vector<double> chances = group_chances(chain, groups, start);
  std::vector<double> shares(start.size(), 0.0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::vector<double> within = stationary_of_group(part_of(chain, groups[g], groups[g]));
    for (std::size_t i = 0; i < within.size(); ++i)
      shares[static_cast<std::size_t>(groups[g][i])] = chances[g] * within[i];
  }
  return shares;
}

MatrixD mean_first_passage(const MatrixD& matrix) {
  const MatrixD chain = with_absorbing_rows(matrix);
  constexpr double kNever = std::numeric_limits<double>::infinity();
  MatrixD times = MatrixD::Constant(chain.rows(), chain.cols(), kNever);
  for (Eigen::Index target = 0; target < chain.cols(); ++target) {
    const States certain = certain_to_meet(chain, target);
    const auto count = static_cast<Eigen::Index>(certain.size());
    if (count > 0) {
      const MatrixD bars =
          solve_linear(identity_minus(part_of(chain, certain, certain)), MatrixD::Ones(count, 1));
      for (std::size_t i = 0; i < certain.size(); ++i)
        times(certain[i], target) = bars(static_cast<Eigen::Index>(i), 0);
    }
    double again = 1;
    for (Eigen::Index next = 0; next < chain.cols(); ++next) {
      if (next != target && chain(target, next) > 0) again += chain(target, next) * times(next, target);
    }
    times(target, target) = again;
  }
  return times;
}

}  // namespace regimetry::regimes
