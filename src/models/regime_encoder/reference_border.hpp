// What crosses between a program and libregimetry_reference.so, the part of regimetry that needs libtorch. A
// program opens that library when it is asked for the reference and not before: libtorch takes about a second
// to load.
//
// Both sides are built from the same sources, so C++ types may cross; the border's text says whether they
// were. Whatever is thrown across it is an Error or a standard exception.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "core/parallel.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

// The loop of the program's pool, ThreadPool::parallel_for: the pool's own code stays on the program's side.
using ParallelLoop =
    std::function<void(std::int64_t count, std::int64_t grain, const std::function<void(IndexRange)>& body)>;

// The trainable module, evaluating. Const members may run on several threads at once.
class ReferenceBackend {
 public:
  virtual ~ReferenceBackend() = default;
  [[nodiscard]] virtual std::string description() const = 0;
  // As EmbeddingEngine::embed().
  virtual void embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
                     const ParallelLoop& loop) const = 0;
};

// Version and layout of what crosses. Each side holds its own copy.
[[nodiscard]] std::string reference_border();

inline constexpr const char* kReferenceFactoryName = "regimetry_make_reference";
// The one function of the library: null when `border` is not its own. The caller owns the result. Throws
// Error (kUsage) for a device that is not there.
using ReferenceFactory = ReferenceBackend*(const std::string& border, const RegimeEncoderWeights& weights,
                                           const std::string& device);

}  // namespace regimetry::models
