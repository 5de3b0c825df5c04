#include "cli/encoder_settings.hpp"

#include <string>
#include <vector>

namespace regimetry::cli {

using models::Activation;
using models::EncodingMethod;
using models::EncodingStyle;
using models::Pooling;

namespace {

// What is wrong with the options, whatever data and windows will be.
std::vector<std::string> problems_of(models::RegimeEncoderOptions options) {
  options.feature_count = 1;
  options.window_size = 1;
  return options.problems();
}

}  // namespace

void EncoderSettings::declare(SettingSchema& schema) {
  const std::string group = "Encoder";
  schema.add_choice(
      "encoding_method", options_.encoding_method,
      {{"sinusoidal", EncodingMethod::kSinusoidal}, {"learnable", EncodingMethod::kLearnable}},
      "How a row knows its position in the window: fixed waves, or one learned vector per position.",
      {.group = group});
  schema.add_choice(
      "encoding_style", options_.encoding_style,
      {{"interleaved", EncodingStyle::kInterleaved}, {"stacked", EncodingStyle::kStacked}},
      "sinusoidal: sine and cosine in turn, or all sines first; stacked pads an odd width with a column of "
      "zeros.",
      {.group = group});
  schema.add("embedding_dim", options_.embedding_dim,
             "Width of an embedding; a projection leads there from the features. Absent: as wide as the "
             "features.",
             {.placeholder = "D", .group = group});
  schema.add("num_transformer_blocks", options_.num_transformer_blocks,
             "Blocks of attention and pointwise layers.", {.placeholder = "N", .group = group});
  schema.add("num_heads", options_.num_heads, "Attention heads per block.",
             {.placeholder = "N", .group = group});
  schema.add("head_size", options_.head_size, "Width of each head's queries, keys and values.",
             {.placeholder = "N", .group = group});
  schema.add("ff_dim", options_.ff_dim, "Width between the two pointwise layers.",
             {.placeholder = "N", .group = group});
  schema.add("dropout", options_.dropout,
             "Share of values set to zero in training; embedding never drops any.",
             {.placeholder = "SHARE", .group = group});
  schema.add_choice("activation", options_.activation,
                    {{"relu", Activation::kRelu}, {"gelu", Activation::kGelu}},
                    "Between the two pointwise layers.", {.group = group});
  schema.add("pre_norm", options_.pre_norm, "Norms before attention and pointwise layers, not after them.",
             {.group = group});
  schema.add_choice("pooling", options_.pooling,
                    {{"mean", Pooling::kMean},
                     {"last", Pooling::kLast},
                     {"max", Pooling::kMax},
                     {"attention", Pooling::kAttention}},
                    "How the rows of a window become one: their mean, the newest, the largest per column, or "
                    "weighted by learned attention.",
                    {.group = group});
  schema.add("look_ahead_mask", options_.look_ahead_mask,
             "Let each row attend to itself and earlier rows of its window only.", {.group = group});
  schema.add_check([this] { return problems_of(options_); });
  schema.add_check_of_given([this](const SettingSchema::GivenKeys& given) {
    given_ = given;
    return std::vector<std::string>();
  });
}

}  // namespace regimetry::cli
