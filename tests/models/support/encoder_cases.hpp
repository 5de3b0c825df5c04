// Encoders of every kind that the options allow, small enough for the definition's plain loops.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "models/regime_encoder/encoder_options.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

struct EncoderCase {
  std::string name;  // letters, digits and underscores
  RegimeEncoderOptions options;
};

// What a failing test shows.
inline std::ostream& operator<<(std::ostream& out, const EncoderCase& one) {
  return out << one.name;
}

// The base case, and every option changed on its own and together with others that it could meet.
[[nodiscard]] std::vector<EncoderCase> encoder_cases();

// Weights with nothing left at 0 or 1: initial ones, with biases, norms and positions drawn too, so that a
// forgotten one shows.
[[nodiscard]] RegimeEncoderWeights drawn_weights(const RegimeEncoderOptions& options, std::uint64_t seed);

// [row_count, F], standard normal.
[[nodiscard]] std::vector<float> drawn_rows(const RegimeEncoderOptions& options, std::int64_t row_count,
                                            std::uint64_t seed);

// The largest difference of two lists of embeddings, as a share of the largest number of the second.
[[nodiscard]] double relative_difference(const std::vector<float>& got, const std::vector<double>& expected);

}  // namespace regimetry::models
