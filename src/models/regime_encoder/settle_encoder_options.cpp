#include "models/regime_encoder/settle_encoder_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/printable.hpp"

namespace regimetry::models {
namespace {

std::string listed(const std::vector<std::string>& names) {
  constexpr std::ptrdiff_t kMostNames = 8;
  const auto shown = std::min(std::ssize(names), kMostNames);
  std::vector<std::string> words;
  std::transform(names.begin(), names.begin() + shown, std::back_inserter(words),
                 [](const std::string& name) { return printable(name); });
  return fmt::format(
      "{}{}", fmt::join(words, ", "),
      shown < std::ssize(names) ? fmt::format(" and {} more", std::ssize(names) - shown) : std::string());
}

std::vector<std::string> without(const std::vector<std::string>& names,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  std::copy_if(names.begin(), names.end(), std::back_inserter(left), [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) == others.end();
  });
  return left;
}

// "the encoder takes 3 features (a, b, c), the data has 2 (a, b): it lacks c. ..."
std::string feature_count_problem(std::int64_t expected, const EncoderFacts& facts,
                                  const EncoderRequest& request) {
  std::string text = fmt::format("the encoder takes {} features", expected);
  if (!facts.features.empty()) text += fmt::format(" ({})", listed(facts.features));
  text += fmt::format(", the data has {}", request.options.feature_count);
  if (!request.features.empty()) text += fmt::format(" ({})", listed(request.features));
  if (!facts.features.empty() && !request.features.empty()) {
    const auto lacking = without(facts.features, request.features);
    const auto further = without(request.features, facts.features);
    if (!lacking.empty()) text += fmt::format("; the data lacks {}", listed(lacking));
    if (!further.empty()) text += fmt::format("; the encoder does not know {}", listed(further));
  }
  return text + "; choose its columns with feature_columns, or another encoder";
}

bool differs_from_data(std::int64_t feature_count, const EncoderRequest& request) {
  return request.options.feature_count > 0 && request.options.feature_count != feature_count;
}

// Compares what was asked for with what a file states, key by key.
class StatedCheck {
 public:
  StatedCheck(const EncoderRequest& request, std::vector<std::string>& problems)
      : request_(request), problems_(problems) {}

  template <class Value>
  void compare(const char* key, const Value& asked, const Value& stated) {
    if (!request_.given.contains(key) || asked == stated) return;
    problems_.push_back(fmt::format("{} is {}, but the encoder in the file has {}", key, asked, stated));
  }
  template <class Word>
  void compare_word(const char* key, Word asked, Word stated) {
    compare(key, name_of(asked), name_of(stated));
  }

 private:
  const EncoderRequest& request_;
  std::vector<std::string>& problems_;
};

// Takes from shapes what they say, and says where it is not what was asked for.
class ShapeSettler {
 public:
  ShapeSettler(const ShapeEvidence& evidence, const EncoderFacts& facts, const EncoderRequest& request)
      : evidence_(evidence), facts_(facts), request_(request) {
    settled_.options = request.options;
  }

  SettledOptions settle() {
    settle_positions();
    settle_pooling();
    const SizeEvidence blocks{evidence_.block_count,
                              fmt::format("the {} blocks of the file", evidence_.block_count)};
    take("num_transformer_blocks", options().num_transformer_blocks, blocks);
    if (evidence_.ff_dim) take("ff_dim", options().ff_dim, *evidence_.ff_dim);
    settle_heads();
    evidence_.has_projection ? settle_projection() : settle_bare_width();
    settle_style();
    note_assumptions();
    return std::move(settled_);
  }

 private:
  [[nodiscard]] RegimeEncoderOptions& options() { return settled_.options; }
  [[nodiscard]] bool is_given(const char* key) const { return request_.given.contains(key); }
  void add_problem(std::string problem) { settled_.request_problems.push_back(std::move(problem)); }

  void take(const char* key, std::int64_t& value, const SizeEvidence& evidence) {
    if (is_given(key) && value != evidence.value) {
      add_problem(fmt::format("{} {} does not match {}; {} {} would fit", key, value, evidence.seen, key,
                              evidence.value));
    }
    value = evidence.value;
  }

  void settle_positions() {
    const auto found = evidence_.has_positions ? EncodingMethod::kLearnable : EncodingMethod::kSinusoidal;
    if (is_given("encoding_method") && options().encoding_method != found) {
      add_problem(fmt::format(
          "encoding_method {} does not match the file, which {} position.weight; "
          "encoding_method {} would fit",
          name_of(options().encoding_method), evidence_.has_positions ? "has" : "lacks", name_of(found)));
    }
    options().encoding_method = found;
    if (evidence_.window_size) {
      take("window_size", options().window_size, *evidence_.window_size);
    } else if (options().window_size <= 0) {
      add_problem("window_size is said neither by the file nor by its shapes; give it");
      options().window_size = 1;
    }
  }

  void settle_pooling() {
    const bool is_attention = options().pooling == Pooling::kAttention;
    if (is_given("pooling") && is_attention != evidence_.has_pooling) {
      add_problem(evidence_.has_pooling
                      ? fmt::format("pooling {} does not match the file, which has pooling.weight; pooling "
                                    "attention would fit",
                                    name_of(options().pooling))
                      : std::string("pooling attention does not match the file, which lacks pooling.weight; "
                                    "pooling mean, last or max would fit"));
    }
    if (evidence_.has_pooling) {
      options().pooling = Pooling::kAttention;
    } else if (is_attention) {
      options().pooling = Pooling::kMean;
    }
  }

  // Shapes say H * K alone.
  void settle_heads() {
    if (!evidence_.heads_width) return;
    const SizeEvidence& both = *evidence_.heads_width;
    std::int64_t& heads = options().num_heads;
    std::int64_t& size = options().head_size;
    if (heads > 0 && size > 0 && both.value / heads == size && both.value % heads == 0) return;
    const std::int64_t asked_heads = heads;
    const std::int64_t asked_size = size;
    if (heads > 0 && both.value % heads == 0 && (is_given("num_heads") || !is_given("head_size"))) {
      size = both.value / heads;
    } else if (size > 0 && both.value % size == 0) {
      heads = both.value / size;
    } else {
      heads = 1;
      size = both.value;
    }
    // One of the two may follow from the other; neither may be guessed.
    const bool follows = (is_given("num_heads") != is_given("head_size")) &&
                         (is_given("num_heads") ? heads == asked_heads : size == asked_size);
    if (follows) return;
    add_problem(
        fmt::format("num_heads {} x head_size {} = {} does not match {}; num_heads {} x head_size {} would "
                    "fit",
                    asked_heads, asked_size, asked_heads * asked_size, both.seen, heads, size));
  }

  void settle_projection() {
    const std::int64_t columns =
        evidence_.feature_count ? evidence_.feature_count->value : request_.options.feature_count;
    if (differs_from_data(columns, request_))
      settled_.data_problems.push_back(feature_count_problem(columns, facts_, request_));
    options().feature_count = columns;
    if (!evidence_.unpadded_width) return;
    const SizeEvidence& rows = *evidence_.unpadded_width;
    const std::int64_t asked = request_.options.embedding_dim.value_or(request_.options.feature_count);
    if (is_given("embedding_dim") && asked > 0 && asked != rows.value) {
      add_problem(fmt::format("embedding_dim {} does not match {}; embedding_dim {} would fit", asked,
                              rows.seen, rows.value));
    }
    options().embedding_dim = rows.value;
  }

  // Without a projection: as many features as the encoder is wide, or one fewer where zeros pad it.
  void settle_bare_width() {
    if (!evidence_.width) {
      options().embedding_dim.reset();
      return;
    }
    const SizeEvidence& width = *evidence_.width;
    const std::int64_t columns = request_.options.feature_count;
    const std::optional<std::int64_t> asked = request_.options.embedding_dim;
    const bool can_be_padded =
        width.value % 2 == 0 && !evidence_.has_positions &&
        !(is_given("encoding_style") && options().encoding_style == EncodingStyle::kInterleaved);
    const std::int64_t padded = width.value - 1;
    const bool is_padded = can_be_padded && (columns == padded || (columns == 0 && asked == padded));
    const std::int64_t unpadded = is_padded ? padded : width.value;
    if (differs_from_data(unpadded, request_))
      settled_.data_problems.push_back(feature_count_problem(unpadded, facts_, request_));
    if (is_given("embedding_dim") && asked && *asked != unpadded) {
      add_problem(
          fmt::format("embedding_dim {} needs projection.weight, which the file lacks: its encoder is "
                      "as wide as the features ({}); embedding_dim {} would fit",
                      *asked, width.seen, unpadded));
    }
    options().feature_count = unpadded;
    options().embedding_dim.reset();
  }

  void settle_style() {
    if (evidence_.has_positions || !evidence_.width) return;
    const std::int64_t unpadded = options().unpadded_width();
    if (unpadded % 2 == 0) return;  // both styles fit
    const bool is_padded = evidence_.width->value != unpadded;
    const EncodingStyle found = is_padded ? EncodingStyle::kStacked : EncodingStyle::kInterleaved;
    if (is_given("encoding_style") && options().encoding_style != found) {
      add_problem(
          fmt::format("encoding_style {} makes {} columns {}, which does not match {}; encoding_style "
                      "{} would fit",
                      name_of(options().encoding_style), unpadded, is_padded ? unpadded : unpadded + 1,
                      evidence_.width->seen, name_of(found)));
    }
    options().encoding_style = found;
  }

  // What no shape says and nobody asked for.
  void note_assumptions() {
    std::vector<std::string> assumed;
    const auto assume = [&](const char* key, const auto& value) {
      if (!is_given(key)) assumed.push_back(fmt::format("{} {}", key, value));
    };
    if (!evidence_.has_positions) {
      assume("window_size", options().window_size);
      if (options().unpadded_width() % 2 == 0) assume("encoding_style", name_of(options().encoding_style));
    }
    if (evidence_.block_count > 0) {
      if (!is_given("head_size")) assume("num_heads", options().num_heads);
      if (!is_given("num_heads")) assume("head_size", options().head_size);
      assume("activation", name_of(options().activation));
      assume("pre_norm", options().pre_norm);
      assume("look_ahead_mask", options().look_ahead_mask);
    }
    if (!evidence_.has_pooling) assume("pooling", name_of(options().pooling));
    if (assumed.empty()) return;
    settled_.notes.push_back(
        fmt::format("the file states no options, and its shapes do not tell all of them; assumed: {}",
                    fmt::join(assumed, ", ")));
  }

  const ShapeEvidence& evidence_;
  const EncoderFacts& facts_;
  const EncoderRequest& request_;
  SettledOptions settled_;
};

}  // namespace

SettledOptions settle_stated_options(const RegimeEncoderOptions& stated, const EncoderFacts& facts,
                                     const EncoderRequest& request) {
  SettledOptions settled;
  settled.options = stated;
  const RegimeEncoderOptions& asked = request.options;
  StatedCheck check(request, settled.request_problems);
  check.compare("window_size", asked.window_size, stated.window_size);
  const std::int64_t columns = asked.feature_count > 0 ? asked.feature_count : stated.feature_count;
  check.compare("embedding_dim", asked.embedding_dim.value_or(columns), stated.unpadded_width());
  check.compare_word("encoding_method", asked.encoding_method, stated.encoding_method);
  if (stated.encoding_method == EncodingMethod::kSinusoidal)
    check.compare_word("encoding_style", asked.encoding_style, stated.encoding_style);
  check.compare("num_transformer_blocks", asked.num_transformer_blocks, stated.num_transformer_blocks);
  check.compare("num_heads", asked.num_heads, stated.num_heads);
  check.compare("head_size", asked.head_size, stated.head_size);
  check.compare("ff_dim", asked.ff_dim, stated.ff_dim);
  check.compare_word("activation", asked.activation, stated.activation);
  check.compare("pre_norm", asked.pre_norm, stated.pre_norm);
  check.compare_word("pooling", asked.pooling, stated.pooling);
  check.compare("look_ahead_mask", asked.look_ahead_mask, stated.look_ahead_mask);
  if (differs_from_data(stated.feature_count, request))
    settled.data_problems.push_back(feature_count_problem(stated.feature_count, facts, request));
  return settled;
}

SettledOptions settle_options_by_shapes(const ShapeEvidence& evidence, const EncoderFacts& facts,
                                        const EncoderRequest& request) {
  return ShapeSettler(evidence, facts, request).settle();
}

}  // namespace regimetry::models
