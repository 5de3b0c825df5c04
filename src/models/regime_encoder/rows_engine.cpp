#include "models/regime_encoder/rows_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

#include "core/error.hpp"
#include "core/flush_denormals.hpp"

namespace regimetry::models {
namespace {

using nn::padded;

// Places of a window that are weighed together: bounds the memory of weights for long windows.
constexpr std::int64_t kPlaces = 96;
// Floats that a chunk and the tables of a stretch should take: about what a core's own cache holds. Long
// windows need larger tables, up to a limit that still fits in memory beside everything else.
constexpr std::int64_t kChunkFloats = 160'000, kStretchFloats = 320'000, kMostStretchFloats = 8'000'000;

void reserve(nn::AlignedVector<float>& memory, std::int64_t count) {
  if (static_cast<std::int64_t>(memory.size()) < count) memory.resize(static_cast<std::size_t>(count), 0.0F);
}

nn::AlignedVector<float> padded_rows(const WeightArray& array) {
  const std::int64_t rows = array.shape[0], columns = array.shape[1], stride = padded(columns);
  nn::AlignedVector<float> result(static_cast<std::size_t>(rows * stride), 0.0F);
  for (std::int64_t row = 0; row < rows; ++row)
    std::copy_n(array.values.data() + row * columns, columns, result.data() + row * stride);
  return result;
}

// An odd number of cache lines between rows spreads them over the cache. `columns` is padded.
std::int64_t spread(std::int64_t columns) {
  return columns | nn::kColumnBlock;
}

}  // namespace

std::string rows_engine_gap(const RegimeEncoderOptions& options) {
  if (options.pre_norm)
    return "pre_norm is on: norms before attention leave nothing to share between windows";
  if (options.activation != Activation::kRelu)
    return fmt::format("activation is {}; the rows engine knows relu", name_of(options.activation));
  return {};
}

std::unique_ptr<EmbeddingEngine> make_rows_engine(const RegimeEncoderWeights& weights, Precision precision) {
  return std::make_unique<RowsEngine>(weights, precision);
}

struct RowsEngine::Workspace {
  explicit Workspace(const nn::RowKernels& kernels) : multiplier(kernels) {}

  Multiplier multiplier;
  nn::AlignedVector<float> gathered;  // rows of windows that lie apart, [rows, F]
  nn::AlignedVector<float> x, y;      // [rows of the stretch + 3, padded F or D]
  FirstAttention::RowTables tables;
  // Of a chunk, a line per place of each of its windows.
  nn::AlignedVector<float> h, attended, r, hidden;  // padded D, padded D, padded D, padded ff_dim wide
  nn::AlignedVector<float> left, right, value, head_sums;
  // Of a window.
  nn::AlignedVector<float> window_values, right_columns, scores, weights;
  nn::AlignedVector<float> pooled;
};

// Takes an idle workspace or makes one, and gives it back.
class RowsEngine::WorkspaceLease {
 public:
  explicit WorkspaceLease(const RowsEngine& engine) : engine_(engine) {
    const std::lock_guard lock(engine.mutex_);
    if (engine.idle_.empty()) {
      work_ = std::make_unique<Workspace>(engine.kernels_);
    } else {
      work_ = std::move(engine.idle_.back());
      engine.idle_.pop_back();
    }
  }
  ~WorkspaceLease() {
    const std::lock_guard lock(engine_.mutex_);
    engine_.idle_.push_back(std::move(work_));
  }
  WorkspaceLease(const WorkspaceLease&) = delete;
  WorkspaceLease& operator=(const WorkspaceLease&) = delete;
  Workspace& operator*() const { return *work_; }

 private:
  const RowsEngine& engine_;
  std::unique_ptr<Workspace> work_;
};

RowsEngine::RowsEngine(const RegimeEncoderWeights& weights, Precision precision,
                       const nn::RowKernels& kernels)
    : options_(weights.options),
      precision_(precision),
      kernels_(kernels),
      length_(options_.window_size),
      width_(options_.width()),
      padded_width_(padded(width_)),
      positions_(padded_rows(position_table(weights))) {
  if (const std::string gap = rows_engine_gap(options_); !gap.empty())
    throw Error(ErrorKind::kUsage, gap + "; use the reference engine");
  const bool is_rounded = precision == Precision::kBfloat16;
  if (options_.has_projection()) projection_ = prepare_dense(weights.projection, is_rounded, kernels);
  if (options_.pooling == Pooling::kAttention) pooling_ = padded_vector(weights.pooling.values);
  for (const EncoderBlockWeights& block : weights.blocks)
    blocks_.push_back(prepare_block(block, options_, {blocks_.empty(), is_rounded}, kernels));
  if (!blocks_.empty())
    first_attention_ =
        std::make_unique<FirstAttention>(blocks_.front(), positions_, length_, padded_width_, kernels);
  choose_sizes();
}

RowsEngine::~RowsEngine() = default;

std::string RowsEngine::description() const {
  return fmt::format("rows engine, {}, {}", precision_ == Precision::kFloat32 ? "float32" : "bfloat16",
                     kernels_.name);
}

void RowsEngine::choose_sizes() {
  constexpr std::int64_t kLeastPlaces = 120;
  std::int64_t per_place = 3 * padded_width_ + padded(options_.ff_dim);
  for (const PreparedBlock& block : blocks_) {
    per_place = std::max(per_place, 3 * padded_width_ + padded(options_.ff_dim) +
                                        2 * block.scores.row_stride() + block.values.row_stride());
  }
  const std::int64_t places = std::max(kLeastPlaces, kChunkFloats / per_place);
  chunk_windows_ = std::max<std::int64_t>(1, places / length_);
  floats_per_row_ = padded_width_ + (first_attention_ ? first_attention_->floats_per_row() : 0);
}

std::int64_t RowsEngine::stretch_windows(std::int64_t stride) const noexcept {
  const std::int64_t step = std::min(stride, length_), shared = length_ - step;
  // Rows that a stretch does not share with the one before. Computing the shared ones again is a fifth of the
  // rows' work at four times their number; where tables are too large for that, an eighth of a window still
  // keeps it far below the work of the windows themselves, which grows with the square of their length.
  std::int64_t rows = std::max(kStretchFloats / floats_per_row_, 4 * shared);
  rows = std::min(rows, std::max(kMostStretchFloats / floats_per_row_ - length_, shared / 8));
  const std::int64_t windows = std::max(rows / step, chunk_windows_);
  return windows / chunk_windows_ * chunk_windows_;
}

std::int64_t RowsEngine::table_floats(std::int64_t stride) const noexcept {
  return ((stretch_windows(stride) - 1) * std::min(stride, length_) + length_) * floats_per_row_;
}

std::int64_t RowsEngine::task_windows(std::int64_t window_count, std::int64_t stride,
                                      int thread_count) const noexcept {
  const std::int64_t parts = 2 * static_cast<std::int64_t>(thread_count) * chunk_windows_;
  const std::int64_t share = std::max<std::int64_t>(1, (window_count + parts - 1) / parts) * chunk_windows_;
  return std::min(stretch_windows(stride), share);
}

void RowsEngine::embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
                       ThreadPool& pool) const {
  const std::int64_t window_count = static_cast<std::int64_t>(embeddings.size()) / width_;
  const std::int64_t features = options_.feature_count;
  assert(window_count == 0 ||
         ((window_count - 1) * stride + length_) * features <= static_cast<std::int64_t>(rows.size()));
  // Tasks may depend on the threads, since what a window becomes does not depend on the task.
  const std::int64_t grain = task_windows(window_count, stride, pool.thread_count());
  pool.parallel_for(window_count, grain, [&](IndexRange windows) {
    const FlushDenormals flushed;
    const WorkspaceLease lease(*this);
    Workspace& work = *lease;
    const float* const first = rows.data() + windows.begin * stride * features;
    float* const out = embeddings.data() + windows.begin * width_;
    if (stride <= length_) {
      embed_stretch(first, stride, windows.size(), out, work);
      return;
    }
    // Rows between windows are nobody's: leave them out.
    reserve(work.gathered, windows.size() * length_ * features);
    for (std::int64_t i = 0; i < windows.size(); ++i) {
      std::copy_n(first + i * stride * features, length_ * features,
                  work.gathered.data() + i * length_ * features);
    }
    embed_stretch(work.gathered.data(), length_, windows.size(), out, work);
  });
}

void RowsEngine::embed_stretch(const float* x, std::int64_t stride, std::int64_t count, float* embeddings,
                               Workspace& work) const {
  const std::int64_t row_count = (count - 1) * stride + length_;
  project(x, row_count, work);
  if (first_attention_) first_attention_->fill(work.tables, work.y.data(), row_count, work.multiplier);
  for (std::int64_t first = 0; first < count; first += chunk_windows_) {
    const Chunk chunk{first, std::min(chunk_windows_, count - first), stride};
    embed_chunk(chunk, embeddings + first * width_, work);
  }
}

void RowsEngine::project(const float* x, std::int64_t row_count, Workspace& work) const {
  const std::int64_t features = options_.feature_count;
  const std::int64_t stride = options_.has_projection() ? padded(features) : padded_width_;
  nn::AlignedVector<float>& copy = options_.has_projection() ? work.x : work.y;
  reserve(copy, (row_count + 3) * stride);
  for (std::int64_t row = 0; row < row_count; ++row)
    std::copy_n(x + row * features, features, copy.data() + row * stride);
  if (!options_.has_projection()) return;
  reserve(work.y, (row_count + 3) * padded_width_);
  work.multiplier.multiply(work.x.data(), stride, row_count, projection_.weight, work.y.data(), padded_width_,
                           {.bias = projection_.bias.data()});
}

void RowsEngine::embed_chunk(const Chunk& chunk, float* embeddings, Workspace& work) const {
  reserve(work.h, (chunk.count * length_ + 3) * padded_width_);
  if (blocks_.empty()) {
    for (std::int64_t window = 0; window < chunk.count; ++window) {
      for (std::int64_t place = 0; place < length_; ++place) {
        const std::int64_t row = (chunk.first + window) * chunk.stride + place;
        kernels_.add(work.y.data() + row * padded_width_, positions_.data() + place * padded_width_,
                     padded_width_, work.h.data() + (window * length_ + place) * padded_width_);
      }
    }
  }
  for (const PreparedBlock& block : blocks_) {
    const bool is_first = &block == &blocks_.front();
    if (is_first) {
      attend_first(chunk, work);
    } else {
      attend(block, chunk, work);
    }
    finish_block(block, chunk, is_first, work);
  }
  pool_windows(chunk, embeddings, work);
}

void RowsEngine::attend_first(const Chunk& chunk, Workspace& work) const {
  const PreparedBlock& block = blocks_.front();
  const std::int64_t stride = first_attention_->value_stride(), columns = padded(length_);
  reserve(work.window_values, length_ * stride);
  reserve(work.weights, block.scores.heads * std::min(kPlaces, length_) * columns);
  for (std::int64_t window = 0; window < chunk.count; ++window) {
    const std::int64_t first_row = (chunk.first + window) * chunk.stride;
    first_attention_->gather_values(work.tables, first_row, work.window_values.data());
    for (std::int64_t begin = 0; begin < length_; begin += kPlaces) {
      const std::int64_t end = std::min(begin + kPlaces, length_);
      for (std::int64_t head = 0; head < block.scores.heads; ++head) {
        first_attention_->weigh(work.tables, first_row, head, begin, end, options_.look_ahead_mask,
                                work.weights.data() + head * (end - begin) * columns);
      }
      add_values(block, work.window_values.data(), stride, window, begin, end, work);
    }
  }
}

void RowsEngine::attend(const PreparedBlock& block, const Chunk& chunk, Workspace& work) const {
  const std::int64_t value_stride = spread(block.values.row_stride());
  multiply_inputs(block, chunk.count * length_, work);
  reserve(work.scores, std::min(kPlaces, length_) * padded(length_));
  reserve(work.weights, block.scores.heads * std::min(kPlaces, length_) * padded(length_));
  for (std::int64_t window = 0; window < chunk.count; ++window) {
    lay_out_right(block, window, work);
    for (std::int64_t begin = 0; begin < length_; begin += kPlaces) {
      const std::int64_t end = std::min(begin + kPlaces, length_);
      for (std::int64_t head = 0; head < block.scores.heads; ++head)
        weigh(block, window, head, begin, end, work);
      add_values(block, work.value.data() + window * length_ * value_stride, value_stride, window, begin, end,
                 work);
    }
  }
}

void RowsEngine::multiply_inputs(const PreparedBlock& block, std::int64_t places, Workspace& work) const {
  const std::int64_t score_stride = spread(block.scores.row_stride());
  const std::int64_t value_stride = spread(block.values.row_stride());
  reserve(work.left, places * score_stride);
  work.multiplier.multiply(work.h.data(), padded_width_, places, block.left.weight, work.left.data(),
                           score_stride, {.bias = block.left.bias.data()});
  reserve(work.value, places * value_stride);
  work.multiplier.multiply(work.h.data(), padded_width_, places, block.value, work.value.data(),
                           value_stride);
  if (block.is_folded) return;
  reserve(work.right, (places + 3) * score_stride);  // blocks of 4 x 4 are transposed
  work.multiplier.multiply(work.h.data(), padded_width_, places, block.right, work.right.data(),
                           score_stride);
}

void RowsEngine::lay_out_right(const PreparedBlock& block, std::int64_t window, Workspace& work) const {
  const HeadLayout& layout = block.scores;
  const float* const right = block.is_folded ? work.h.data() : work.right.data();
  const std::int64_t stride = block.is_folded ? padded_width_ : spread(layout.row_stride());
  const std::int64_t heads = block.is_folded ? 1 : layout.heads, columns = padded(length_);
  reserve(work.right_columns, heads * layout.head_stride() * columns);
  for (std::int64_t head = 0; head < heads; ++head) {
    kernels_.transpose(right + window * length_ * stride + head * layout.head_stride(), stride, length_,
                       layout.width, work.right_columns.data() + head * layout.head_stride() * columns,
                       columns);
  }
}

void RowsEngine::weigh(const PreparedBlock& block, std::int64_t window, std::int64_t head, std::int64_t begin,
                       std::int64_t end, Workspace& work) const {
  const HeadLayout& layout = block.scores;
  const std::int64_t left_stride = spread(layout.row_stride()), columns = padded(length_);
  const float* const left =
      work.left.data() + (window * length_ + begin) * left_stride + head * layout.head_stride();
  const float* const right =
      work.right_columns.data() + (block.is_folded ? 0 : head * layout.head_stride() * columns);
  kernels_.multiply_plain(left, left_stride, end - begin, layout.width, right, columns, columns,
                          work.scores.data(), columns, {});
  float* out = work.weights.data() + head * (end - begin) * columns;
  for (std::int64_t i = begin; i < end; ++i, out += columns) {
    if (options_.look_ahead_mask) std::fill(out, out + columns, 0.0F);
    kernels_.softmax(work.scores.data() + (i - begin) * columns, options_.look_ahead_mask ? i + 1 : length_,
                     out);
  }
}

void RowsEngine::add_values(const PreparedBlock& block, const float* values, std::int64_t value_stride,
                            std::int64_t window, std::int64_t begin, std::int64_t end,
                            Workspace& work) const {
  const std::int64_t columns = padded(length_), head_stride = block.values.head_stride();
  const bool is_output = block.value_kind == ValueKind::kOutputRows;
  const std::int64_t out_stride = is_output ? padded_width_ : block.values.row_stride();
  nn::AlignedVector<float>& memory = is_output ? work.attended : work.head_sums;
  reserve(memory, (window + 1) * length_ * out_stride);
  float* const out = memory.data() + (window * length_ + begin) * out_stride;
  for (std::int64_t head = 0; head < block.values.heads; ++head) {
    // Heads of output rows add up, beginning with the bias; those of head rows lie side by side.
    nn::Epilogue epilogue;
    if (is_output && head == 0) epilogue.bias = block.output.bias.data();
    epilogue.adds_to_c = is_output && head > 0;
    kernels_.multiply_plain(work.weights.data() + head * (end - begin) * columns, columns, end - begin,
                            length_, values + head * head_stride, value_stride, head_stride,
                            is_output ? out : out + head * head_stride, out_stride, epilogue);
  }
}

void RowsEngine::finish_block(const PreparedBlock& block, const Chunk& chunk, bool is_first,
                              Workspace& work) const {
  const std::int64_t places = chunk.count * length_, ff_columns = padded(options_.ff_dim);
  if (block.value_kind == ValueKind::kHeadRows) {
    reserve(work.attended, places * padded_width_);
    work.multiplier.multiply(work.head_sums.data(), block.values.row_stride(), places, block.output.weight,
                             work.attended.data(), padded_width_, {.bias = block.output.bias.data()});
  }
  reserve(work.r, places * padded_width_);
  for (std::int64_t i = 0; i < places; ++i) {
    // What attention is added to: the block's input, in the first block row and place apart.
    const std::int64_t row = (chunk.first + i / length_) * chunk.stride + i % length_;
    const float* const input =
        is_first ? work.y.data() + row * padded_width_ : work.h.data() + i * padded_width_;
    const float* const place = is_first ? positions_.data() + i % length_ * padded_width_ : nullptr;
    kernels_.norm_and_add(work.attended.data() + i * padded_width_, width_, kNormEpsilon,
                          block.norm1.weight.data(), block.norm1.bias.data(), input, place,
                          work.r.data() + i * padded_width_);
  }
  reserve(work.hidden, places * ff_columns);
  work.multiplier.multiply(work.r.data(), padded_width_, places, block.ffn1.weight, work.hidden.data(),
                           ff_columns, {.bias = block.ffn1.bias.data(), .is_relu = true});
  work.multiplier.multiply(work.hidden.data(), ff_columns, places, block.ffn2.weight, work.attended.data(),
                           padded_width_, {.bias = block.ffn2.bias.data()});
  for (std::int64_t i = 0; i < places; ++i) {
    kernels_.norm_and_add(work.attended.data() + i * padded_width_, width_, kNormEpsilon,
                          block.norm2.weight.data(), block.norm2.bias.data(),
                          work.r.data() + i * padded_width_, nullptr, work.h.data() + i * padded_width_);
  }
}

void RowsEngine::pool_windows(const Chunk& chunk, float* embeddings, Workspace& work) const {
  reserve(work.pooled, padded_width_ + 2 * padded(length_));
  float* const pooled = work.pooled.data();
  float* const weights = pooled + padded_width_;
  for (std::int64_t window = 0; window < chunk.count; ++window) {
    const float* const h = work.h.data() + window * length_ * padded_width_;
    const float* const last = h + (length_ - 1) * padded_width_;
    switch (options_.pooling) {
      case Pooling::kLast:
        std::copy_n(last, padded_width_, pooled);
        break;
      case Pooling::kMax:
        std::copy_n(h, padded_width_, pooled);
        for (std::int64_t place = 1; place < length_; ++place)
          kernels_.take_greater(h + place * padded_width_, padded_width_, pooled);
        break;
      case Pooling::kMean:
        std::fill_n(weights, length_, 1.0F / static_cast<float>(length_));
        break;
      case Pooling::kAttention: {
        float* const scores = weights + padded(length_);
        for (std::int64_t place = 0; place < length_; ++place) {
          scores[place] = 0.0F;
          for (std::int64_t d = 0; d < width_; ++d)
            scores[place] += h[place * padded_width_ + d] * pooling_[static_cast<std::size_t>(d)];
        }
        kernels_.softmax(scores, length_, weights);
        break;
      }
    }
    if (options_.pooling == Pooling::kMean || options_.pooling == Pooling::kAttention) {
      kernels_.multiply_plain(weights, length_, 1, length_, h, padded_width_, padded_width_, pooled,
                              padded_width_, {});
    }
    std::copy_n(pooled, width_, embeddings + window * width_);
  }
}

}  // namespace regimetry::models
