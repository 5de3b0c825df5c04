#include "models/regime_encoder/encoder_weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "nn/sinusoidal_positions.hpp"

namespace regimetry::models {
namespace {

WeightArray unfilled(std::vector<std::int64_t> shape) {
  return {std::move(shape), {}};
}

DenseWeights dense(std::int64_t out, std::int64_t in) {
  return {unfilled({out, in}), unfilled({out})};
}

void fill_uniform(WeightArray& array, double limit, RngStream stream) {
  for (float& value : array.values) value = static_cast<float>(stream.uniform(-limit, limit));
}

bool ends_with(const std::string& name, const char* end) {
  return name.ends_with(end);
}

void fill_initially(const std::string& name, WeightArray& array, const Rng& rng) {
  constexpr double kPositionLimit = 0.05;
  if (name == "position.weight") {
    fill_uniform(array, kPositionLimit, rng.stream("encoder." + name));
  } else if (ends_with(name, "norm1.weight") || ends_with(name, "norm2.weight")) {
    std::fill(array.values.begin(), array.values.end(), 1.0F);
  } else if (ends_with(name, ".weight")) {
    const bool is_matrix = array.shape.size() == 2;
    const double out = is_matrix ? static_cast<double>(array.shape[0]) : 1.0;
    const auto in = static_cast<double>(array.shape.back());
    fill_uniform(array, std::sqrt(6.0 / (in + out)), rng.stream("encoder." + name));
  }
}

}  // namespace

RegimeEncoderWeights shaped_weights(const RegimeEncoderOptions& options) {
  if (const auto problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("the encoder's options cannot be used: {}", fmt::join(problems, "; ")));
  }
  const std::int64_t width = options.width();
  const std::int64_t heads_width = options.num_heads * options.head_size;
  RegimeEncoderWeights weights;
  weights.options = options;
  if (options.has_projection()) weights.projection = dense(options.unpadded_width(), options.feature_count);
  if (options.encoding_method == EncodingMethod::kLearnable)
    weights.position = unfilled({options.window_size, width});
  for (std::int64_t i = 0; i < options.num_transformer_blocks; ++i) {
    EncoderBlockWeights block;
    block.attention = {dense(heads_width, width), dense(heads_width, width), dense(heads_width, width),
                       dense(width, heads_width)};
    block.norm1 = {unfilled({width}), unfilled({width})};
    block.norm2 = {unfilled({width}), unfilled({width})};
    block.ffn1 = dense(options.ff_dim, width);
    block.ffn2 = dense(width, options.ff_dim);
    weights.blocks.push_back(std::move(block));
  }
  if (options.pooling == Pooling::kAttention) weights.pooling = unfilled({width});
  return weights;
}

RegimeEncoderWeights zero_weights(const RegimeEncoderOptions& options) {
  RegimeEncoderWeights weights = shaped_weights(options);
  visit_weights(weights, [](const std::string&, WeightArray& array) {
    std::int64_t count = 1;
    for (const std::int64_t extent : array.shape) count *= extent;
    array.values.assign(static_cast<std::size_t>(count), 0.0F);
  });
  return weights;
}

RegimeEncoderWeights initial_weights(const RegimeEncoderOptions& options, const Rng& rng) {
  RegimeEncoderWeights weights = zero_weights(options);
  visit_weights(weights,
                [&](const std::string& name, WeightArray& array) { fill_initially(name, array, rng); });
  return weights;
}

std::int64_t parameter_count(const RegimeEncoderWeights& weights) {
  std::int64_t count = 0;
  visit_weights(weights, [&](const std::string&, const WeightArray& array) {
    count += static_cast<std::int64_t>(array.values.size());
  });
  return count;
}

WeightArray position_table(const RegimeEncoderWeights& weights) {
  const RegimeEncoderOptions& options = weights.options;
  if (options.encoding_method == EncodingMethod::kLearnable) return weights.position;
  return {{options.window_size, options.width()},
          nn::sinusoidal_positions(options.window_size, options.width(),
                                   options.encoding_style == EncodingStyle::kInterleaved)};
}

}  // namespace regimetry::models
