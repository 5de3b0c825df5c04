// Hidden Markov models and Gaussian mixtures of returns, as they come.
#include <cmath>
#include <span>

#include "quality_method.hpp"
#include "regimes/hidden_markov/hidden_markov.hpp"
#include "regimes/mixture/gaussian_mixture.hpp"

namespace regimetry::bench {
namespace {

using namespace regimetry::regimes;

// Scaled by the deviation of the bars that a fit sees: priors are made for scaled rows.
MatrixF scaled_returns_of(const MethodInput& input, std::int64_t fitted_bars) {
  const Eigen::Map<const Eigen::VectorXd> returns(input.sequence.returns.data(),
                                                  static_cast<Eigen::Index>(input.sequence.returns.size()));
  const auto fitted = returns.head(fitted_bars).array();
  const double mean = fitted.mean(), deviation = std::sqrt((fitted - mean).square().mean());
  return ((returns.array() - mean) / deviation).cast<float>().matrix();
}

HiddenMarkovFit fit_chain(const MethodInput& input, const Eigen::Ref<const MatrixF>& values) {
  const IndexRange all{0, values.rows()};
  return fit_hidden_markov({values, std::span(&all, 1)}, {.regime_count = input.regime_count}, input.rng,
                           input.pool);
}

Labels chain_labels(const MethodInput& input) {
  const auto bars = static_cast<std::int64_t>(input.sequence.returns.size());
  return fit_chain(input, scaled_returns_of(input, bars)).fit.labels;
}

// Fitted to the bars before first_bar; the filter then runs through all bars, so that it is warm.
Labels online_chain_labels(const MethodInput& input, std::int64_t first_bar) {
  const MatrixF values = scaled_returns_of(input, first_bar);
  const HiddenMarkovFit fitted = fit_chain(input, values.topRows(first_bar));
  const auto online = fitted.model.start();
  Labels labels;
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    const std::int32_t label = online->push({values.row(t).data(), 1}).label;
    if (t >= first_bar) labels.push_back(label);
  }
  return labels;
}

Labels mixture_labels(const MethodInput& input) {
  const auto bars = static_cast<std::int64_t>(input.sequence.returns.size());
  const MatrixF values = scaled_returns_of(input, bars);
  const IndexRange all{0, values.rows()};
  return fit_gaussian_mixture({values, std::span(&all, 1)}, {.regime_count = input.regime_count}, input.rng,
                              input.pool)
      .fit.labels;
}

}  // namespace

std::vector<QualityMethod> chain_methods() {
  return {{"Gaussian mixture", "returns", mixture_labels, {}, 0},
          {"hidden Markov model, Viterbi; filter online", "returns", chain_labels, online_chain_labels, 0}};
}

}  // namespace regimetry::bench
