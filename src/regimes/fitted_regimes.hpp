// A fitted method: names the regime of new rows without fitting again.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/matrix.hpp"
#include "core/safetensors.hpp"

namespace regimetry::regimes {

// One sequence in time order, seen row by row. What it says of a row depends on this row and earlier ones of
// the sequence only.
class OnlineRegimes {
 public:
  struct Answer {
    std::int32_t label = 0;                 // 0..K-1
    std::span<const double> probabilities;  // [K], sum 1; valid until the next push
  };

  virtual ~OnlineRegimes() = default;
  // `row` has width() finite values, scaled as those of the fit. Allocates nothing.
  virtual Answer push(std::span<const float> row) = 0;
};

class FittedRegimes {
 public:
  virtual ~FittedRegimes() = default;
  [[nodiscard]] virtual std::string_view method() const noexcept = 0;  // "kmeans", "jump", ...
  [[nodiscard]] virtual int regime_count() const noexcept = 0;         // K
  [[nodiscard]] virtual std::int64_t width() const noexcept = 0;       // values per row
  // False: what is said of a row depends on that row alone, so earlier rows need not be pushed first.
  [[nodiscard]] virtual bool depends_on_earlier_rows() const noexcept { return true; }
  // A sequence of its own, from its beginning. Borrows the model, which must outlive it.
  [[nodiscard]] virtual std::unique_ptr<OnlineRegimes> start() const = 0;
  // All that start() needs. Each method has a function that reads it back; tensors are enough to tell apart
  // a damaged file, metadata holds numbers as text.
  [[nodiscard]] virtual TensorFile to_tensors() const = 0;
};

}  // namespace regimetry::regimes
