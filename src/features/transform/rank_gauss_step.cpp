#include "features/transform/rank_gauss_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/portable_math.hpp"
#include "features/transform/column_statistics.hpp"

namespace regimetry::features {
namespace {

// A distinct value and the places it has in the sorted sample.
struct Run {
  double value = 0;
  std::int64_t first = 0, end = 0;  // first, first + 1, ..., end - 1, counting from 0
};

std::vector<Run> runs_of(std::span<const double> sorted) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto place = static_cast<std::int64_t>(i);
    if (runs.empty() || runs.back().value != sorted[i]) runs.push_back({sorted[i], place, place});
    runs.back().end = place + 1;
  }
  return runs;
}

// At most `most` runs: those that hold evenly spaced places, the first and the last among them.
std::vector<Run> thin_out(const std::vector<Run>& runs, std::int64_t most) {
  if (static_cast<std::int64_t>(runs.size()) <= most) return runs;
  std::vector<Run> kept;
  const std::int64_t last_place = runs.back().end - 1;
  std::size_t at = 0;
  for (std::int64_t k = 0; k < most; ++k) {
    const auto place = static_cast<std::int64_t>(std::llround(
        static_cast<double>(last_place) * static_cast<double>(k) / static_cast<double>(most - 1)));
    while (runs[at].end <= place) ++at;
    if (kept.empty() || kept.back().value != runs[at].value) kept.push_back(runs[at]);
  }
  return kept;
}

}  // namespace

void RankGaussStep::learn(std::span<double> values, double /*fill*/, std::int64_t /*fill_count*/,
                          ColumnFacts& /*facts*/) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  values_.clear();
  scores_.clear();
  for (const Run& run : thin_out(runs_of(values), max_knots_)) {
    const double average_rank = static_cast<double>(run.first + 1 + run.end) / 2;
    values_.push_back(run.value);
    scores_.push_back(normal_quantile((average_rank - 0.5) / count));
  }
}

double RankGaussStep::score_of(double x) const noexcept {
  const auto above = std::upper_bound(values_.begin(), values_.end(), x);
  if (above == values_.begin()) return scores_.front();
  const auto i = static_cast<std::size_t>(above - values_.begin()) - 1;
  if (above == values_.end() || values_[i] == x) return scores_[i];
  return scores_[i] + (scores_[i + 1] - scores_[i]) * fraction_between(x, values_[i], values_[i + 1]);
}

void RankGaussStep::scale(std::span<double> values, StepCounts& counts) const {
  for (double& x : values) {
    if (std::isnan(x)) continue;
    if (x < values_.front() || x > values_.back()) ++counts.outside;
    x = score_of(x);
  }
}

nlohmann::json RankGaussStep::to_json() const {
  nlohmann::json json = base_json("rank-gauss");
  json["values"] = values_;
  json["scores"] = scores_;
  return json;
}

std::unique_ptr<ColumnStep> RankGaussStep::from_json(const JsonPlace& json) {
  json.require_keys({"step", "fill", "values", "scores"});
  auto step = std::make_unique<RankGaussStep>(MissingPolicy::kImpute, /*max_knots=*/2);
  step->read_fill(json);
  step->values_ = json.at("values").numbers();
  step->scores_ = json.at("scores").numbers();
  const auto rises = [](const std::vector<double>& values) {
    return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
  };
  if (step->values_.empty() || !rises(step->values_)) json.at("values").fail("is empty or does not rise");
  if (step->scores_.size() != step->values_.size() || !rises(step->scores_)) {
    json.at("scores").fail("does not rise, or is not as long as its values");
  }
  step->max_knots_ = static_cast<std::int64_t>(step->values_.size());
  return step;
}

}  // namespace regimetry::features
