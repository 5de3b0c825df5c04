// Windows of feature rows in, embeddings out: what every implementation of a regime encoder can do.
//
// Letters as in encoder_options.hpp; N windows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/parallel.hpp"
#include "models/regime_encoder/encoder_options.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

class EmbeddingEngine {
 public:
  virtual ~EmbeddingEngine() = default;
  [[nodiscard]] virtual const RegimeEncoderOptions& options() const noexcept = 0;
  // For people: "rows engine, float32", "reference (libtorch 1.13, cpu)".
  [[nodiscard]] virtual std::string description() const = 0;

  // Window n is rows n * stride, ..., n * stride + L - 1 of `rows` [R, F]; its embedding goes to row n of
  // `embeddings` [N, D]. The same values give the same bits whatever the pool. May run on several threads at
  // once. Demands N = embeddings.size() / D windows that lie within `rows`, a positive stride and finite
  // values.
  virtual void embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
                     ThreadPool& pool) const = 0;
};

enum class Precision {
  kFloat32,
  kBfloat16,  // inputs of the large products rounded to bfloat16, sums in float32
};

// Why the rows engine does not cover these options, in words for the user; empty when it does.
[[nodiscard]] std::string rows_engine_gap(const RegimeEncoderOptions& options);
// The fast one, for the CPU. Throws Error (kUsage) when there is a gap.
[[nodiscard]] std::unique_ptr<EmbeddingEngine> make_rows_engine(const RegimeEncoderWeights& weights,
                                                                Precision precision = Precision::kFloat32);

// The trainable module behind the same interface, for comparison, for options that the rows engine does not
// cover, and for GPUs: `device` is "cpu", "cuda" or "cuda:1". Loads libtorch, which takes about a second.
// Throws Error: kUsage for a device that is not there, kInternal when this build has no libtorch part.
[[nodiscard]] std::unique_ptr<EmbeddingEngine> load_reference_engine(const RegimeEncoderWeights& weights,
                                                                     std::string_view device = "cpu");

}  // namespace regimetry::models
