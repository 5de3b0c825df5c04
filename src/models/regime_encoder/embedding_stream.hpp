// A live stream of feature rows: push the newest row, get the embedding of the window that ends with it.
//
// The engine is the one that research uses, and it gives a window the same bits in any company, so what a
// stream says is what a batch over the same rows says.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "models/regime_encoder/embedding_engine.hpp"

namespace regimetry::models {

class EmbeddingStream {
 public:
  // Borrows the engine, which must outlive the stream. One stream per instrument and thread.
  explicit EmbeddingStream(const EmbeddingEngine& engine);

  // `row` [F] is the newest. Returns its window's embedding [D], valid until the next call; empty until L
  // rows are there. Throws Error: kUsage for another number of features, kData for a value that is not
  // finite, or so large that the embedding would not be; the stream then stands as before.
  [[nodiscard]] std::span<const float> push(std::span<const float> row);
  // Forgets all rows: after a gap that windows may not span.
  void clear() noexcept { row_count_ = 0; }

  // The rows that the next window will share, oldest first, at most L - 1: [n, F]. Pushing them to a fresh
  // stream restores this one.
  [[nodiscard]] std::span<const float> recent_rows() const noexcept;

 private:
  const EmbeddingEngine& engine_;
  std::int64_t feature_count_, window_size_;
  ThreadPool alone_;
  std::vector<float> rows_;  // the latest, contiguous; twice a window, so that they move only now and then
  std::int64_t first_row_ = 0, row_count_ = 0;
  std::vector<float> embedding_;
};

}  // namespace regimetry::models
