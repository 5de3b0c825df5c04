// Which rows a row may attend to.
//
// T rows; row i is the reader (the query), row j what it reads (the key).
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <optional>

#include "core/parallel.hpp"

namespace regimetry::nn {

struct AttentionPattern {
  // Hides the rows after the reader.
  bool look_ahead_mask = false;
  // Absent: all rows, however far. Else the rows up to `band` before and after the reader, |i - j| <= band;
  // with a look-ahead mask the last `band` rows up to and with the reader, 0 <= i - j < band. Time and memory
  // then grow with T * band instead of T * T.
  std::optional<std::int64_t> band = {};

  // Rows j that some row of `readers` may read, of [0, row_count).
  [[nodiscard]] IndexRange reach_of(IndexRange readers, std::int64_t row_count) const noexcept;
  // Whether every row of `readers` may read every row of `keys`.
  [[nodiscard]] bool allows_all(IndexRange readers, IndexRange keys) const noexcept;
  // [readers, keys] booleans, true where reading is allowed.
  [[nodiscard]] torch::Tensor allowed(IndexRange readers, IndexRange keys, torch::Device device) const;

 private:
  // The least and the largest i - j allowed; absent: no end.
  [[nodiscard]] std::optional<std::int64_t> least_lag() const noexcept;
  [[nodiscard]] std::optional<std::int64_t> largest_lag() const noexcept;
};

// [readers, keys] of i - j, int64.
[[nodiscard]] torch::Tensor lags(IndexRange readers, IndexRange keys, torch::Device device);

}  // namespace regimetry::nn
