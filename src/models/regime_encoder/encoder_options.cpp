#include "models/regime_encoder/encoder_options.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/error.hpp"

namespace regimetry::models {
namespace {

constexpr std::array kMethods = {std::pair{EncodingMethod::kSinusoidal, "sinusoidal"},
                                 std::pair{EncodingMethod::kLearnable, "learnable"}};
constexpr std::array kStyles = {std::pair{EncodingStyle::kInterleaved, "interleaved"},
                                std::pair{EncodingStyle::kStacked, "stacked"}};
constexpr std::array kActivations = {std::pair{Activation::kRelu, "relu"},
                                     std::pair{Activation::kGelu, "gelu"}};
constexpr std::array kPoolings = {std::pair{Pooling::kMean, "mean"}, std::pair{Pooling::kLast, "last"},
                                  std::pair{Pooling::kMax, "max"},
                                  std::pair{Pooling::kAttention, "attention"}};

template <class Words>
std::string_view word_of(const Words& words, decltype(words[0].first) value) noexcept {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return "";
}

template <class Words>
auto value_of(const Words& words, const std::string& key, const std::string& given) {
  std::string known;
  for (const auto& [value, word] : words) {
    if (given == word) return value;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", word);
  }
  throw Error(ErrorKind::kData,
              fmt::format("encoder option '{}' is '{}'; it must be one of {}", key, given, known));
}

class OptionReader {
 public:
  explicit OptionReader(const nlohmann::json& json) : json_(json) {
    if (!json.is_object())
      throw Error(ErrorKind::kData, "the options of an encoder must be an object of keys and values");
  }

  template <class Value>
  void read(const char* key, Value& value) {
    value = at(key).template get<Value>();
  }
  void read(const char* key, std::optional<std::int64_t>& value) {
    if (at(key).is_null()) {
      value.reset();
    } else {
      value = at(key).get<std::int64_t>();
    }
  }
  template <class Words, class Value>
  void read_word(const char* key, const Words& words, Value& value) {
    value = value_of(words, key, at(key).template get<std::string>());
  }
  void require_nothing_else() const {
    for (const auto& [key, value] : json_.items()) {
      if (!known_.contains(key))
        throw Error(ErrorKind::kData,
                    fmt::format("unknown encoder option '{}'; the file is newer than this version or not "
                                "of a regime encoder",
                                key));
    }
  }

 private:
  const nlohmann::json& at(const char* key) {
    known_.insert(key);
    const auto found = json_.find(key);
    if (found == json_.end())
      throw Error(ErrorKind::kData, fmt::format("encoder option '{}' is missing", key));
    return *found;
  }

  const nlohmann::json& json_;
  std::set<std::string> known_;
};

}  // namespace

std::string_view name_of(EncodingMethod method) noexcept {
  return word_of(kMethods, method);
}
std::string_view name_of(EncodingStyle style) noexcept {
  return word_of(kStyles, style);
}
std::string_view name_of(Activation activation) noexcept {
  return word_of(kActivations, activation);
}
std::string_view name_of(Pooling pooling) noexcept {
  return word_of(kPoolings, pooling);
}

std::int64_t RegimeEncoderOptions::unpadded_width() const noexcept {
  return embedding_dim.value_or(feature_count);
}

std::int64_t RegimeEncoderOptions::width() const noexcept {
  const bool is_padded = encoding_method == EncodingMethod::kSinusoidal &&
                         encoding_style == EncodingStyle::kStacked && unpadded_width() % 2 == 1;
  return unpadded_width() + (is_padded ? 1 : 0);
}

bool RegimeEncoderOptions::has_projection() const noexcept {
  return unpadded_width() != feature_count;
}

std::vector<std::string> RegimeEncoderOptions::problems() const {
  std::vector<std::string> found;
  const auto demand = [&](const char* key, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (value < least || value > most)
      found.push_back(fmt::format("{} is {}; it must be from {} to {}", key, value, least, most));
  };
  // Generous ends: beyond them a slip is likelier than a wish.
  demand("feature_count", feature_count, 1, 100'000);
  demand("window_size", window_size, 1, 100'000);
  if (embedding_dim) demand("embedding_dim", *embedding_dim, 1, 16'384);
  demand("num_transformer_blocks", num_transformer_blocks, 0, 256);
  demand("num_heads", num_heads, 1, 1'024);
  demand("head_size", head_size, 1, 16'384);
  demand("ff_dim", ff_dim, 1, 262'144);
  if (!(dropout >= 0.0 && dropout < 1.0))
    found.push_back(fmt::format("dropout is {}; it must be at least 0 and below 1", dropout));
  return found;
}

void to_json(nlohmann::json& json, const RegimeEncoderOptions& options) {
  json = nlohmann::json{
      {"feature_count", options.feature_count},
      {"window_size", options.window_size},
      {"embedding_dim", nullptr},
      {"encoding_method", name_of(options.encoding_method)},
      {"encoding_style", name_of(options.encoding_style)},
      {"num_transformer_blocks", options.num_transformer_blocks},
      {"num_heads", options.num_heads},
      {"head_size", options.head_size},
      {"ff_dim", options.ff_dim},
      {"dropout", options.dropout},
      {"activation", name_of(options.activation)},
      {"pre_norm", options.pre_norm},
      {"pooling", name_of(options.pooling)},
      {"look_ahead_mask", options.look_ahead_mask},
  };
  if (options.embedding_dim) json["embedding_dim"] = *options.embedding_dim;
}

void from_json(const nlohmann::json& json, RegimeEncoderOptions& options) {
  OptionReader reader(json);
  try {
    reader.read("feature_count", options.feature_count);
    reader.read("window_size", options.window_size);
    reader.read("embedding_dim", options.embedding_dim);
    reader.read_word("encoding_method", kMethods, options.encoding_method);
    reader.read_word("encoding_style", kStyles, options.encoding_style);
    reader.read("num_transformer_blocks", options.num_transformer_blocks);
    reader.read("num_heads", options.num_heads);
    reader.read("head_size", options.head_size);
    reader.read("ff_dim", options.ff_dim);
    reader.read("dropout", options.dropout);
    reader.read_word("activation", kActivations, options.activation);
    reader.read("pre_norm", options.pre_norm);
    reader.read_word("pooling", kPoolings, options.pooling);
    reader.read("look_ahead_mask", options.look_ahead_mask);
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::kData, "an encoder option has a value of the wrong kind");
  }
  reader.require_nothing_else();
}

}  // namespace regimetry::models
