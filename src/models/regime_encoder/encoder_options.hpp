// What a regime encoder is made of. With the weights, these options say everything: the same two give the
// same function in the trainable module, in the rows engine and in an exported graph.
//
// Letters: F features, L rows per window, D width inside the encoder and of an embedding, H heads, K head
// size.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::models {

enum class EncodingMethod {
  kSinusoidal,  // fixed waves
  kLearnable,   // one vector per position, a weight
};
enum class EncodingStyle {
  kInterleaved,  // sine at even columns, cosine at odd ones
  kStacked,      // all sines, then all cosines; an odd width is padded with one zero column
};
enum class Activation { kRelu, kGelu };  // kGelu: the exact one, x * Phi(x)
enum class Pooling {
  kMean,
  kLast,       // the newest row of the window
  kMax,        // per column
  kAttention,  // rows weighted by a softmax over a learned direction
};

struct RegimeEncoderOptions {
  // Columns of a row and rows of a window. Both come from the data; 0 is not usable.
  std::int64_t feature_count = 0;
  std::int64_t window_size = 0;
  // Width of an embedding. A projection leads there from the features when it differs from their number.
  // Absent: as wide as the features, no projection.
  std::optional<std::int64_t> embedding_dim = {};
  EncodingMethod encoding_method = EncodingMethod::kSinusoidal;
  // Of sinusoidal positions; idle for learnable ones.
  EncodingStyle encoding_style = EncodingStyle::kInterleaved;
  std::int64_t num_transformer_blocks = 2;
  // Heads, and width of each head's queries, keys and values; K does not depend on D.
  std::int64_t num_heads = 4;
  std::int64_t head_size = 256;
  // Width of the hidden layer of the two pointwise layers.
  std::int64_t ff_dim = 128;
  // Share of values set to zero while training; embedding never drops any.
  double dropout = 0.1;
  Activation activation = Activation::kRelu;
  // Norms before attention and pointwise layers instead of after them.
  bool pre_norm = false;
  Pooling pooling = Pooling::kMean;
  // Each row attends to itself and earlier rows of its window only.
  bool look_ahead_mask = false;

  // D: `embedding_dim` or `feature_count`, plus the column of zeros of a stacked encoding of odd width.
  [[nodiscard]] std::int64_t width() const noexcept;
  // D without that column: where the projection leads.
  [[nodiscard]] std::int64_t unpadded_width() const noexcept;
  [[nodiscard]] bool has_projection() const noexcept;
  [[nodiscard]] bool has_padding_column() const noexcept { return width() != unpadded_width(); }
  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;

  bool operator==(const RegimeEncoderOptions&) const = default;
};

// Layer norms divide by sqrt(variance + this).
inline constexpr float kNormEpsilon = 1e-6F;

// The words of settings and files: "sinusoidal", "stacked", "gelu", "attention", ...
[[nodiscard]] std::string_view name_of(EncodingMethod method) noexcept;
[[nodiscard]] std::string_view name_of(EncodingStyle style) noexcept;
[[nodiscard]] std::string_view name_of(Activation activation) noexcept;
[[nodiscard]] std::string_view name_of(Pooling pooling) noexcept;

// An object with a key per field. Reading throws Error (kData) for a missing or unknown key or a wrong value.
void to_json(nlohmann::json& json, const RegimeEncoderOptions& options);
void from_json(const nlohmann::json& json, RegimeEncoderOptions& options);

}  // namespace regimetry::models
