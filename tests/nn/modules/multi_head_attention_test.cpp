#include "nn/modules/multi_head_attention.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/expect_error.hpp"
#include "support/drawn.hpp"

namespace regimetry::nn {
namespace {

MultiHeadAttentionOptions small() {
  MultiHeadAttentionOptions options;
  options.width = 6;
  options.num_heads = 3;
  options.head_size = 5;
  return options;
}

torch::Tensor product(const Dense& layer, const torch::Tensor& x) {
  return torch::matmul(x, layer->weight.t()) + layer->bias;
}

// One window, head by head and row by row, with matrices of [T, K].
torch::Tensor attention_of_one(const MultiHeadAttention& module, const torch::Tensor& x_td) {
  const auto& options = module->options;
  std::vector<torch::Tensor> heads;
  for (std::int64_t h = 0; h < options.num_heads; ++h) {
    const auto head_of = [&](const Dense& layer) {
      return product(layer, x_td).slice(1, h * options.head_size, (h + 1) * options.head_size);
    };
    const torch::Tensor query = head_of(module->query), key = head_of(module->key),
                        value = head_of(module->value);
    std::vector<torch::Tensor> rows;
    for (std::int64_t i = 0; i < x_td.size(0); ++i) {
      const std::int64_t end = options.pattern.look_ahead_mask ? i + 1 : x_td.size(0);
      const torch::Tensor scores =
          torch::mv(key.slice(0, 0, end), query[i]) / std::sqrt(static_cast<double>(options.head_size));
      rows.push_back(torch::mv(value.slice(0, 0, end).t(), scores.softmax(0)));
    }
    heads.push_back(torch::stack(rows));
  }
  return product(module->output, torch::cat(heads, 1));
}

TEST(MultiHeadAttention, EqualsItsHeadsOneByOne) {
  for (const bool look_ahead_mask : {false, true}) {
    auto options = small();
    options.pattern.look_ahead_mask = look_ahead_mask;
    MultiHeadAttention module(options);
    draw_parameters(*module);
    const torch::Tensor x = drawn({2, 7, 6}, "x");
    const torch::Tensor got = module(x);
    for (int b = 0; b < 2; ++b) EXPECT_LT(largest_difference(got[b], attention_of_one(module, x[b])), 2e-6);
  }
}

TEST(MultiHeadAttention, ReadsNoFurtherThanItsBand) {
  auto options = small();
  options.pattern = {.look_ahead_mask = true, .band = 3};
  MultiHeadAttention module(options);
  draw_parameters(*module);
  const torch::Tensor x = drawn({1, 100, 6}, "x");
  torch::Tensor changed = x.clone();
  changed[0][50] += 1.0;
  const torch::Tensor difference = (module(x) - module(changed)).abs().sum(2)[0];
  for (std::int64_t i = 0; i < 100; ++i)
    EXPECT_EQ(difference[i].item<double>() > 0.0, i >= 50 && i < 53) << i;
}

TEST(MultiHeadAttention, WeighsNearRowsMoreUnderAPenalty) {
  auto options = small();
  options.recency = RecencyPenalty::kLearned;
  MultiHeadAttention module(options);  // queries of zero: without a penalty all rows weigh the same
  EXPECT_EQ(module->named_parameters()["recency.log_slope"].size(0), 3);
  {
    const torch::NoGradGuard no_grad;
    module->value->weight[0][0] = 1.0;   // head 0 carries the first column
    module->output->weight[0][0] = 1.0;  // and puts it back
  }
  torch::Tensor x = torch::zeros({1, 3, 6});
  x[0][2][0] = 1.0;
  const torch::Tensor got = module(x)[0].select(1, 0);
  const double near = std::exp(-std::pow(2.0, -8.0 / 3.0)), far = near * near;
  EXPECT_NEAR(got[0].item<double>(), far / (1 + near + far), 1e-6);
  EXPECT_NEAR(got[1].item<double>(), near / (1 + 2 * near), 1e-6);
  EXPECT_NEAR(got[2].item<double>(), 1 / (1 + near + far), 1e-6);
  options.recency = RecencyPenalty::kFixed;
  EXPECT_FALSE(MultiHeadAttention(options)->named_parameters().contains("recency.log_slope"));
}

TEST(MultiHeadAttention, NamesItsParametersAsTheFileDoes) {
  std::vector<std::string> names;
  for (const auto& parameter : MultiHeadAttention(small())->named_parameters())
    names.push_back(parameter.key());
  EXPECT_THAT(names, ::testing::ElementsAre("query.weight", "query.bias", "key.weight", "key.bias",
                                            "value.weight", "value.bias", "output.weight", "output.bias"));
}

TEST(MultiHeadAttention, ListsEveryProblemOfItsOptions) {
  MultiHeadAttentionOptions options;
  options.head_size = 0;
  options.pattern.band = 0;
  options.weight_dropout = 1.0;
  const std::string message = message_of(ErrorKind::kUsage, [&] { MultiHeadAttention unusable(options); });
  for (const char* part : {"width is 0", "head_size is 0", "band is 0", "weight_dropout is 1"})
    EXPECT_THAT(message, ::testing::HasSubstr(part));
}

}  // namespace
}  // namespace regimetry::nn
