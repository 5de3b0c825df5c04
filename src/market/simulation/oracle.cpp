#include "market/simulation/oracle.hpp"

#include <algorithm>
#include <cstddef>

#include "market/simulation/emission_block.hpp"
#include "market/simulation/oracle_recursions.hpp"
#include "market/simulation/semi_markov_viterbi.hpp"
#include "market/simulation/unit_distribution.hpp"

namespace regimetry::market {
namespace {

// P(up) of a bar in each regime; computed once when all bars are alike.
class UpProbabilities {
 public:
  UpProbabilities(const RegimeParameters& parameters, const OracleInput& input)
      : noise_(parameters.student_t_dof), input_(input), values_(parameters.means.size()) {
    for (std::size_t k = 0; k < values_.size(); ++k)
      ratios_.push_back(parameters.means[k] / parameters.sds[k]);
    set(0, 1);
  }
  // [K], for bar `bar` in 0 .. T.
  const std::vector<double>& at(std::size_t bar) {
    if (!input_.shifts.empty() || !input_.sd_multipliers.empty()) {
      set(input_.shifts.empty() ? 0 : input_.shifts[bar],
          input_.sd_multipliers.empty() ? 1 : input_.sd_multipliers[bar]);
    }
    return values_;
  }

 private:
  void set(double shift, double sd_multiplier) {
    if (shift == shift_ && sd_multiplier == sd_multiplier_) return;
    shift_ = shift;
    sd_multiplier_ = sd_multiplier;
    for (std::size_t k = 0; k < values_.size(); ++k)
      values_[k] = noise_.cdf(ratios_[k] / sd_multiplier + shift);
  }

  UnitDistribution noise_;
  OracleInput input_;
  std::vector<double> ratios_, values_;
  double shift_ = 0, sd_multiplier_ = 0;  // of values_; multiplier 0: none yet
};

std::int32_t most_probable(const double* probabilities, int count) {
  return static_cast<std::int32_t>(std::max_element(probabilities, probabilities + count) - probabilities);
}

// Sums the phases of each regime and stores the result at `bar`.
void store(const HiddenChain& chain, const double* states, std::size_t bar,
           std::vector<std::vector<double>>& columns, std::vector<std::int32_t>& labels,
           std::vector<double>& regimes) {
  const auto phases = static_cast<std::size_t>(chain.phase_count);
  for (std::size_t k = 0; k < regimes.size(); ++k) {
    double sum = states[k * phases];
    for (std::size_t phase = 1; phase < phases; ++phase) sum += states[k * phases + phase];
    regimes[k] = sum;
    columns[k][bar] = sum;
  }
  labels[bar] = most_probable(regimes.data(), chain.regime_count);
}

template <int kSize>
class OracleRun {
 public:
  OracleRun(const RegimeParameters& parameters, const OracleInput& input, const HiddenChain& chain)
      : chain_(chain),
        bar_count_(input.returns.size()),
        recursions_(chain),
        emissions_(parameters, input),
        up_(parameters, input),
        states_(static_cast<std::size_t>(chain.state_count)),
        filtered_(bar_count_ * states_),
        regimes_(static_cast<std::size_t>(chain.regime_count)) {}

  OracleAnswer answer() {
    const auto k = static_cast<std::size_t>(chain_.regime_count);
    result_.filter_p.assign(k, std::vector<double>(bar_count_));
    result_.smoother_p.assign(k, std::vector<double>(bar_count_));
    result_.viterbi.resize(bar_count_);
    result_.filter.resize(bar_count_);
    result_.smoother.resize(bar_count_);
    result_.p_up.resize(bar_count_);
    if (bar_count_ == 0) return std::move(result_);
    walk_forward();
    walk_back();
    return std::move(result_);
  }

 private:
  void walk_forward() {
    const bool is_markov = chain_.phase_count == 1;
    const auto n = states_;
    std::vector<double> predicted = chain_.initial;
    std::vector<double> scores(n);
    std::vector<std::uint8_t> predecessors(is_markov ? bar_count_ * n : 0);
    std::vector<double> all_log_densities(is_markov ? 0 : bar_count_ * regimes_.size());
    for (std::size_t first = 0; first < bar_count_; first += EmissionBlock::kBars) {
      const std::size_t count = std::min(EmissionBlock::kBars, bar_count_ - first);
      emissions_.compute(static_cast<std::int64_t>(first), count);
      for (std::size_t i = 0; i < count; ++i) {
        double* filtered = filtered_.data() + (first + i) * n;
        recursions_.update(predicted.data(), emissions_.likelihood(i), emissions_.log_density(i), filtered);
        recursions_.predict(filtered, predicted.data());
      }
      if (is_markov) {
        extend_paths(first, count, scores, predecessors);
      } else {
        std::copy_n(emissions_.log_density(0), count * regimes_.size(),
                    all_log_densities.begin() + static_cast<std::ptrdiff_t>(first * regimes_.size()));
      }
      for (std::size_t i = 0; i < count; ++i) {
        store(chain_, filtered_.data() + (first + i) * n, first + i, result_.filter_p, result_.filter,
              regimes_);
      }
    }
    if (is_markov) {
      trace_back(scores, predecessors);
    } else {
      result_.viterbi = semi_markov_viterbi(chain_, all_log_densities);
    }
  }

  void extend_paths(std::size_t first, std::size_t count, std::vector<double>& scores,
                    std::vector<std::uint8_t>& predecessors) {
    std::size_t begin = 0;
    if (first == 0) {
      for (std::size_t j = 0; j < states_; ++j)
        scores[j] = portable_log(chain_.initial[j]) + emissions_.log_density(0)[j];
      begin = 1;
    }
    for (std::size_t i = begin; i < count; ++i) {
      recursions_.extend_path(scores.data(), emissions_.log_density(i),
                              predecessors.data() + (first + i) * states_);
    }
  }

  void trace_back(const std::vector<double>& scores, const std::vector<std::uint8_t>& predecessors) {
    auto state = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    for (std::size_t bar = bar_count_; bar-- > 0;) {
      result_.viterbi[bar] = static_cast<std::int32_t>(state);
      if (bar > 0) state = predecessors[bar * states_ + state];
    }
  }

  void walk_back() {
    const auto n = states_;
    std::vector<double> predicted(n),
        smoothed(filtered_.end() - static_cast<std::ptrdiff_t>(n), filtered_.end());
    for (std::size_t bar = bar_count_; bar-- > 0;) {
      const double* filtered = filtered_.data() + bar * n;
      recursions_.predict(filtered, predicted.data());
      if (bar + 1 < bar_count_) recursions_.smooth(filtered, predicted.data(), smoothed.data());
      store(chain_, smoothed.data(), bar, result_.smoother_p, result_.smoother, regimes_);
      const std::vector<double>& up = up_.at(bar + 1);
      double p_up = 0;
      for (std::size_t j = 0; j < n; ++j)
        p_up += predicted[j] * up[static_cast<std::size_t>(chain_.regime_of(static_cast<int>(j)))];
      result_.p_up[bar] = p_up;
    }
  }

  const HiddenChain& chain_;
  std::size_t bar_count_;
  OracleRecursions<kSize> recursions_;
  EmissionBlock emissions_;
  UpProbabilities up_;
  std::size_t states_;
  std::vector<double> filtered_;  // [T, n]
  std::vector<double> regimes_;   // [K], scratch
  OracleAnswer result_;
};

}  // namespace

OracleAnswer ask_oracle(const RegimeParameters& parameters, const OracleInput& input) {
  const HiddenChain chain = make_hidden_chain(parameters);
  const auto run = [&]<int kSize>() { return OracleRun<kSize>(parameters, input, chain).answer(); };
  if (chain.phase_count > 1) return run.template operator()<0>();
  switch (chain.state_count) {
    case 1:
      return run.template operator()<1>();
    case 2:
      return run.template operator()<2>();
    case 3:
      return run.template operator()<3>();
    case 4:
      return run.template operator()<4>();
    case 5:
      return run.template operator()<5>();
    case 6:
      return run.template operator()<6>();
    default:
      return run.template operator()<0>();
  }
}

double up_probability(const RegimeParameters& parameters, int regime, double shift, double sd_multiplier) {
  const auto k = static_cast<std::size_t>(regime);
  return UnitDistribution(parameters.student_t_dof)
      .cdf(parameters.means[k] / (parameters.sds[k] * sd_multiplier) + shift);
}

}  // namespace regimetry::market
