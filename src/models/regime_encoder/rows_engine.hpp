// The fast implementation of a regime encoder: takes the rows of a table, not its windows.
//
// Rolling windows overlap, so what the first block asks of a row is computed once (first_attention.hpp);
// products are folded (prepared_block.hpp); windows go through the rest in chunks that stay in the cache, one
// stretch of the table per task. Nothing of the size of all windows is ever in memory but the embeddings.
//
// The embedding of a window depends on its values alone, to the last bit: not on its neighbours, the stride,
// the chunk or the number of threads (row_kernels.hpp says why). So a live stream gives what a batch gives.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "models/regime_encoder/embedding_engine.hpp"
#include "models/regime_encoder/first_attention.hpp"
#include "models/regime_encoder/prepared_block.hpp"

namespace regimetry::models {

class RowsEngine final : public EmbeddingEngine {
 public:
  // `weights` may go away afterwards. Throws Error (kUsage) for options that are not covered, see
  // rows_engine_gap(), and for weights that do not fit them.
  explicit RowsEngine(const RegimeEncoderWeights& weights, Precision precision = Precision::kFloat32,
                      const nn::RowKernels& kernels = nn::row_kernels());
  ~RowsEngine() override;

  [[nodiscard]] const RegimeEncoderOptions& options() const noexcept override { return options_; }
  [[nodiscard]] std::string description() const override;
  void embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
             ThreadPool& pool) const override;

  // Windows that share the tables of their rows, so many that little is computed twice and so few that the
  // tables stay small.
  [[nodiscard]] std::int64_t stretch_windows(std::int64_t stride) const noexcept;
  // Floats in the tables of the rows that one thread works on, at most: what memory depends on besides input
  // and embeddings.
  [[nodiscard]] std::int64_t table_floats(std::int64_t stride) const noexcept;

 private:
  // Memory of one thread, kept between calls.
  struct Workspace;
  class WorkspaceLease;

  // Places `first`..`first + count` - 1 windows of a stretch.
  struct Chunk {
    std::int64_t first = 0, count = 0;  // windows
    std::int64_t stride = 0;            // rows between them
  };

  void choose_sizes();
  // stretch_windows(), or fewer where a thread would go idle.
  [[nodiscard]] std::int64_t task_windows(std::int64_t window_count, std::int64_t stride,
                                          int thread_count) const noexcept;
  // `x` [rows of the stretch, F] holds `count` windows, `stride` rows apart.
  void embed_stretch(const float* x, std::int64_t stride, std::int64_t count, float* embeddings,
                     Workspace& work) const;
  void project(const float* x, std::int64_t row_count, Workspace& work) const;
  void embed_chunk(const Chunk& chunk, float* embeddings, Workspace& work) const;
  void attend_first(const Chunk& chunk, Workspace& work) const;
  void attend(const PreparedBlock& block, const Chunk& chunk, Workspace& work) const;
  // The steps of attend(): left, right and value of all places; right of a window's places as columns; the
  // weights of the places begin..end-1 of one window and head.
  void multiply_inputs(const PreparedBlock& block, std::int64_t places, Workspace& work) const;
  void lay_out_right(const PreparedBlock& block, std::int64_t window, Workspace& work) const;
  void weigh(const PreparedBlock& block, std::int64_t window, std::int64_t head, std::int64_t begin,
             std::int64_t end, Workspace& work) const;
  // Weighs the places begin..end-1 of one window: out_row(s) from values [L, value_stride].
  void add_values(const PreparedBlock& block, const float* values, std::int64_t value_stride,
                  std::int64_t window, std::int64_t begin, std::int64_t end, Workspace& work) const;
  void finish_block(const PreparedBlock& block, const Chunk& chunk, bool is_first, Workspace& work) const;
  void pool_windows(const Chunk& chunk, float* embeddings, Workspace& work) const;

  RegimeEncoderOptions options_;
  Precision precision_;
  const nn::RowKernels& kernels_;
  std::int64_t length_, width_, padded_width_;
  PreparedDense projection_;
  nn::AlignedVector<float> positions_;  // [L, padded D]
  nn::AlignedVector<float> pooling_;    // [padded D]; empty unless attention pooling
  std::vector<PreparedBlock> blocks_;
  std::unique_ptr<FirstAttention> first_attention_;  // null without blocks
  std::int64_t chunk_windows_ = 1;                   // that go through the blocks together
  std::int64_t floats_per_row_ = 1;                  // in the tables of a stretch
  mutable std::mutex mutex_;                         // of idle_
  mutable std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace regimetry::models
