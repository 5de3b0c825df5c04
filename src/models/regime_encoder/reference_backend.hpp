// The module behind the border: gathers windows in batches of bounded memory and runs the trainable encoder
// on them, evaluating and without gradients.
//
// On a CPU each batch runs on one thread and the pool shares the batches, which are cut by the options alone:
// the same values give the same bits whatever the pool. Meanwhile libtorch is told to use one thread on the
// threads that take part; the calling thread has its number back afterwards. On a GPU the rows are copied
// there once and the batches follow one another.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "models/regime_encoder/reference_border.hpp"

namespace regimetry::models {

// `device`: "cpu", "cuda" or "cuda:1". Throws Error (kUsage) naming the devices there are when it is none of
// them.
[[nodiscard]] std::unique_ptr<ReferenceBackend> make_reference_backend(const RegimeEncoderWeights& weights,
                                                                       const std::string& device);

// Windows per batch such that what a batch computes takes at most `bytes`, at least 1.
[[nodiscard]] std::int64_t windows_per_batch(const RegimeEncoderOptions& options,
                                             std::int64_t bytes) noexcept;

}  // namespace regimetry::models
