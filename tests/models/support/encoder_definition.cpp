#include "support/encoder_definition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace regimetry::models {
namespace {

using Row = std::vector<double>;
using Rows = std::vector<Row>;
using Validity = std::vector<bool>;

double at(const WeightArray& matrix, std::size_t row, std::size_t column) {
  return matrix.values[row * static_cast<std::size_t>(matrix.shape[1]) + column];
}

Row dense(const DenseWeights& weights, const Row& x) {
  Row y;
  for (std::size_t out = 0; out < weights.bias.values.size(); ++out) {
    double sum = weights.bias.values[out];
    for (std::size_t in = 0; in < x.size(); ++in) sum += at(weights.weight, out, in) * x[in];
    y.push_back(sum);
  }
  return y;
}

Rows dense(const DenseWeights& weights, const Rows& x) {
  Rows y;
  for (const Row& row : x) y.push_back(dense(weights, row));
  return y;
}

Rows norm(const NormWeights& weights, Rows x) {
  for (Row& row : x) {
    const auto width = static_cast<double>(row.size());
    double mean = 0.0, variance = 0.0;
    for (const double value : row) mean += value / width;
    for (const double value : row) variance += (value - mean) * (value - mean) / width;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double scaled = (row[i] - mean) / std::sqrt(variance + 1e-6);
      row[i] = scaled * weights.weight.values[i] + weights.bias.values[i];
    }
  }
  return x;
}

Rows sum(Rows a, const Rows& b) {
  for (std::size_t l = 0; l < a.size(); ++l) {
    for (std::size_t i = 0; i < a[l].size(); ++i) a[l][i] += b[l][i];
  }
  return a;
}

// The softmax of the scores whose `counts` is true; zero elsewhere, and everywhere when none counts.
Row softmax(const Row& scores, const Validity& counts) {
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (counts[i]) largest = std::max(largest, scores[i]);
  }
  Row shares(scores.size(), 0.0);
  double total = 0.0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (counts[i]) total += shares[i] = std::exp(scores[i] - largest);
  }
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (counts[i]) shares[i] /= total;
  }
  return shares;
}

// The rows that row `reader` may attend to.
Validity keys_of(std::size_t reader, const RegimeEncoderOptions& options, const Validity& is_valid) {
  Validity keys = is_valid;
  for (std::size_t l = 0; l < keys.size(); ++l) {
    if (options.look_ahead_mask && l > reader) keys[l] = false;
  }
  return keys;
}

Rows attention(const AttentionWeights& weights, const RegimeEncoderOptions& options, const Rows& x,
               const Validity& is_valid) {
  const Rows query = dense(weights.query, x), key = dense(weights.key, x), value = dense(weights.value, x);
  const auto head_size = static_cast<std::size_t>(options.head_size);
  const auto heads_width = static_cast<std::size_t>(options.num_heads) * head_size;
  Rows heads(x.size(), Row(heads_width, 0.0));
  for (std::size_t reader = 0; reader < x.size(); ++reader) {
    const Validity keys = keys_of(reader, options, is_valid);
    for (std::size_t begin = 0; begin < heads_width; begin += head_size) {
      Row scores(x.size(), 0.0);
      for (std::size_t l = 0; l < x.size(); ++l) {
        for (std::size_t k = begin; k < begin + head_size; ++k) scores[l] += query[reader][k] * key[l][k];
        scores[l] /= std::sqrt(static_cast<double>(head_size));
      }
      const Row shares = softmax(scores, keys);
      for (std::size_t l = 0; l < x.size(); ++l) {
        for (std::size_t k = begin; k < begin + head_size; ++k) heads[reader][k] += shares[l] * value[l][k];
      }
    }
  }
  return dense(weights.output, heads);
}

double activate(Activation activation, double x) {
  if (activation == Activation::kRelu) return x > 0.0 ? x : 0.0;
  return x * 0.5 * (1.0 + std::erf(x / std::sqrt(2.0)));
}

Rows pointwise(const EncoderBlockWeights& weights, Activation activation, const Rows& x) {
  Rows hidden = dense(weights.ffn1, x);
  for (Row& row : hidden) {
    for (double& value : row) value = activate(activation, value);
  }
  return dense(weights.ffn2, hidden);
}

Rows block(const EncoderBlockWeights& weights, const RegimeEncoderOptions& options, const Rows& x,
           const Validity& is_valid) {
  if (options.pre_norm) {
    const Rows r = sum(attention(weights.attention, options, norm(weights.norm1, x), is_valid), x);
    return sum(pointwise(weights, options.activation, norm(weights.norm2, r)), r);
  }
  const Rows r = sum(norm(weights.norm1, attention(weights.attention, options, x, is_valid)), x);
  return sum(norm(weights.norm2, pointwise(weights, options.activation, r)), r);
}

// pos / 10000^(2 floor(i / 2) / D)
double angle(std::size_t pos, std::size_t i, std::size_t width) {
  return static_cast<double>(pos) /
         std::pow(10000.0, 2.0 * static_cast<double>(i / 2) / static_cast<double>(width));
}

double position(const RegimeEncoderWeights& weights, std::size_t pos, std::size_t i, std::size_t width) {
  if (weights.options.encoding_method == EncodingMethod::kLearnable) return at(weights.position, pos, i);
  if (weights.options.encoding_style == EncodingStyle::kInterleaved)
    return i % 2 == 0 ? std::sin(angle(pos, i, width)) : std::cos(angle(pos, i, width));
  const std::size_t half = width / 2;
  return i < half ? std::sin(angle(pos, i, width)) : std::cos(angle(pos, i - half, width));
}

Rows encoder_input(const RegimeEncoderWeights& weights, std::span<const float> window) {
  const auto features = static_cast<std::size_t>(weights.options.feature_count);
  Rows x;
  for (std::size_t begin = 0; begin < window.size(); begin += features) {
    x.emplace_back(window.begin() + static_cast<std::ptrdiff_t>(begin),
                   window.begin() + static_cast<std::ptrdiff_t>(begin + features));
  }
  if (weights.options.embedding_dim.value_or(weights.options.feature_count) != weights.options.feature_count)
    x = dense(weights.projection, x);
  const bool is_stacked = weights.options.encoding_method == EncodingMethod::kSinusoidal &&
                          weights.options.encoding_style == EncodingStyle::kStacked;
  for (std::size_t pos = 0; pos < x.size(); ++pos) {
    if (is_stacked && x[pos].size() % 2 == 1) x[pos].push_back(0.0);
    const std::size_t width = x[pos].size();
    for (std::size_t i = 0; i < width; ++i) x[pos][i] += position(weights, pos, i, width);
  }
  return x;
}

Row weighted_sum(const Rows& x, const Row& shares) {
  Row pooled(x[0].size(), 0.0);
  for (std::size_t l = 0; l < x.size(); ++l) {
    for (std::size_t i = 0; i < pooled.size(); ++i) pooled[i] += shares[l] * x[l][i];
  }
  return pooled;
}

Row largest(const Rows& x) {
  Row pooled = x[0];
  for (const Row& row : x) {
    for (std::size_t i = 0; i < pooled.size(); ++i) pooled[i] = std::max(pooled[i], row[i]);
  }
  return pooled;
}

Row attention_pooling(const WeightArray& direction, const Rows& x) {
  Row scores;
  for (const Row& row : x) {
    double score = 0.0;
    for (std::size_t i = 0; i < row.size(); ++i) score += row[i] * direction.values[i];
    scores.push_back(score);
  }
  return weighted_sum(x, softmax(scores, Validity(x.size(), true)));
}

// `x` holds the valid rows alone, oldest first.
Row pool(const RegimeEncoderWeights& weights, const Rows& x) {
  switch (weights.options.pooling) {
    case Pooling::kLast:
      return x.back();
    case Pooling::kMax:
      return largest(x);
    case Pooling::kAttention:
      return attention_pooling(weights.pooling, x);
    case Pooling::kMean:
      break;
  }
  return weighted_sum(x, Row(x.size(), 1.0 / static_cast<double>(x.size())));
}

}  // namespace

std::vector<double> define_embedding(const RegimeEncoderWeights& weights, std::span<const float> window,
                                     std::span<const std::uint8_t> is_valid) {
  const auto length = static_cast<std::size_t>(weights.options.window_size);
  if (window.size() != length * static_cast<std::size_t>(weights.options.feature_count))
    throw std::invalid_argument("the window does not hold L * F values");
  if (!is_valid.empty() && is_valid.size() != length)
    throw std::invalid_argument("the mask does not hold L values");
  Validity validity(length, true);
  for (std::size_t l = 0; l < is_valid.size(); ++l) validity[l] = is_valid[l] != 0;

  Rows x = encoder_input(weights, window);
  for (const EncoderBlockWeights& one : weights.blocks) x = block(one, weights.options, x, validity);
  Rows valid_rows;
  for (std::size_t l = 0; l < length; ++l) {
    if (validity[l]) valid_rows.push_back(x[l]);
  }
  if (valid_rows.empty()) throw std::invalid_argument("the window has no valid row");
  return pool(weights, valid_rows);
}

std::vector<double> define_embeddings(const RegimeEncoderWeights& weights, std::span<const float> rows,
                                      std::int64_t stride) {
  const auto features = static_cast<std::size_t>(weights.options.feature_count);
  const std::size_t window_values = static_cast<std::size_t>(weights.options.window_size) * features;
  std::vector<double> embeddings;
  for (std::size_t begin = 0; begin + window_values <= rows.size();
       begin += static_cast<std::size_t>(stride) * features) {
    const std::vector<double> one = define_embedding(weights, rows.subspan(begin, window_values));
    embeddings.insert(embeddings.end(), one.begin(), one.end());
  }
  return embeddings;
}

}  // namespace regimetry::models
