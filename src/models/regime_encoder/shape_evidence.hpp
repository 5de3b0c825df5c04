// What the shapes of an encoder's tensors say about its options.
//
// Why: weights made elsewhere come without options, and one that fits no shape is best explained by the one
// that would.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regimetry::models {

using TensorShapes = std::map<std::string, std::vector<std::int64_t>>;

// A size and a tensor that has it, in words: 1024, "blocks.0.attention.query.weight's 1024 rows".
struct SizeEvidence {
  std::int64_t value = 0;
  std::string seen;
};

// Absent where no tensor tells. Where tensors contradict each other, what most of them say.
struct ShapeEvidence {
  std::optional<SizeEvidence> feature_count;   // F, of a projection
  std::optional<SizeEvidence> unpadded_width;  // of a projection
  std::optional<SizeEvidence> width;           // D
  std::optional<SizeEvidence> heads_width;     // H * K
  std::optional<SizeEvidence> ff_dim;
  std::optional<SizeEvidence> window_size;  // L, of learned positions
  std::int64_t block_count = 0;
  bool has_projection = false, has_positions = false, has_pooling = false;
  bool is_encoder = false;  // a tensor has a name that one of a regime encoder can have
};

[[nodiscard]] ShapeEvidence find_shape_evidence(const TensorShapes& shapes);

}  // namespace regimetry::models
