#include "support/encoder_cases.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace regimetry::models {
namespace {

RegimeEncoderOptions base() {
  RegimeEncoderOptions options;
  options.feature_count = 6;
  options.window_size = 9;
  options.num_heads = 2;
  options.head_size = 5;
  options.ff_dim = 11;
  return options;
}

template <class Change>
EncoderCase changed(std::string name, Change change) {
  EncoderCase one{std::move(name), base()};
  change(one.options);
  return one;
}

void add_shapes(std::vector<EncoderCase>& cases) {
  using Options = RegimeEncoderOptions;
  cases.push_back(changed("base", [](Options&) {}));
  cases.push_back(changed("one_row", [](Options& o) { o.window_size = 1; }));
  cases.push_back(changed("long_window", [](Options& o) { o.window_size = 40; }));
  cases.push_back(changed("one_feature", [](Options& o) { o.feature_count = 1; }));
  cases.push_back(changed("projected_up", [](Options& o) { o.embedding_dim = 16; }));
  cases.push_back(changed("projected_down", [](Options& o) { o.embedding_dim = 3; }));
  cases.push_back(changed("no_blocks", [](Options& o) { o.num_transformer_blocks = 0; }));
  cases.push_back(changed("four_blocks", [](Options& o) { o.num_transformer_blocks = 4; }));
  cases.push_back(changed("one_head", [](Options& o) { o.num_heads = 1; }));
  cases.push_back(changed("wide_heads", [](Options& o) { o.head_size = 32; }));
  cases.push_back(changed("narrow_heads", [](Options& o) { o.head_size = 1; }));
  cases.push_back(changed("one_hidden", [](Options& o) { o.ff_dim = 1; }));
  cases.push_back(changed("defaults", [](Options& o) {
    o.num_heads = 4, o.head_size = 256, o.ff_dim = 128, o.embedding_dim = 64, o.window_size = 5;
  }));
}

void add_kinds(std::vector<EncoderCase>& cases) {
  using Options = RegimeEncoderOptions;
  const auto stacked = [](Options& o) { o.encoding_style = EncodingStyle::kStacked; };
  cases.push_back(changed("stacked", stacked));
  cases.push_back(changed("stacked_odd", [&](Options& o) { stacked(o), o.feature_count = 7; }));
  cases.push_back(changed("stacked_odd_projected", [&](Options& o) { stacked(o), o.embedding_dim = 9; }));
  cases.push_back(changed("interleaved_odd", [](Options& o) { o.feature_count = 7; }));
  cases.push_back(changed("learnable", [](Options& o) { o.encoding_method = EncodingMethod::kLearnable; }));
  cases.push_back(changed("learnable_odd", [](Options& o) {
    o.encoding_method = EncodingMethod::kLearnable, o.feature_count = 7;
  }));
  cases.push_back(changed("gelu", [](Options& o) { o.activation = Activation::kGelu; }));
  cases.push_back(changed("pre_norm", [](Options& o) { o.pre_norm = true; }));
  cases.push_back(changed("look_ahead", [](Options& o) { o.look_ahead_mask = true; }));
  cases.push_back(changed("pre_norm_gelu_look_ahead", [](Options& o) {
    o.pre_norm = true, o.activation = Activation::kGelu, o.look_ahead_mask = true, o.embedding_dim = 8;
  }));
}

void add_poolings(std::vector<EncoderCase>& cases) {
  for (const Pooling pooling : {Pooling::kLast, Pooling::kMax, Pooling::kAttention}) {
    const std::string name = "pooling_" + std::string(name_of(pooling));
    cases.push_back(changed(name, [&](RegimeEncoderOptions& o) { o.pooling = pooling; }));
    cases.push_back(changed(name + "_look_ahead_pre_norm", [&](RegimeEncoderOptions& o) {
      o.pooling = pooling, o.look_ahead_mask = true, o.pre_norm = true;
    }));
    cases.push_back(changed(name + "_stacked_odd", [&](RegimeEncoderOptions& o) {
      o.pooling = pooling, o.encoding_style = EncodingStyle::kStacked, o.embedding_dim = 5;
    }));
  }
}

}  // namespace

std::vector<EncoderCase> encoder_cases() {
  std::vector<EncoderCase> cases;
  add_shapes(cases);
  add_kinds(cases);
  add_poolings(cases);
  return cases;
}

RegimeEncoderWeights drawn_weights(const RegimeEncoderOptions& options, std::uint64_t seed) {
  const Rng rng(seed);
  RegimeEncoderWeights weights = initial_weights(options, rng);
  visit_weights(weights, [&](const std::string& name, WeightArray& array) {
    const bool is_norm = name.find("norm") != std::string::npos;
    if (!is_norm && !name.ends_with(".bias") && name != "position.weight") return;
    RngStream stream = rng.stream("test." + name);
    for (float& value : array.values) value += static_cast<float>(stream.uniform(-0.5, 0.5));
  });
  return weights;
}

std::vector<float> drawn_rows(const RegimeEncoderOptions& options, std::int64_t row_count,
                              std::uint64_t seed) {
  RngStream stream = Rng(seed).stream("test.rows");
  std::vector<float> rows(static_cast<std::size_t>(row_count * options.feature_count));
  for (float& value : rows) value = static_cast<float>(stream.normal());
  return rows;
}

double relative_difference(const std::vector<float>& got, const std::vector<double>& expected) {
  if (got.size() != expected.size()) return std::numeric_limits<double>::infinity();
  double largest = 0.0, difference = 0.0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    largest = std::max(largest, std::abs(expected[i]));
    const double here = std::abs(static_cast<double>(got[i]) - expected[i]);
    difference = here <= difference ? difference : here;  // a NaN stays
  }
  return difference / largest;
}

}  // namespace regimetry::models
