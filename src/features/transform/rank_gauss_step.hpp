// The normal score of a value's rank in the fitted sample: whatever its distribution was, it comes out
// normal.
//
// Formula:  a training value with average rank r (1 is the smallest, equal values share the mean of their
//           ranks) among n becomes normal_quantile((r - 0.5) / n). Between fitted values the score is
//           interpolated linearly, outside it is that of the smallest or largest. A column of one value is 0.
// Size:     of more than `max_knots` distinct values, those at evenly spaced ranks are kept, ends included.
#pragma once

#include "features/transform/number_step.hpp"

namespace regimetry::features {

class RankGaussStep final : public NumberStep {
 public:
  RankGaussStep(MissingPolicy missing, std::int64_t max_knots) : NumberStep(missing), max_knots_(max_knots) {}
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  [[nodiscard]] nlohmann::json to_json() const override;
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<RankGaussStep>(*this);
  }
  [[nodiscard]] std::span<const double> values() const noexcept { return values_; }  // rising
  [[nodiscard]] std::span<const double> scores() const noexcept { return scores_; }  // one per value, rising

 protected:
  void learn(std::span<double> values, double fill, std::int64_t fill_count, ColumnFacts& facts) override;
  void scale(std::span<double> values, StepCounts& counts) const override;

 private:
  [[nodiscard]] double score_of(double x) const noexcept;

  std::int64_t max_knots_;
  std::vector<double> values_, scores_;
};

}  // namespace regimetry::features
