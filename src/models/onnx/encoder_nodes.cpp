#include "models/onnx/encoder_nodes.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

namespace regimetry::models::onnx {
namespace {

// B windows, L rows each, D wide; H heads of size K. Between the parts of a block the rows of all windows
// stand below each other, [B * L, D], for that is what Gemm takes.
class EncoderNodes {
 public:
  EncoderNodes(GraphBuilder& graph, const RegimeEncoderWeights& weights)
      : graph_(graph), weights_(weights), options_(weights.options) {}

  void add(const std::string& features, const std::string& name) {
    std::string x = add_positions(pad(project(features)));
    x = graph_.add_reshape("rows", x, {-1, options_.width()});
    if (options_.look_ahead_mask && !weights_.blocks.empty()) add_mask();
    for (std::size_t i = 0; i < weights_.blocks.size(); ++i)
      x = add_block("blocks." + std::to_string(i), x, weights_.blocks[i]);
    pool(graph_.add_reshape("encoded", x, {-1, options_.window_size, options_.width()}), name);
  }

 private:
  std::string node(const char* op_type, const std::string& name, std::vector<std::string> inputs,
                   std::vector<Attribute> attributes = {}) {
    return graph_.add_node(op_type, name, std::move(inputs), std::move(attributes));
  }

  std::string weight(const std::string& name, const WeightArray& array) {
    return graph_.add_constant(name, array.shape, array.values);
  }

  // x [rows, in] -> [rows, out]
  std::string dense(const std::string& name, const std::string& x, const DenseWeights& dense) {
    return node("Gemm", name, {x, weight(name + ".weight", dense.weight), weight(name + ".bias", dense.bias)},
                {{"transB", std::int64_t{1}}});
  }

  // [B, L, F] -> [B, L, unpadded D]
  std::string project(const std::string& features) {
    if (!options_.has_projection()) return features;
    const std::string rows = graph_.add_reshape("features.rows", features, {-1, options_.feature_count});
    return graph_.add_reshape("projected", dense("projection", rows, weights_.projection),
                              {-1, options_.window_size, options_.unpadded_width()});
  }

  // [B, L, unpadded D] -> [B, L, D]: a column of zeros where the waves need an even width.
  std::string pad(const std::string& x) {
    if (!options_.has_padding_column()) return x;
    const std::vector<std::int64_t> before_and_after = {0, 0, 0, 0, 0, 1};
    return node("Pad", "padded", {x, graph_.add_vector("padded.pads", before_and_after)});
  }

  std::string add_positions(const std::string& x) {
    const bool is_learned = options_.encoding_method == EncodingMethod::kLearnable;
    return node("Add", "positioned",
                {x, weight(is_learned ? "position.weight" : "position.waves", position_table(weights_))});
  }

  // [L, L], added to the scores: nothing where a row may look, far below any score where it may not. Half of
  // the lowest number, so that the sum stays finite.
  void add_mask() {
    const auto length = static_cast<std::size_t>(options_.window_size);
    std::vector<float> mask(length * length, 0);
    for (std::size_t row = 0; row < length; ++row) {
      for (std::size_t later = row + 1; later < length; ++later)
        mask[row * length + later] = std::numeric_limits<float>::lowest() / 2;
    }
    graph_.add_constant(kMask, {options_.window_size, options_.window_size}, mask);
  }

  std::string add_block(const std::string& name, const std::string& x, const EncoderBlockWeights& block) {
    const auto with_norm = [&](const char* norm_name, const NormWeights& norm, const std::string& value) {
      return add_norm(name + "." + norm_name, value, norm);
    };
    if (options_.pre_norm) {
      const std::string attended =
          attend(name + ".attention", with_norm("norm1", block.norm1, x), block.attention);
      const std::string r = node("Add", name + ".residual1", {attended, x});
      const std::string fed = feed_forward(name, with_norm("norm2", block.norm2, r), block);
      return node("Add", name + ".residual2", {fed, r});
    }
    const std::string attended = attend(name + ".attention", x, block.attention);
    const std::string r = node("Add", name + ".residual1", {with_norm("norm1", block.norm1, attended), x});
    const std::string fed = feed_forward(name, r, block);
    return node("Add", name + ".residual2", {with_norm("norm2", block.norm2, fed), r});
  }

  // Written out, with the variance as the mean square of differences from the mean. The operator
  // LayerNormalization (opset 17), into which runtimes also fuse a square that is written as Pow, is computed
  // by some as mean(x^2) - mean(x)^2, which loses all digits of a row that is far from zero.
  std::string add_norm(const std::string& name, const std::string& x, const NormWeights& norm) {
    const std::string mean = row_mean(name + ".mean", x);
    const std::string centered = node("Sub", name + ".centered", {x, mean});
    const std::string variance =
        row_mean(name + ".variance", node("Mul", name + ".square", {centered, centered}));
    const std::string shifted =
        node("Add", name + ".shifted", {variance, graph_.add_scalar(name + ".epsilon", kNormEpsilon)});
    const std::string unit =
        node("Div", name + ".unit", {centered, node("Sqrt", name + ".deviation", {shifted})});
    const std::string scaled = node("Mul", name + ".scaled", {unit, weight(name + ".weight", norm.weight)});
    return node("Add", name, {scaled, weight(name + ".bias", norm.bias)});
  }

  std::string row_mean(const std::string& name, const std::string& x) {
    return node("ReduceMean", name, {x},
                {{"axes", std::vector<std::int64_t>{-1}}, {"keepdims", std::int64_t{1}}});
  }

  // x [B * L, D] -> [B * L, D]
  std::string attend(const std::string& name, const std::string& x, const AttentionWeights& attention) {
    const std::string query = heads(name + ".query", x, attention.query, {0, 2, 1, 3});  // [B, H, L, K]
    const std::string key = heads(name + ".key", x, attention.key, {0, 2, 3, 1});        // [B, H, K, L]
    const std::string value = heads(name + ".value", x, attention.value, {0, 2, 1, 3});  // [B, H, L, K]
    const std::string shares = attention_shares(name, query, key);                       // [B, H, L, L]
    const std::string mixed = node("MatMul", name + ".mixed", {shares, value});          // [B, H, L, K]
    const std::string by_row =
        node("Transpose", name + ".mixed_by_row", {mixed}, {{"perm", std::vector<std::int64_t>{0, 2, 1, 3}}});
    const std::string joined =
        graph_.add_reshape(name + ".joined", by_row, {-1, options_.num_heads * options_.head_size});
    return dense(name + ".output", joined, attention.output);
  }

  std::string heads(const std::string& name, const std::string& x, const DenseWeights& weights,
                    std::vector<std::int64_t> order) {
    const std::string split =
        graph_.add_reshape(name + ".split", dense(name, x, weights),
                           {-1, options_.window_size, options_.num_heads, options_.head_size});
    return node("Transpose", name + ".heads", {split}, {{"perm", std::move(order)}});
  }

  std::string attention_shares(const std::string& name, const std::string& query, const std::string& key) {
    const auto scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(options_.head_size)));
    std::string scores = node("MatMul", name + ".products", {query, key});
    scores = node("Mul", name + ".scores", {scores, graph_.add_scalar(name + ".scale", scale)});
    if (options_.look_ahead_mask) scores = node("Add", name + ".masked", {scores, kMask});
    return node("Softmax", name + ".shares", {scores}, {{"axis", std::int64_t{-1}}});
  }

  std::string feed_forward(const std::string& block_name, const std::string& x,
                           const EncoderBlockWeights& block) {
    const std::string hidden = dense(block_name + ".ffn1", x, block.ffn1);
    return dense(block_name + ".ffn2", activate(block_name + ".activated", hidden), block.ffn2);
  }

  std::string activate(const std::string& name, const std::string& x) {
    if (options_.activation == Activation::kRelu) return node("Relu", name, {x});
    const auto number = [&](const char* what, float value) {
      return graph_.add_scalar(name + "." + what, value);
    };
    const std::string scaled =
        node("Div", name + ".scaled", {x, number("root2", std::numbers::sqrt2_v<float>)});
    const std::string erf = node("Erf", name + ".erf", {scaled});
    const std::string twice = node("Add", name + ".twice", {erf, number("one", 1.0F)});
    return node("Mul", name, {node("Mul", name + ".product", {x, twice}), number("half", 0.5F)});
  }

  // x [B, L, D] -> [B, D]
  void pool(const std::string& x, const std::string& name) {
    const std::vector<Attribute> over_rows = {{"axes", std::vector<std::int64_t>{1}},
                                              {"keepdims", std::int64_t{0}}};
    switch (options_.pooling) {
      case Pooling::kMean:
        node("ReduceMean", name, {x}, over_rows);
        return;
      case Pooling::kMax:
        node("ReduceMax", name, {x}, over_rows);
        return;
      case Pooling::kLast:
        node("Gather", name, {x, graph_.add_scalar("pooling.row", options_.window_size - 1)},
             {{"axis", std::int64_t{1}}});
        return;
      case Pooling::kAttention:
        pool_by_attention(x, name);
        return;
    }
  }

  void pool_by_attention(const std::string& x, const std::string& name) {
    const std::string direction = weight("pooling.weight", weights_.pooling);
    const std::string scores = node("MatMul", "pooling.scores", {x, direction});  // [B, L]
    const std::string shares = node("Softmax", "pooling.shares", {scores}, {{"axis", std::int64_t{-1}}});
    const std::string as_rows =
        graph_.add_reshape("pooling.shares_as_rows", shares, {-1, 1, options_.window_size});
    const std::string mixed = node("MatMul", "pooling.mixed", {as_rows, x});  // [B, 1, D]
    const std::vector<std::int64_t> shape = {-1, options_.width()};
    graph_.add_reshape(name, mixed, shape);
  }

  static constexpr const char* kMask = "look_ahead_mask";

  GraphBuilder& graph_;
  const RegimeEncoderWeights& weights_;
  const RegimeEncoderOptions& options_;
};

}  // namespace

void add_encoder(GraphBuilder& graph, const std::string& features, const RegimeEncoderWeights& weights,
                 const std::string& name) {
  EncoderNodes(graph, weights).add(features, name);
}

}  // namespace regimetry::models::onnx
