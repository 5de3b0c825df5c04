#include "nn/modules/lstm_stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/expect_error.hpp"
#include "core/flush_denormals.hpp"
#include "support/drawn.hpp"

namespace regimetry::nn {
namespace {

using Row = std::vector<double>;
using Rows = std::vector<Row>;
using Parameters = torch::OrderedDict<std::string, torch::Tensor>;

double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

// One layer in one direction, oldest row first, cell by cell in double.
Rows read_rows(const Parameters& parameters, const std::string& suffix, const Rows& x) {
  const torch::Tensor weight_ih = parameters["weight_ih" + suffix].to(torch::kFloat64),
                      weight_hh = parameters["weight_hh" + suffix].to(torch::kFloat64),
                      bias_ih = parameters["bias_ih" + suffix].to(torch::kFloat64),
                      bias_hh = parameters["bias_hh" + suffix].to(torch::kFloat64);
  const auto size = static_cast<std::size_t>(weight_hh.size(1));
  Row h(size, 0.0), c(size, 0.0);
  Rows states;
  for (const Row& row : x) {
    const auto gate = [&](std::size_t number, std::size_t s) {
      const auto i = static_cast<std::int64_t>(number * size + s);
      double sum = bias_ih[i].item<double>() + bias_hh[i].item<double>();
      for (std::size_t k = 0; k < row.size(); ++k)
        sum += weight_ih[i][static_cast<std::int64_t>(k)].item<double>() * row[k];
      for (std::size_t k = 0; k < size; ++k)
        sum += weight_hh[i][static_cast<std::int64_t>(k)].item<double>() * h[k];
      return sum;
    };
    Row next_h(size), next_c(size);
    for (std::size_t s = 0; s < size; ++s) {
      next_c[s] = sigmoid(gate(1, s)) * c[s] + sigmoid(gate(0, s)) * std::tanh(gate(2, s));
      next_h[s] = sigmoid(gate(3, s)) * std::tanh(next_c[s]);
    }
    h = next_h, c = next_c;
    states.push_back(h);
  }
  return states;
}

Rows read_backwards(const Parameters& parameters, const std::string& suffix, Rows x) {
  std::reverse(x.begin(), x.end());
  Rows states = read_rows(parameters, suffix, x);
  std::reverse(states.begin(), states.end());
  return states;
}

Rows side_by_side(Rows a, const Rows& b) {
  for (std::size_t t = 0; t < a.size(); ++t) a[t].insert(a[t].end(), b[t].begin(), b[t].end());
  return a;
}

Rows read_stack(const LstmStack& stack, Rows x) {
  const Parameters parameters = stack->named_parameters();
  for (std::int64_t layer = 0; layer < stack->options.layer_count; ++layer) {
    const std::string suffix = "_l" + std::to_string(layer);
    const Rows forwards = read_rows(parameters, suffix, x);
    x = stack->options.bidirectional
            ? side_by_side(forwards, read_backwards(parameters, suffix + "_reverse", x))
            : forwards;
  }
  return x;
}

Rows rows_of(const torch::Tensor& x_tf) {
  Rows rows;
  for (std::int64_t t = 0; t < x_tf.size(0); ++t) {
    rows.emplace_back();
    for (std::int64_t f = 0; f < x_tf.size(1); ++f) rows.back().push_back(x_tf[t][f].item<double>());
  }
  return rows;
}

void expect_near(const Row& got, const Row& expected) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 2e-6) << i;
}

LstmStackOptions small(std::int64_t layer_count, bool bidirectional) {
  LstmStackOptions options;
  options.input_size = 3;
  options.hidden_size = 4;
  options.layer_count = layer_count;
  options.bidirectional = bidirectional;
  return options;
}

TEST(LstmStack, EqualsItsCellsOneByOne) {
  for (const std::int64_t layer_count : {1, 3}) {
    for (const bool bidirectional : {false, true}) {
      auto options = small(layer_count, bidirectional);
      options.output = LstmOutput::kFullSequence;
      LstmStack stack(options);
      draw_parameters(*stack, 1.0);
      const torch::Tensor x = drawn({2, 6, 3}, "x", 2.0);
      const torch::Tensor got = stack(x);
      EXPECT_EQ(got.sizes().vec(), (std::vector<std::int64_t>{2, 6, bidirectional ? 8 : 4}));
      for (int b = 0; b < 2; ++b) {
        const Rows states = rows_of(got[b]), expected = read_stack(stack, rows_of(x[b]));
        for (std::size_t t = 0; t < states.size(); ++t) expect_near(states[t], expected[t]);
      }
    }
  }
}

// Backwards, the last step is the oldest row: what has read the whole window.
TEST(LstmStack, EndsWithTheStatesThatHaveReadEverything) {
  for (const bool bidirectional : {false, true}) {
    LstmStack stack(small(2, bidirectional));
    draw_parameters(*stack, 1.0);
    const torch::Tensor x = drawn({2, 6, 3}, "x", 2.0);
    const torch::Tensor got = stack(x);
    for (int b = 0; b < 2; ++b) {
      const Rows states = read_stack(stack, rows_of(x[b]));
      Row expected(states.back().begin(), states.back().begin() + 4);
      if (bidirectional) expected.insert(expected.end(), states[0].begin() + 4, states[0].end());
      expect_near(rows_of(got)[static_cast<std::size_t>(b)], expected);
    }
  }
}

TEST(LstmStack, NamesItsParametersAsPyTorchDoes) {
  std::vector<std::string> names;
  for (const auto& parameter : LstmStack(small(2, true))->named_parameters())
    names.push_back(parameter.key());
  ASSERT_EQ(names.size(), 16U);
  EXPECT_THAT(std::vector<std::string>(names.begin(), names.begin() + 5),
              ::testing::ElementsAre("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0",
                                     "weight_ih_l0_reverse"));
  EXPECT_EQ(names[8], "weight_ih_l1");
}

TEST(LstmStack, BeginsFromNamedStreamsAndRemembers) {
  torch::manual_seed(3);
  const torch::Tensor untouched = torch::rand({2});
  torch::manual_seed(3);
  LstmStack stack(small(1, false)), deeper(small(2, false));
  stack->initialize(Rng(42), "lstm");
  deeper->initialize(Rng(42), "lstm");
  EXPECT_TRUE(untouched.equal(torch::rand({2}))) << "libtorch's generator must not be drawn from";
  const auto parameters = stack->named_parameters();
  for (const auto& parameter : parameters)
    EXPECT_TRUE(parameter.value().equal(deeper->named_parameters()[parameter.key()])) << parameter.key();
  EXPECT_LE(parameters["weight_ih_l0"].abs().max().item<double>(), std::sqrt(6.0 / 7.0));
  EXPECT_GT(parameters["weight_ih_l0"].abs().max().item<double>(), 0.5 * std::sqrt(6.0 / 7.0));
  const torch::Tensor bias = parameters["bias_ih_l0"] + parameters["bias_hh_l0"];
  EXPECT_TRUE(bias.view({4, 4})[1].equal(torch::ones({4})));  // gates i, f, g, o
  EXPECT_EQ(bias.sum().item<double>(), 4.0);
}

TEST(LstmStack, DropsBetweenLayersInTrainingOnly) {
  auto options = small(2, false);
  options.dropout = 0.5;
  LstmStack stack(options);
  draw_parameters(*stack, 1.0);
  const torch::Tensor x = drawn({2, 6, 3}, "x", 2.0);
  stack->eval();
  const torch::Tensor kept = stack(x);
  EXPECT_TRUE(kept.equal(stack(x)));
  stack->train();
  EXPECT_FALSE(kept.equal(stack(x)));
}

TEST(LstmStack, LetsGradientsReachEveryParameter) {
  LstmStack stack(small(2, true));
  draw_parameters(*stack, 1.0);
  stack(drawn({2, 6, 3}, "x", 2.0)).square().sum().backward();
  for (const auto& parameter : stack->named_parameters())
    EXPECT_GT(parameter.value().grad().abs().max().item<double>(), 0.0) << parameter.key();
}

// One step of input, then silence: with biases of 0 the gates stand at 1/2 and the cell halves at every row.
// After 140 rows its state is 2^-140 or so, a denormal float.
TEST(LstmStack, DecaysToZeroWhereDenormalsAreFlushed) {
  const torch::NoGradGuard no_grad;
  LstmStack stack(small(1, false));
  stack->named_parameters()["weight_ih_l0"].slice(0, 8, 12).fill_(1.0);  // the candidates g
  torch::Tensor x = torch::zeros({1, 140, 3});
  x[0][0].fill_(1.0);
  EXPECT_GT(stack(x).abs().max().item<double>(), 0.0);
  const FlushDenormals flushed;
  if (!FlushDenormals::is_active()) GTEST_SKIP() << "this processor has no such mode";
  EXPECT_EQ(stack(x).abs().max().item<double>(), 0.0);
}

TEST(LstmStack, ListsEveryProblemOfItsOptions) {
  LstmStackOptions options;
  options.layer_count = 0;
  options.dropout = 1.5;
  const std::string message = message_of(ErrorKind::kUsage, [&] { LstmStack unusable(options); });
  for (const char* part : {"input_size is 0", "layer_count is 0", "dropout is 1.5"})
    EXPECT_THAT(message, ::testing::HasSubstr(part));
}

}  // namespace
}  // namespace regimetry::nn
