#include "regimes/mixture/gaussian_mixture.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/portable_math.hpp"
#include "regimes/mixture/degenerate_component.hpp"
#include "regimes/mixture/mixture_iterations.hpp"
#include "regimes/mixture/order_of_appearance.hpp"
#include "regimes/mixture/require_distinct_rows.hpp"
#include "regimes/mixture/start_labels.hpp"
#include "regimes/require_finite.hpp"

namespace regimetry::regimes {
namespace {

struct Choice {
  MixtureResult result;
  std::string flaw;  // of a result without any sound one beside it; empty as a rule
};

Choice best_start(const Eigen::Ref<const MatrixF>& values, const RowColumns& columns, const RowBlocks& blocks,
                  const SpreadPrior& prior, CovarianceShape shape, const GaussianMixtureOptions& options,
                  const Rng& rng, ThreadPool& pool) {
  std::vector<Choice> choices(static_cast<std::size_t>(options.starts));
  pool.parallel_for(options.starts, 1, [&](IndexRange range) {
    for (std::int64_t start = range.begin; start < range.end; ++start) {
      RngStream stream = rng.stream("gaussian_mixture.start", static_cast<std::uint64_t>(start));
      const std::vector<std::int32_t> labels = labels_from_rows(values, blocks, options.regime_count, stream);
      Choice& choice = choices[static_cast<std::size_t>(start)];
      choice.result =
          run_mixture_iterations(columns, prior, {options.max_iterations, options.tolerance},
                                 mixture_of_labels(columns, prior, shape, options.regime_count, labels));
      choice.flaw = describe_degenerate(columns, prior, choice.result.law.components, choice.result.owned);
    }
  });
  const auto is_worse = [](const Choice& a, const Choice& b) {
    if (a.flaw.empty() != b.flaw.empty()) return b.flaw.empty();
    return a.result.log_posterior < b.result.log_posterior;
  };
  return std::move(*std::max_element(choices.begin(), choices.end(), is_worse));
}

std::vector<std::int32_t> most_probable(const std::vector<double>& shares, int component_count) {
  std::vector<std::int32_t> labels(shares.size() / static_cast<std::size_t>(component_count));
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double* mine = shares.data() + row * static_cast<std::size_t>(component_count);
    labels[row] = static_cast<std::int32_t>(std::max_element(mine, mine + component_count) - mine);
  }
  return labels;
}

GaussianMixtureLaw selected(const GaussianMixtureLaw& law, const std::vector<int>& components) {
  GaussianMixtureLaw result{Eigen::VectorXd(static_cast<Eigen::Index>(components.size())),
                            law.components.selected(components)};
  double total = 0;
  for (std::size_t i = 0; i < components.size(); ++i)
    total += result.weights(static_cast<Eigen::Index>(i)) = law.weights(components[i]);
  for (Eigen::Index i = 0; i < result.weights.size(); ++i) result.weights(i) /= total;
  return result;
}

struct Labelled {
  GaussianMixtureLaw law;  // every component of which occurs in
  std::vector<std::int32_t> labels;
  Responsibilities shares;
};

Labelled label_rows(const RowColumns& columns, GaussianMixtureLaw law) {
  while (true) {
    Responsibilities shares = responsibilities_of(columns, law);
    std::vector<std::int32_t> labels = most_probable(shares.values, law.components.count());
    const std::vector<int> order = order_of_appearance(labels);
    if (std::is_sorted(order.begin(), order.end()) &&
        static_cast<int>(order.size()) == law.components.count())
      return {std::move(law), std::move(labels), std::move(shares)};
    law = selected(law, order);
  }
}

GaussianMixtureFit describe(const SpreadPrior& prior, Labelled labelled) {
  const auto row_count = static_cast<std::int64_t>(labelled.labels.size());
  const GaussianComponents& components = labelled.law.components;
  const double log_likelihood = labelled.shares.log_likelihood;
  RegimeFit fit;
  fit.labels = std::move(labelled.labels);
  fit.probabilities = Eigen::Map<const MatrixD>(labelled.shares.values.data(), row_count, components.count());
  fit.objective =
      -(log_likelihood + prior.log_density(GaussianDensity(components))) / static_cast<double>(row_count);
  fit.objective_meaning = "negative log posterior per row";
  const std::int64_t parameters = components.count() - 1 + components.parameter_count();
  return {std::move(fit), GaussianMixtureRegimes(std::move(labelled.law)), log_likelihood, row_count,
          parameters};
}

void add_notes(const GaussianMixtureOptions& options, const std::string& flaw, GaussianMixtureFit& result) {
  std::vector<std::string>& notes = result.fit.notes;
  if (!flaw.empty())
    notes.push_back(fmt::format("in every start, {}; fewer regimes may suit these rows", flaw));
  if (!result.fit.has_converged)
    notes.push_back(fmt::format("the posterior still grew after {} iterations", result.fit.iterations));
  if (result.model.regime_count() < options.regime_count)
    notes.push_back(fmt::format("{} of {} regimes are the most probable of no row and were left out",
                                options.regime_count - result.model.regime_count(), options.regime_count));
}

}  // namespace

std::vector<std::string> GaussianMixtureOptions::problems() const {
  std::vector<std::string> list;
  if (regime_count < 1) list.push_back(fmt::format("n_clusters is {}; it must be at least 1", regime_count));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  if (max_iterations < 1)
    list.push_back(fmt::format("max_iterations is {}; it must be at least 1", max_iterations));
  if (!(tolerance >= 0)) list.push_back(fmt::format("tolerance is {}; it must be at least 0", tolerance));
  if (prior_spread_rows && !(*prior_spread_rows > 0 && std::isfinite(*prior_spread_rows)))
    list.push_back(fmt::format("prior_spread_rows is {}; it must be above 0", *prior_spread_rows));
  return list;
}

double GaussianMixtureFit::bic() const noexcept {
  return static_cast<double>(parameter_count) * portable_log(static_cast<double>(row_count)) -
         2 * log_likelihood;
}

GaussianMixtureFit fit_gaussian_mixture(const RegimeRows& rows, const GaussianMixtureOptions& options,
                                        const Rng& rng, ThreadPool& pool) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("The options of the Gaussian mixture: {}.", fmt::join(problems, "; ")));
  require_finite(rows.values);
  const RowColumns columns(rows.values);
  const RowBlocks blocks(rows.values);
  require_distinct_rows(rows.values, blocks, options.regime_count);
  const CovarianceShape shape =
      resolve_shape(options.covariance, rows.values.rows(), rows.values.cols(), options.regime_count);
  const SpreadPrior prior =
      make_spread_prior(columns, shape, options.regime_count, options.prior_spread_rows);
  Choice choice = best_start(rows.values, columns, blocks, prior, shape, options, rng, pool);
  GaussianMixtureFit result = describe(prior, label_rows(columns, std::move(choice.result.law)));
  result.fit.has_converged = choice.result.has_converged;
  result.fit.iterations = choice.result.iterations;
  add_notes(options, choice.flaw, result);
  return result;
}

}  // namespace regimetry::regimes
