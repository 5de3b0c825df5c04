// An engine whose answer fits in the head: the sum of a window's rows, row l counted l + 1 times. D = F.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>

#include "features/feature_table.hpp"
#include "models/regime_encoder/embedding_engine.hpp"

namespace regimetry::embeddings {

class SumEngine final : public models::EmbeddingEngine {
 public:
  SumEngine(std::int64_t feature_count, std::int64_t window_size) {
    options_.feature_count = feature_count;
    options_.window_size = window_size;
  }
  [[nodiscard]] const models::RegimeEncoderOptions& options() const noexcept override { return options_; }
  [[nodiscard]] std::string description() const override { return "sums"; }
  [[nodiscard]] int call_count() const noexcept { return call_count_; }

  void embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
             ThreadPool& /*pool*/) const override {
    ++call_count_;
    const std::int64_t width = options_.feature_count;
    const std::int64_t count = static_cast<std::int64_t>(embeddings.size()) / width;
    for (std::int64_t n = 0; n < count; ++n) {
      for (std::int64_t f = 0; f < width; ++f) {
        float sum = 0;
        for (std::int64_t l = 0; l < options_.window_size; ++l)
          sum += static_cast<float>(l + 1) * rows[static_cast<std::size_t>((n * stride + l) * width + f)];
        embeddings[static_cast<std::size_t>(n * width + f)] = sum;
      }
    }
  }

 private:
  models::RegimeEncoderOptions options_;
  mutable std::atomic<int> call_count_ = 0;
};

// What SumEngine gives for one window.
inline float plain_sum(const features::FeatureTable& table, std::int64_t begin, std::int64_t window_size,
                       std::int64_t feature) {
  float sum = 0;
  for (std::int64_t l = 0; l < window_size; ++l)
    sum += static_cast<float>(l + 1) * table.values(begin + l, feature);
  return sum;
}

}  // namespace regimetry::embeddings
