#include "market/simulation/semi_markov_viterbi.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <deque>
#include <limits>

#include "core/portable_math.hpp"

namespace regimetry::market {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr std::int64_t kFirstStay = 0;  // a stay beginning at bar 0 has the residual law

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNever ? a : a + portable_log(1 + portable_exp(b - a));
}

// Log probabilities of stays of d = 0 .. T bars in one regime: exactly d bars, or at least d; for a whole
// stay and for the rest of one that is already running (in any of its phases with equal chance).
struct StayLaw {
  std::vector<double> exact, at_least, rest_exact, rest_at_least;  // [T + 1]
};

// A sum of `phases` geometric times: log C(d-1, j-1) + j log q + (d-j) log(1-q), built up by the ratio of
// neighbours.
std::vector<double> log_exact(int phases, double q, std::int64_t longest) {
  std::vector<double> law(static_cast<std::size_t>(longest) + 1, kNever);
  const double log_stay = portable_log(1 - q);
  double value = phases * portable_log(q);
  for (std::int64_t d = phases; d <= longest; ++d) {
    law[static_cast<std::size_t>(d)] = value;
    value += log_stay + portable_log(static_cast<double>(d) / static_cast<double>(d - phases + 1));
  }
  return law;
}

// P(stay >= d) = P(fewer than `phases` exits in d - 1 bars) = sum over i < phases of C(d-1, i) q^i
// (1-q)^(d-1-i).
std::vector<double> log_at_least(int phases, double q, std::int64_t longest) {
  std::vector<double> law(static_cast<std::size_t>(longest) + 1, kNever);
  law[0] = 0;
  for (int exits = 0; exits < phases; ++exits) {
    // i exits in d - 1 bars are the first i phases' worth of a stay: C(d-1, i) = C((d)-1, (i+1)-1), one q
    // fewer.
    const std::vector<double> term = log_exact(exits + 1, q, longest);
    const double log_q = portable_log(q);
    for (std::int64_t d = 1; d <= longest; ++d) {
      const auto at = static_cast<std::size_t>(d);
      if (term[at] != kNever) law[at] = log_add(law[at], term[at] - log_q);
    }
  }
  return law;
}

StayLaw make_stay_law(int phases, double q, std::int64_t longest) {
  StayLaw law;
  const auto size = static_cast<std::size_t>(longest) + 1;
  if (!(q > 0)) {  // never left
    law.exact = law.rest_exact = std::vector<double>(size, kNever);
    law.at_least = law.rest_at_least = std::vector<double>(size, 0.0);
    return law;
  }
  law.exact = log_exact(phases, q, longest);
  law.at_least = log_at_least(phases, q, longest);
  law.rest_exact = law.rest_at_least = std::vector<double>(size, kNever);
  const double log_share = -portable_log(phases);
  for (int left = 1; left <= phases; ++left) {
    const std::vector<double> exact = log_exact(left, q, longest), at_least = log_at_least(left, q, longest);
    for (std::size_t d = 0; d < size; ++d) {
      law.rest_exact[d] = log_add(law.rest_exact[d], exact[d] + log_share);
      law.rest_at_least[d] = log_add(law.rest_at_least[d], at_least[d] + log_share);
    }
  }
  return law;
}

// The best beginning of a stay that ends at t, for rising t.
class BeginningQueue {
 public:
  BeginningQueue(const std::vector<double>& law, std::int64_t last_bar) : law_(law), last_(last_bar) {}

  // `weight`: score of everything before the stay, minus the densities it will not use. Beginnings come in
  // rising order, each when the shortest stay from it ends at `now`.
  void add(std::int64_t begin, double weight, std::int64_t now) {
    if (weight == kNever) return;
    const Candidate candidate{begin, weight, now};
    while (!queue_.empty()) {
      const std::int64_t takes_over = first_better(queue_.back(), candidate, now);
      if (takes_over > std::max(now, queue_.back().takes_over)) {
        if (takes_over <= last_) queue_.push_back({begin, weight, takes_over});
        return;
      }
      queue_.pop_back();
    }
    queue_.push_back(candidate);
  }
  // The beginning with the best score for a stay [begin, t), or -1.
  [[nodiscard]] std::int64_t best(std::int64_t t) {
    while (queue_.size() > 1 && queue_[1].takes_over <= t) queue_.pop_front();
    return queue_.empty() ? -1 : queue_.front().begin;
  }
  [[nodiscard]] double best_score(std::int64_t t) const {
    return queue_.empty() ? kNever : score(queue_.front(), t);
  }

 private:
  struct Candidate {
    std::int64_t begin;
    double weight;
    std::int64_t takes_over;  // the first t at which it beats its predecessor in the queue
  };
  [[nodiscard]] double score(const Candidate& c, std::int64_t t) const {
    return c.weight + law_[static_cast<std::size_t>(t - c.begin)];
  }
  // The first t >= now at which `later` is at least as good as `earlier`; last_ + 1 when never.
  [[nodiscard]] std::int64_t first_better(const Candidate& earlier, const Candidate& later,
                                          std::int64_t now) const {
    std::int64_t low = now, high = last_ + 1;
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      if (score(later, middle) >= score(earlier, middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  const std::vector<double>& law_;
  std::int64_t last_;
  std::deque<Candidate> queue_;
};

class SemiMarkovViterbi {
 public:
  SemiMarkovViterbi(const HiddenChain& chain, std::span<const double> log_densities)
      : chain_(chain),
        regimes_(chain.regime_count),
        bars_(static_cast<std::int64_t>(log_densities.size()) / regimes_) {
    const auto cells = static_cast<std::size_t>((bars_ + 1) * regimes_);
    cumulative_.assign(cells, 0.0);
    for (std::size_t i = 0; i < log_densities.size(); ++i) {
      cumulative_[i + static_cast<std::size_t>(regimes_)] = cumulative_[i] + log_densities[i];
    }
    entered_from_.assign(cells, -1);
    begun_at_.assign(cells, -1);
    for (int k = 0; k < regimes_; ++k)
      laws_.push_back(make_stay_law(chain.phase_count, leave_probability(k), bars_));
  }

  std::vector<std::int32_t> path() {
    std::vector<BeginningQueue> queues;
    for (const StayLaw& law : laws_) queues.emplace_back(law.exact, bars_);
    entering_.assign(cumulative_.size(), kNever);
    for (std::int64_t t = 1; t < bars_; ++t) extend_to(t, queues);
    return trace_back();
  }

 private:
  [[nodiscard]] std::size_t at(std::int64_t bar, int regime) const {
    return static_cast<std::size_t>(bar * regimes_ + regime);
  }
  [[nodiscard]] double transition(int from_state, int to_state) const {
    return chain_
        .transition[static_cast<std::size_t>(from_state) * static_cast<std::size_t>(chain_.state_count) +
                    static_cast<std::size_t>(to_state)];
  }
  [[nodiscard]] double leave_probability(int regime) const {
    const int state = regime * chain_.phase_count;
    return 1 - transition(state, state);
  }
  [[nodiscard]] double log_successor(int from, int to) const {
    return portable_log(transition((from + 1) * chain_.phase_count - 1, to * chain_.phase_count) /
                        leave_probability(from));
  }
  [[nodiscard]] double first_stay_score(int regime, double log_law, std::int64_t end) const {
    const int first_phase = regime * chain_.phase_count;
    const double share = chain_.initial[static_cast<std::size_t>(first_phase)] * chain_.phase_count;
    return portable_log(share) + log_law + cumulative_[at(end, regime)];
  }

  // Best scores of paths whose stay ends right before bar t, then of those that enter each regime at t.
  void extend_to(std::int64_t t, std::vector<BeginningQueue>& queues) {
    std::vector<double> ending(static_cast<std::size_t>(regimes_));
    for (int k = 0; k < regimes_; ++k) {
      BeginningQueue& queue = queues[static_cast<std::size_t>(k)];
      const std::int64_t eligible = t - chain_.phase_count;
      if (eligible >= 1) queue.add(eligible, entering_[at(eligible, k)] - cumulative_[at(eligible, k)], t);
      const std::int64_t begin = queue.best(t);
      const double later = begin > 0 ? queue.best_score(t) + cumulative_[at(t, k)] : kNever;
      const double first =
          first_stay_score(k, laws_[static_cast<std::size_t>(k)].rest_exact[static_cast<std::size_t>(t)], t);
      ending[static_cast<std::size_t>(k)] = std::max(first, later);
      begun_at_[at(t, k)] = later > first ? begin : kFirstStay;
    }
    for (int to = 0; to < regimes_; ++to) {
      for (int from = 0; from < regimes_; ++from) {
        if (from == to || ending[static_cast<std::size_t>(from)] == kNever) continue;
        const double score = ending[static_cast<std::size_t>(from)] + log_successor(from, to);
        if (score > entering_[at(t, to)]) {
          entering_[at(t, to)] = score;
          entered_from_[at(t, to)] = from;
        }
      }
    }
  }

  std::vector<std::int32_t> trace_back() const {
    std::vector<std::int32_t> path(static_cast<std::size_t>(bars_));
    auto [regime, begin] = best_last_stay();
    std::int64_t end = bars_;
    while (true) {
      std::fill(path.begin() + begin, path.begin() + end, regime);
      if (begin == kFirstStay) return path;
      regime = entered_from_[at(begin, regime)];
      end = begin;
      begin = begun_at_[at(end, regime)];
    }
  }

  struct LastStay {
    std::int32_t regime;
    std::int64_t begin;
  };
  [[nodiscard]] LastStay best_last_stay() const {
    LastStay best{0, kFirstStay};
    double best_score = kNever;
    for (int k = 0; k < regimes_; ++k) {
      const StayLaw& law = laws_[static_cast<std::size_t>(k)];
      const auto consider = [&](double score, std::int64_t begin) {
        if (score > best_score) {
          best_score = score;
          best = {k, begin};
        }
      };
      consider(first_stay_score(k, law.rest_at_least[static_cast<std::size_t>(bars_)], bars_), kFirstStay);
      for (std::int64_t begin = 1; begin < bars_; ++begin) {
        consider(entering_[at(begin, k)] - cumulative_[at(begin, k)] +
                     law.at_least[static_cast<std::size_t>(bars_ - begin)] + cumulative_[at(bars_, k)],
                 begin);
      }
    }
    return best;
  }

  const HiddenChain& chain_;
  int regimes_;
  std::int64_t bars_;
  std::vector<StayLaw> laws_;               // [K]
  std::vector<double> cumulative_;          // [T + 1, K] sums of log densities before each bar
  std::vector<double> entering_;            // [T + 1, K] best score of paths that enter regime k at bar t
  std::vector<std::int32_t> entered_from_;  // [T + 1, K]
  std::vector<std::int64_t> begun_at_;      // [T + 1, K] where the best stay ending at t began
};

}  // namespace

std::vector<std::int32_t> semi_markov_viterbi(const HiddenChain& chain,
                                              std::span<const double> log_densities) {
  if (log_densities.empty()) return {};
  return SemiMarkovViterbi(chain, log_densities).path();
}

}  // namespace regimetry::market
