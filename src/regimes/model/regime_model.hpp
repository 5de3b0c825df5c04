// A fit that outlives its data: scale, method, numbers of the regimes, and what it has seen.
//
// A new row is scaled as the training rows were, named by the method from this row and earlier ones of its
// sequence, and held against what training looked like. Nothing is fitted again.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "regimes/fitted_regimes.hpp"
#include "regimes/model/novelty_gauge.hpp"
#include "regimes/model/row_scaler.hpp"

namespace regimetry::regimes {

// Where a model comes from, and which rows it understands.
struct RegimeModelFacts {
  std::vector<std::string> columns = {};  // names of the columns of a row, in order; empty: not known
  std::string encoder_digest = {};        // of the encoder that made the rows; empty: none, or not known
  std::string transform_digest = {};      // of the scale that the encoder's input had; empty: as above
  std::int64_t window_size = 0;           // bars that a row looks back over; 0: not known
  std::int64_t trained_rows = 0;
  TimestampNs trained_first = 0, trained_last = 0;     // stamps of the first and last training row
  nlohmann::json settings = nlohmann::json::object();  // of the fit, resolved
  std::string version = {};                            // of regimetry
};

class RegimeAssigner;

class RegimeModel {
 public:
  // `ids[k]` is the number that the outside knows label k of `method` by; different for each label.
  RegimeModel(RowScaler scaler, std::shared_ptr<const FittedRegimes> method, std::vector<std::int32_t> ids,
              NoveltyGauge novelty, RegimeModelFacts facts);

  [[nodiscard]] const RowScaler& scaler() const noexcept { return scaler_; }
  [[nodiscard]] const FittedRegimes& method() const noexcept { return *method_; }
  [[nodiscard]] std::span<const std::int32_t> ids() const noexcept { return ids_; }  // [K]
  [[nodiscard]] const NoveltyGauge& novelty() const noexcept { return novelty_; }
  [[nodiscard]] const RegimeModelFacts& facts() const noexcept { return facts_; }
  [[nodiscard]] int regime_count() const noexcept { return method_->regime_count(); }
  [[nodiscard]] std::int64_t width() const noexcept { return scaler_.width(); }

  // A sequence of rows from its beginning. The model must outlive it.
  [[nodiscard]] RegimeAssigner start() const;

 private:
  RowScaler scaler_;
  std::shared_ptr<const FittedRegimes> method_;
  std::vector<std::int32_t> ids_;
  NoveltyGauge novelty_;
  RegimeModelFacts facts_;
};

// What is said of one new row.
struct RegimeAssignment {
  std::int32_t id = 0;                    // Cluster_ID
  double probability = 0;                 // of that regime
  std::span<const double> probabilities;  // [K] in the order of RegimeModel::ids(); valid until the next push
  double distance = 0;                    // to the nearest thing seen in training, in scaled units
  double share_nearer = 0;                // of the training rows: .99 is unusual
  bool is_unlike_training = false;        // farther than any training row: do not trust the label
};

// One sequence in time order, row by row, in microseconds and without allocating.
class RegimeAssigner {
 public:
  explicit RegimeAssigner(const RegimeModel& model);
  // `row` as it came: width() finite values, not scaled.
  RegimeAssignment push(std::span<const float> row);

 private:
  const RegimeModel& model_;
  std::unique_ptr<OnlineRegimes> sequence_;
  std::vector<float> scaled_;  // [D]
};

}  // namespace regimetry::regimes
