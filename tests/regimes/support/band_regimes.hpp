// A method simple enough to foresee: a row is in regime 1 when its first value lies above the mean of the
// rows it was fitted on, and stays for one more row when it falls back (so that earlier rows matter).
#pragma once

#include <array>
#include <memory>

#include "regimes/fitted_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

class BandRegimes final : public FittedRegimes {
 public:
  explicit BandRegimes(double level, std::int64_t width) : level_(level), width_(width) {}
  [[nodiscard]] std::string_view method() const noexcept override { return "band"; }
  [[nodiscard]] int regime_count() const noexcept override { return 2; }
  [[nodiscard]] std::int64_t width() const noexcept override { return width_; }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override {
    return std::make_unique<Online>(level_);
  }
  [[nodiscard]] TensorFile to_tensors() const override { return {}; }

  static RegimeFit fit_of(const RegimeRows& rows, double level) {
    RegimeFit fit;
    fit.probabilities = MatrixD::Zero(rows.values.rows(), 2);
    for (const IndexRange& sequence : rows.sequences) {
      Online online(level);
      for (std::int64_t row = sequence.begin; row < sequence.end; ++row) {
        const float value = rows.values(row, 0);
        fit.labels.push_back(online.push({&value, 1}).label);
        fit.probabilities(row, fit.labels.back()) = 1;
      }
    }
    fit.has_converged = true;
    return fit;
  }

 private:
  class Online final : public OnlineRegimes {
   public:
    explicit Online(double level) : level_(level) {}
    Answer push(std::span<const float> row) override {
      const bool is_above = row[0] > level_;
      const std::int32_t label = is_above || was_above_ ? 1 : 0;
      was_above_ = is_above;
      probabilities_ = {1.0 - label, 1.0 * label};
      return {label, probabilities_};
    }

   private:
    double level_;
    bool was_above_ = false;
    std::array<double, 2> probabilities_{};
  };
  double level_;
  std::int64_t width_;
};

struct BandFit {
  RegimeFit fit;
  std::shared_ptr<const FittedRegimes> method;
};

inline BandFit fit_bands(const RegimeRows& rows) {
  const double level = rows.values.col(0).cast<double>().mean();
  return {BandRegimes::fit_of(rows, level), std::make_shared<BandRegimes>(level, rows.values.cols())};
}

}  // namespace regimetry::regimes
