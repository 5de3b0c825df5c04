// A fitted hidden Markov model: regimes of new rows by filtering, from the past only.
#pragma once

#include "regimes/fitted_regimes.hpp"
#include "regimes/hidden_markov/hidden_markov_law.hpp"

namespace regimetry::regimes {

class HiddenMarkovRegimes final : public FittedRegimes {
 public:
  // Chances of at least kLeastChance; at most kMostHiddenRegimes regimes.
  explicit HiddenMarkovRegimes(HiddenMarkovLaw law);

  [[nodiscard]] const HiddenMarkovLaw& law() const noexcept { return law_; }
  [[nodiscard]] std::string_view method() const noexcept override { return "hmm"; }
  [[nodiscard]] int regime_count() const noexcept override { return law_.regime_count(); }
  [[nodiscard]] std::int64_t width() const noexcept override { return law_.width(); }
  [[nodiscard]] bool depends_on_earlier_rows() const noexcept override { return true; }
  // Answers with P(regime of this row | rows so far) and its greatest.
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override;
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming the tensor that is missing or wrong.
  [[nodiscard]] static HiddenMarkovRegimes from_tensors(const TensorFile& file);

 private:
  HiddenMarkovLaw law_;
};

}  // namespace regimetry::regimes
