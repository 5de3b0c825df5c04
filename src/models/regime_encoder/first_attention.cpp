#include "models/regime_encoder/first_attention.hpp"

#include <algorithm>

namespace regimetry::models {
namespace {

using nn::padded;

// Rows whose bands are computed together, as one small product.
constexpr std::int64_t kGroup = 6;
// The kernels read up to a block past what is used.
constexpr std::int64_t kSlack = nn::kColumnBlock;

void reserve(nn::AlignedVector<float>& memory, std::int64_t count) {
  if (static_cast<std::int64_t>(memory.size()) < count) memory.resize(static_cast<std::size_t>(count), 0.0F);
}

}  // namespace

FirstAttention::FirstAttention(const PreparedBlock& block, const nn::AlignedVector<float>& positions,
                               std::int64_t window_size, std::int64_t padded_width,
                               const nn::RowKernels& kernels)
    : block_(block), length_(window_size), width_(padded_width), kernels_(kernels) {
  Multiplier multiplier(kernels);
  score_places(positions, multiplier);
  nn::AlignedVector<float> head_value;
  fill_values(positions.data(), length_, head_value, place_value_, multiplier);
}

std::int64_t FirstAttention::band() const noexcept {
  return padded(2 * length_ - 2 + kGroup);
}

std::int64_t FirstAttention::value_stride() const noexcept {
  // An odd number of cache lines, so that the rows of a window do not fall on the same few sets of the cache.
  return block_.values.row_stride() | nn::kColumnBlock;
}

std::int64_t FirstAttention::floats_per_row() const noexcept {
  const std::int64_t heads = block_.scores.heads;
  return block_.scores.row_stride() * (block_.is_folded ? 1 : 3) + block_.scores.head_stride() +
         value_stride() + heads * (band() + padded(length_) + length_) + width_;
}

void FirstAttention::score_places(const nn::AlignedVector<float>& positions, Multiplier& multiplier) {
  const HeadLayout& layout = block_.scores;
  const std::int64_t stride = layout.row_stride(), columns = padded(length_);
  place_left_.assign(static_cast<std::size_t>(length_ * stride), 0.0F);
  multiplier.multiply(positions.data(), width_, length_, block_.left.weight, place_left_.data(), stride,
                      {.bias = block_.left.bias.data()});

  // Four more rows, since blocks of 4 x 4 are transposed.
  const std::int64_t right_stride = block_.is_folded ? width_ : stride;
  nn::AlignedVector<float> right(static_cast<std::size_t>((length_ + 4) * right_stride), 0.0F);
  if (block_.is_folded) {
    std::copy(positions.begin(), positions.end(), right.begin());
  } else {
    multiplier.multiply(positions.data(), width_, length_, block_.right, right.data(), stride);
  }
  const std::int64_t head_size = layout.head_stride() * columns;
  place_right_columns_.assign(static_cast<std::size_t>(right_heads() * head_size), 0.0F);
  for (std::int64_t head = 0; head < right_heads(); ++head) {
    kernels_.transpose(right.data() + head * layout.head_stride(), right_stride, length_, layout.width,
                       place_right_columns_.data() + head * head_size, columns);
  }

  place_pair_scores_.assign(static_cast<std::size_t>(layout.heads * length_ * columns + kSlack), 0.0F);
  for (std::int64_t head = 0; head < layout.heads; ++head) {
    kernels_.multiply_plain(place_left_.data() + head * layout.head_stride(), stride, length_, layout.width,
                            place_right_columns_.data() + (block_.is_folded ? 0 : head * head_size), columns,
                            columns, place_pair_scores_.data() + head * length_ * columns, columns, {});
  }
}

void FirstAttention::fill_values(const float* y, std::int64_t rows, nn::AlignedVector<float>& head_value,
                                 nn::AlignedVector<float>& value, Multiplier& multiplier) const {
  reserve(value, rows * value_stride());
  if (block_.head_outputs.empty()) {
    multiplier.multiply(y, width_, rows, block_.value, value.data(), value_stride());
    return;
  }
  const std::int64_t heads_width = block_.head_value.columns();
  reserve(head_value, rows * heads_width);
  multiplier.multiply(y, width_, rows, block_.head_value, head_value.data(), heads_width);
  const auto heads = static_cast<std::int64_t>(block_.head_outputs.size());
  for (std::int64_t head = 0; head < heads; ++head) {
    multiplier.multiply(head_value.data() + head * (heads_width / heads), heads_width, rows,
                        block_.head_outputs[static_cast<std::size_t>(head)],
                        value.data() + head * block_.values.head_stride(), value_stride());
  }
}

void FirstAttention::fill(RowTables& tables, const float* y, std::int64_t row_count,
                          Multiplier& multiplier) const {
  const HeadLayout& layout = block_.scores;
  const std::int64_t stride = layout.row_stride();
  tables.row_count = row_count;
  reserve(tables.left, row_count * stride);
  multiplier.multiply(y, width_, row_count, block_.left.weight, tables.left.data(), stride);
  if (!block_.is_folded) {
    reserve(tables.right, (row_count + 4) * stride);
    multiplier.multiply(y, width_, row_count, block_.right, tables.right.data(), stride);
  }
  fill_values(y, row_count, tables.head_value, tables.value, multiplier);

  // Row r stands in column r + L - 1; before the first and after the last are margins that the bands reach
  // into. Whatever the margins hold is never used.
  const std::int64_t columns = padded(row_count + 2 * length_ + 2 * kSlack);
  if (columns > tables.row_columns) {
    tables.row_columns = columns;
    tables.right_columns.assign(static_cast<std::size_t>(right_heads() * layout.head_stride() * columns),
                                0.0F);
    tables.row_scores.assign(static_cast<std::size_t>(layout.heads * length_ * columns + kSlack), 0.0F);
  }
  for (std::int64_t head = 0; head < right_heads(); ++head) {
    const float* const right = block_.is_folded ? y : tables.right.data() + head * layout.head_stride();
    kernels_.transpose(
        right, block_.is_folded ? width_ : stride, row_count, layout.width,
        tables.right_columns.data() + head * layout.head_stride() * tables.row_columns + length_ - 1,
        tables.row_columns);
  }
  fill_scores(tables, row_count);
}

void FirstAttention::fill_scores(RowTables& tables, std::int64_t row_count) const {
  const HeadLayout& layout = block_.scores;
  const std::int64_t stride = layout.row_stride(), places = padded(length_);
  reserve(tables.pair_scores, layout.heads * row_count * band() + kSlack);
  reserve(tables.place_scores, layout.heads * row_count * places + kSlack);
  for (std::int64_t head = 0; head < layout.heads; ++head) {
    const std::int64_t right_head = block_.is_folded ? 0 : head;
    const float* const left = tables.left.data() + head * layout.head_stride();
    const float* const right =
        tables.right_columns.data() + right_head * layout.head_stride() * tables.row_columns;
    float* const pairs = tables.pair_scores.data() + head * row_count * band();
    for (std::int64_t row = 0; row < row_count; row += kGroup) {
      kernels_.multiply_plain(left + row * stride, stride, std::min(kGroup, row_count - row), layout.width,
                              right + row, tables.row_columns, band(), pairs + row * band(), band(), {});
    }
    kernels_.multiply_plain(left, stride, row_count, layout.width,
                            place_right_columns_.data() + right_head * layout.head_stride() * places, places,
                            places, tables.place_scores.data() + head * row_count * places, places, {});
    kernels_.multiply_plain(place_left_.data() + head * layout.head_stride(), stride, length_, layout.width,
                            right + length_ - 1, tables.row_columns, padded(row_count),
                            tables.row_scores.data() + head * length_ * tables.row_columns,
                            tables.row_columns, {});
  }
}

void FirstAttention::weigh(const RowTables& tables, std::int64_t first_row, std::int64_t head,
                           std::int64_t begin, std::int64_t end, bool looks_back_only, float* out) const {
  const std::int64_t places = padded(length_);
  const float* const pairs = tables.pair_scores.data() + head * tables.row_count * band();
  const float* const row_places = tables.place_scores.data() + head * tables.row_count * places;
  const float* const place_rows = tables.row_scores.data() + head * length_ * tables.row_columns;
  const float* const place_pairs = place_pair_scores_.data() + head * length_ * places;
  for (std::int64_t i = begin; i < end; ++i, out += places) {
    const std::int64_t row = first_row + i;
    // The band of a row begins L - 1 before the first row of its group.
    const std::int64_t into_band = first_row - row / kGroup * kGroup + length_ - 1;
    const std::int64_t count = looks_back_only ? i + 1 : length_;
    if (looks_back_only) std::fill(out, out + places, 0.0F);
    kernels_.softmax_of_four(pairs + row * band() + into_band, row_places + row * places,
                             place_rows + i * tables.row_columns + first_row, place_pairs + i * places, count,
                             out);
  }
}

void FirstAttention::gather_values(const RowTables& tables, std::int64_t first_row, float* out) const {
  for (std::int64_t j = 0; j < length_; ++j) {
    kernels_.add(tables.value.data() + (first_row + j) * value_stride(),
                 place_value_.data() + j * value_stride(), block_.values.row_stride(),
                 out + j * value_stride());
  }
}

}  // namespace regimetry::models
