// Jump models with penalties that they choose themselves.
#include <algorithm>
#include <cmath>
#include <span>

#include "quality_method.hpp"
#include "regimes/jump/choose_penalty.hpp"
#include "regimes/jump/continuous_jump_model.hpp"
#include "regimes/jump/jump_probabilities.hpp"
#include "regimes/jump/return_features.hpp"

namespace regimetry::bench {
namespace {

using namespace regimetry::regimes;

MatrixF returns_of(const MethodInput& input) {
  MatrixF rows(static_cast<Eigen::Index>(input.sequence.returns.size()), 1);
  for (Eigen::Index t = 0; t < rows.rows(); ++t)
    rows(t, 0) = static_cast<float>(100 * input.sequence.returns[static_cast<std::size_t>(t)]);
  return rows;
}

MatrixF log_ranges_of(const MethodInput& input) {
  const market::Bars& bars = input.sequence.bars;
  MatrixF rows(static_cast<Eigen::Index>(bars.size()), 1);
  for (Eigen::Index t = 0; t < rows.rows(); ++t) {
    const auto i = static_cast<std::size_t>(t);
    rows(t, 0) = static_cast<float>(std::log(std::max(std::log(bars.high[i] / bars.low[i]), 1e-9)));
  }
  return rows;
}

MatrixF centred_features_of(const MethodInput& input) {
  return centred_return_features(input.sequence.returns).cast<float>();
}

struct JumpRecipe {
  MatrixF (*rows)(const MethodInput&);
  JumpLoss loss;
  bool without_penalty = false;
};

JumpFit fit(const JumpRecipe& recipe, const MethodInput& input, const Eigen::Ref<const MatrixF>& values) {
  const IndexRange all{0, values.rows()};
  const RegimeRows rows{values, std::span(&all, 1)};
  JumpOptions options;
  options.regime_count = input.regime_count;
  options.loss = recipe.loss;
  options.penalty = recipe.without_penalty ? 0 : choose_penalty(rows, options, input.rng, input.pool).penalty;
  return fit_jump_model(rows, options, input.rng, input.pool);
}

Labels path_labels(const JumpRecipe& recipe, const MethodInput& input) {
  return fit(recipe, input, recipe.rows(input)).fit.labels;
}

Labels likeliest_labels(const JumpRecipe& recipe, const MethodInput& input) {
  return likeliest_regimes(fit(recipe, input, recipe.rows(input)).fit.probabilities);
}

Labels balanced_labels(const JumpRecipe& recipe, const MethodInput& input) {
  return balanced_regimes(fit(recipe, input, recipe.rows(input)).fit.probabilities);
}

Labels continuous_labels(const JumpRecipe& recipe, const MethodInput& input) {
  const MatrixF values = recipe.rows(input);
  const IndexRange all{0, values.rows()};
  const RegimeRows rows{values, std::span(&all, 1)};
  JumpOptions discrete;
  discrete.regime_count = input.regime_count;
  discrete.loss = recipe.loss;
  ContinuousJumpOptions options;
  options.regime_count = input.regime_count;
  options.loss = recipe.loss;
  discrete.penalty = choose_penalty(rows, discrete, input.rng, input.pool).penalty;
  const double gap = fit_jump_model(rows, discrete, input.rng, input.pool).mean_gap;
  options.penalty = continuous_penalty(discrete.penalty, gap);
  return fit_continuous_jump_model(rows, options, input.rng, input.pool).fit.labels;
}

// Fitted to the bars before first_bar; the online state then runs through all bars, so that it is warm.
template <typename Choose>
Labels online_labels(const JumpRecipe& recipe, const MethodInput& input, std::int64_t first_bar,
                     const Choose& choose) {
  const MatrixF values = recipe.rows(input);
  const JumpFit fitted = fit(recipe, input, values.topRows(first_bar));
  const auto online = fitted.model.start();
  Labels labels;
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    const OnlineRegimes::Answer answer =
        online->push({values.row(t).data(), static_cast<std::size_t>(values.cols())});
    if (t >= first_bar) labels.push_back(choose(answer));
  }
  return labels;
}

std::int32_t by_path(const OnlineRegimes::Answer& answer) {
  return answer.label;
}

std::int32_t by_filter(const OnlineRegimes::Answer& answer) {
  return static_cast<std::int32_t>(
      std::max_element(answer.probabilities.begin(), answer.probabilities.end()) -
      answer.probabilities.begin());
}

QualityMethod jump_method(const std::string& name, const std::string& sees, const JumpRecipe& recipe) {
  return {name, sees, [=](const MethodInput& input) { return path_labels(recipe, input); },
          [=](const MethodInput& input, std::int64_t first_bar) {
            return online_labels(recipe, input, first_bar, by_path);
          },
          0};
}

QualityMethod likeliest_method(const std::string& name, const std::string& sees, const JumpRecipe& recipe) {
  return {name, sees, [=](const MethodInput& input) { return likeliest_labels(recipe, input); },
          [=](const MethodInput& input, std::int64_t first_bar) {
            return online_labels(recipe, input, first_bar, by_filter);
          },
          0};
}

}  // namespace

std::vector<QualityMethod> jump_methods() {
  const JumpRecipe features{centred_features_of, JumpLoss::kSquared};
  const JumpRecipe kmeans{centred_features_of, JumpLoss::kSquared, true};
  const JumpRecipe returns{returns_of, JumpLoss::kGaussian};
  const JumpRecipe ranges{log_ranges_of, JumpLoss::kSquared};
  const auto final_only = [](const std::string& name, const JumpRecipe& recipe, auto labels) {
    return QualityMethod{
        name, "returns", [=](const MethodInput& input) { return labels(recipe, input); }, {}, 0};
  };
  QualityMethod continuous = final_only("continuous jump model, Gaussian loss", returns, continuous_labels);
  continuous.most_sequences = 40;
  return {final_only("k-means, two-sided features", kmeans, path_labels),
          final_only("jump model, two-sided features, squared loss, path", features, path_labels),
          jump_method("jump model, Gaussian loss, path", "returns", returns),
          likeliest_method("jump model, Gaussian loss, likeliest regime", "returns", returns),
          final_only("jump model, Gaussian loss, balanced", returns, balanced_labels),
          continuous,
          likeliest_method("jump model, log range, likeliest regime", "high and low", ranges)};
}

}  // namespace regimetry::bench
