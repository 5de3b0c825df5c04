#include "models/regime_encoder/prepared_block.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace regimetry::models {
namespace {

using nn::padded;

// A matrix in the making, in double: [rows, heads * head stride].
struct Draft {
  std::int64_t rows = 0;
  HeadLayout layout;
  std::vector<double> values;

  Draft(std::int64_t row_count, HeadLayout head_layout)
      : rows(row_count),
        layout(head_layout),
        values(static_cast<std::size_t>(row_count * head_layout.row_stride()), 0.0) {}
  double* at(std::int64_t row, std::int64_t head) {
    return values.data() + row * layout.row_stride() + head * layout.head_stride();
  }
  [[nodiscard]] nn::PackedMatrix pack(bool is_rounded, const nn::RowKernels& kernels) const {
    const std::vector<float> once(values.begin(), values.end());
    return {once, rows, layout.row_stride(), is_rounded, kernels};
  }
};

class BlockPreparer {
 public:
  BlockPreparer(const EncoderBlockWeights& weights, const RegimeEncoderOptions& options,
                const PrepareOptions& prepare, const nn::RowKernels& kernels)
      : weights_(weights.attention),
        width_(options.width()),
        length_(options.window_size),
        heads_(options.num_heads),
        head_size_(options.head_size),
        prepare_(prepare),
        kernels_(kernels) {}

  void prepare_attention(PreparedBlock& block) const {
    block.is_folded = width_ * (width_ + length_) <= 2 * width_ * head_size_ + length_ * head_size_;
    prepare_scores(block);
    prepare_values(block);
  }

 private:
  [[nodiscard]] HeadLayout wide() const { return {heads_, width_}; }
  [[nodiscard]] HeadLayout narrow() const { return {heads_, head_size_}; }
  // Row k of head h of a query, key or value matrix: [D].
  [[nodiscard]] const float* row_of(const DenseWeights& dense, std::int64_t head, std::int64_t k) const {
    return dense.weight.values.data() + (head * head_size_ + k) * width_;
  }
  [[nodiscard]] float bias_of(const DenseWeights& dense, std::int64_t head, std::int64_t k) const {
    return dense.bias.values[static_cast<std::size_t>(head * head_size_ + k)];
  }
  [[nodiscard]] float output_at(std::int64_t column, std::int64_t head, std::int64_t k) const {
    return weights_.output.weight
        .values[static_cast<std::size_t>(column * heads_ * head_size_ + head * head_size_ + k)];
  }

  void prepare_scores(PreparedBlock& block) const {
    const double scale = 1.0 / std::sqrt(static_cast<double>(head_size_));
    block.scores = block.is_folded ? wide() : narrow();
    Draft bias(1, block.scores);
    if (block.is_folded) {
      Draft left(width_, block.scores);
      for_each_head_row([&](std::int64_t head, std::int64_t k) {
        const float* const query = row_of(weights_.query, head, k);
        const float* const key = row_of(weights_.key, head, k);
        for (std::int64_t d = 0; d < width_; ++d) add_scaled(key, scale * query[d], left.at(d, head));
        add_scaled(key, scale * bias_of(weights_.query, head, k), bias.at(0, head));
      });
      block.left.weight = left.pack(prepare_.is_rounded, kernels_);
    } else {
      block.left.weight = transposed(weights_.query, scale);
      block.right = transposed(weights_.key, 1.0);
      for_each_head_row([&](std::int64_t head, std::int64_t k) {
        bias.at(0, head)[k] = scale * bias_of(weights_.query, head, k);
      });
    }
    block.left.bias.assign(bias.values.begin(), bias.values.end());
  }

  void prepare_values(PreparedBlock& block) const {
    const bool shared_pays = length_ * width_ <= (length_ + width_) * head_size_;
    const bool gives_output = block.is_folded || (prepare_.is_first && shared_pays);
    block.value_kind = gives_output ? ValueKind::kOutputRows : ValueKind::kHeadRows;
    block.values = gives_output ? wide() : narrow();
    if (block.is_folded) {
      block.value = folded_value();
    } else if (gives_output) {
      block.head_value = transposed(weights_.value, 1.0);
      for (std::int64_t head = 0; head < heads_; ++head) block.head_outputs.push_back(output_of(head, 1));
    } else {
      block.value = transposed(weights_.value, 1.0);
      block.output.weight = output_of(0, heads_);
    }
    block.output.bias = output_bias();
  }

  // Wo_h Wv_h of every head, as a right-hand side.
  [[nodiscard]] nn::PackedMatrix folded_value() const {
    Draft folded(width_, wide());
    std::vector<double> column(static_cast<std::size_t>(width_));
    for_each_head_row([&](std::int64_t head, std::int64_t k) {
      for (std::int64_t e = 0; e < width_; ++e)
        column[static_cast<std::size_t>(e)] = static_cast<double>(output_at(e, head, k));
      const float* const value = row_of(weights_.value, head, k);
      for (std::int64_t d = 0; d < width_; ++d) add_scaled(column.data(), value[d], folded.at(d, head));
    });
    return folded.pack(prepare_.is_rounded, kernels_);
  }

  // [H * K, D] as the right-hand side [D, H * padded K].
  [[nodiscard]] nn::PackedMatrix transposed(const DenseWeights& dense, double scale) const {
    Draft draft(width_, narrow());
    for_each_head_row([&](std::int64_t head, std::int64_t k) {
      const float* const row = row_of(dense, head, k);
      for (std::int64_t d = 0; d < width_; ++d) draft.at(d, head)[k] = scale * row[d];
    });
    return draft.pack(prepare_.is_rounded, kernels_);
  }

  // The output matrix of `count` heads from `first` on, as a right-hand side [count * padded K, D].
  [[nodiscard]] nn::PackedMatrix output_of(std::int64_t first, std::int64_t count) const {
    Draft draft(count * narrow().head_stride(), {1, width_});
    for (std::int64_t head = 0; head < count; ++head) {
      for (std::int64_t k = 0; k < head_size_; ++k) {
        double* const row = draft.at(head * narrow().head_stride() + k, 0);
        for (std::int64_t e = 0; e < width_; ++e) row[e] = static_cast<double>(output_at(e, first + head, k));
      }
    }
    return draft.pack(prepare_.is_rounded, kernels_);
  }

  [[nodiscard]] nn::AlignedVector<float> output_bias() const {
    nn::AlignedVector<float> bias(static_cast<std::size_t>(padded(width_)), 0.0F);
    for (std::int64_t e = 0; e < width_; ++e) {
      double sum = weights_.output.bias.values[static_cast<std::size_t>(e)];
      for_each_head_row([&](std::int64_t head, std::int64_t k) {
        sum += static_cast<double>(output_at(e, head, k)) * bias_of(weights_.value, head, k);
      });
      bias[static_cast<std::size_t>(e)] = static_cast<float>(sum);
    }
    return bias;
  }

  template <class Use>
  void for_each_head_row(Use use) const {
    for (std::int64_t head = 0; head < heads_; ++head) {
      for (std::int64_t k = 0; k < head_size_; ++k) use(head, k);
    }
  }

  template <class Number>
  void add_scaled(const Number* values, double factor, double* sums) const {
    for (std::int64_t e = 0; e < width_; ++e) sums[e] += factor * static_cast<double>(values[e]);
  }

  const AttentionWeights& weights_;
  std::int64_t width_, length_, heads_, head_size_;
  PrepareOptions prepare_;
  const nn::RowKernels& kernels_;
};

PreparedNorm prepare_norm(const NormWeights& norm) {
  return {padded_vector(norm.weight.values), padded_vector(norm.bias.values)};
}

}  // namespace

nn::AlignedVector<float> padded_vector(const std::vector<float>& values) {
  nn::AlignedVector<float> result(static_cast<std::size_t>(padded(static_cast<std::int64_t>(values.size()))),
                                  0.0F);
  std::copy(values.begin(), values.end(), result.begin());
  return result;
}

PreparedDense prepare_dense(const DenseWeights& dense, bool is_rounded, const nn::RowKernels& kernels) {
  const std::int64_t out = dense.weight.shape[0], in = dense.weight.shape[1];
  std::vector<float> right(dense.weight.values.size());
  for (std::int64_t row = 0; row < out; ++row) {
    for (std::int64_t column = 0; column < in; ++column)
      right[static_cast<std::size_t>(column * out + row)] =
          dense.weight.values[static_cast<std::size_t>(row * in + column)];
  }
  return {nn::PackedMatrix(right, in, out, is_rounded, kernels), padded_vector(dense.bias.values)};
}

PreparedBlock prepare_block(const EncoderBlockWeights& weights, const RegimeEncoderOptions& options,
                            const PrepareOptions& prepare, const nn::RowKernels& kernels) {
  PreparedBlock block;
  BlockPreparer(weights, options, prepare, kernels).prepare_attention(block);
  block.norm1 = prepare_norm(weights.norm1);
  block.norm2 = prepare_norm(weights.norm2);
  block.ffn1 = prepare_dense(weights.ffn1, prepare.is_rounded, kernels);
  block.ffn2 = prepare_dense(weights.ffn2, prepare.is_rounded, kernels);
  return block;
}

}  // namespace regimetry::models
