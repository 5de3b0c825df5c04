// Which implementation of the encoder makes the embeddings, and at which precision.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.hpp"
#include "models/regime_encoder/embedding_engine.hpp"

namespace regimetry::embeddings {

enum class EngineChoice {
  kAuto,       // rows; the reference where rows does not cover the options or the device is a GPU
  kRows,       // the fast one, on the CPU
  kReference,  // the trainable module, for comparison and for GPUs
};

struct EngineOptions {
  EngineChoice engine = EngineChoice::kAuto;
  // Of the rows engine; the reference computes in float32.
  models::Precision precision = models::Precision::kFloat32;
  // "cpu", "cuda" or "cuda:1".
  std::string device = "cpu";

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

// "fp32", "bf16"
[[nodiscard]] std::string_view precision_name(models::Precision precision) noexcept;

struct ChosenEngine {
  std::unique_ptr<models::EmbeddingEngine> engine;
  // What a record says of it: whatever can change a bit, and no more. Processors that the rows engine
  // computes on in float32 all give the same bits, so that which one it was is left out.
  std::string record;
};

// Throws what choose_embedding_engine() would throw for an encoder of these options, before there are weights
// or rows.
void require_engine(const models::RegimeEncoderOptions& encoder, const EngineOptions& options);

// Tells the observer when auto had to take the reference, and why. Throws Error (kUsage) when the rows engine
// was asked for and does not cover the encoder, or the device is not there.
[[nodiscard]] ChosenEngine choose_embedding_engine(const models::RegimeEncoderWeights& weights,
                                                   const EngineOptions& options, Observer& observer);

}  // namespace regimetry::embeddings
