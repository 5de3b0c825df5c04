#include "models/regime_encoder/embedding_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace regimetry::models {

EmbeddingStream::EmbeddingStream(const EmbeddingEngine& engine)
    : engine_(engine),
      feature_count_(engine.options().feature_count),
      window_size_(engine.options().window_size),
      alone_(1),
      rows_(static_cast<std::size_t>(2 * window_size_ * feature_count_)),
      embedding_(static_cast<std::size_t>(engine.options().width())) {}

std::span<const float> EmbeddingStream::push(std::span<const float> row) {
  if (static_cast<std::int64_t>(row.size()) != feature_count_) {
    throw Error(ErrorKind::kUsage,
                fmt::format("a row has {} features where the encoder takes {}", row.size(), feature_count_));
  }
  const auto bad = std::find_if(row.begin(), row.end(), [](float value) { return !std::isfinite(value); });
  if (bad != row.end()) {
    throw Error(ErrorKind::kData, fmt::format("feature {} of the row is {}; an encoder needs finite values",
                                              bad - row.begin(), *bad));
  }
  if (first_row_ + row_count_ == 2 * window_size_) {
    std::copy_n(rows_.data() + first_row_ * feature_count_, row_count_ * feature_count_, rows_.data());
    first_row_ = 0;
  }
  std::copy(row.begin(), row.end(), rows_.data() + (first_row_ + row_count_) * feature_count_);
  ++row_count_;
  if (row_count_ < window_size_) return {};
  engine_.embed(
      std::span<const float>(rows_).subspan(static_cast<std::size_t>(first_row_ * feature_count_),
                                            static_cast<std::size_t>(window_size_ * feature_count_)),
      1, embedding_, alone_);
  if (!std::all_of(embedding_.begin(), embedding_.end(), [](float value) { return std::isfinite(value); })) {
    --row_count_;
    throw Error(
        ErrorKind::kData,
        "the embedding of the window that ends with this row is not finite: values this large overflow "
        "float32. Scale them, or leave the column out");
  }
  ++first_row_;
  --row_count_;
  return embedding_;
}

std::span<const float> EmbeddingStream::recent_rows() const noexcept {
  return std::span<const float>(rows_).subspan(static_cast<std::size_t>(first_row_ * feature_count_),
                                               static_cast<std::size_t>(row_count_ * feature_count_));
}

}  // namespace regimetry::models
