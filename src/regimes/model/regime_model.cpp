#include "regimes/model/regime_model.hpp"

#include <cassert>
#include <utility>

namespace regimetry::regimes {

RegimeModel::RegimeModel(RowScaler scaler, std::shared_ptr<const FittedRegimes> method,
                         std::vector<std::int32_t> ids, NoveltyGauge novelty, RegimeModelFacts facts)
    : scaler_(std::move(scaler)),
      method_(std::move(method)),
      ids_(std::move(ids)),
      novelty_(std::move(novelty)),
      facts_(std::move(facts)) {
  assert(static_cast<int>(ids_.size()) == method_->regime_count());
  assert(scaler_.width() == method_->width());
}

RegimeAssigner RegimeModel::start() const {
  return RegimeAssigner(*this);
}

RegimeAssigner::RegimeAssigner(const RegimeModel& model)
    : model_(model), sequence_(model.method().start()), scaled_(static_cast<std::size_t>(model.width())) {}

RegimeAssignment RegimeAssigner::push(std::span<const float> row) {
  model_.scaler().scale(row, scaled_);
  const OnlineRegimes::Answer answer = sequence_->push(scaled_);
  RegimeAssignment assignment;
  const auto label = static_cast<std::size_t>(answer.label);
  assignment.id = model_.ids()[label];
  assignment.probabilities = answer.probabilities;
  assignment.probability = answer.probabilities[label];
  assignment.distance = model_.novelty().distance(scaled_);
  assignment.share_nearer = model_.novelty().share_nearer(assignment.distance);
  assignment.is_unlike_training = model_.novelty().is_unlike_training(assignment.distance);
  return assignment;
}

}  // namespace regimetry::regimes
