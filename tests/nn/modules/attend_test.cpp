#include "nn/modules/attend.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "nn/modules/recency_bias.hpp"
#include "support/drawn.hpp"

namespace regimetry::nn {
namespace {

struct Inputs {
  torch::Tensor query, key, value;  // [B, H, T, K]
};

Inputs drawn_inputs(std::int64_t rows, std::int64_t batch = 2) {
  const std::vector<std::int64_t> shape = {batch, 3, rows, 4};
  return {drawn(shape, "query", 2.0), drawn(shape, "key", 2.0), drawn(shape, "value")};
}

bool may_read(const AttentionPattern& pattern, std::int64_t i, std::int64_t j) {
  if (pattern.look_ahead_mask && j > i) return false;
  if (!pattern.band) return true;
  return pattern.look_ahead_mask ? i - j < *pattern.band : std::abs(i - j) <= *pattern.band;
}

// One loop per letter, in double. slope(h): what a step of distance costs.
torch::Tensor attend_by_loops(const Inputs& in, const AttentionPattern& pattern,
                              const torch::Tensor& is_valid = {}, double (*slope)(int) = nullptr) {
  const auto query = in.query.accessor<float, 4>(), key = in.key.accessor<float, 4>(),
             value = in.value.accessor<float, 4>();
  torch::Tensor result = torch::zeros_like(in.value, torch::kFloat64);
  auto out = result.accessor<double, 4>();
  const std::int64_t rows = query.size(2);
  for (std::int64_t b = 0; b < query.size(0); ++b) {
    for (std::int64_t h = 0; h < query.size(1); ++h) {
      for (std::int64_t i = 0; i < rows; ++i) {
        std::vector<double> weights(static_cast<std::size_t>(rows), 0.0);
        double total = 0.0;
        for (std::int64_t j = 0; j < rows; ++j) {
          if (!may_read(pattern, i, j)) continue;
          if (is_valid.defined() && !is_valid[b][j].item<bool>()) continue;
          double score = 0.0;
          for (std::int64_t k = 0; k < query.size(3); ++k)
            score += static_cast<double>(query[b][h][i][k]) * key[b][h][j][k];
          score /= std::sqrt(static_cast<double>(query.size(3)));
          if (slope != nullptr) score -= slope(static_cast<int>(h)) * static_cast<double>(std::abs(i - j));
          total += weights[static_cast<std::size_t>(j)] = std::exp(score);
        }
        for (std::int64_t j = 0; total > 0.0 && j < rows; ++j) {
          for (std::int64_t k = 0; k < query.size(3); ++k)
            out[b][h][i][k] += weights[static_cast<std::size_t>(j)] / total * value[b][h][j][k];
        }
      }
    }
  }
  return result.to(torch::kFloat32);
}

// Attention over everything, with the mask of the pattern written out.
torch::Tensor attend_with_a_full_mask(const Inputs& in, const AttentionPattern& pattern) {
  const std::int64_t rows = in.query.size(2);
  torch::Tensor hidden = torch::zeros({rows, rows}, torch::kBool);
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < rows; ++j) hidden[i][j] = !may_read(pattern, i, j);
  }
  const torch::Tensor scores = torch::matmul(in.query, in.key.transpose(2, 3)) / 2.0;  // sqrt(4)
  return torch::matmul(scores.masked_fill(hidden, -INFINITY).softmax(-1), in.value);
}

std::vector<AttentionPattern> patterns() {
  std::vector<AttentionPattern> all = {{}, {.look_ahead_mask = true}};
  for (const std::int64_t band : {1, 2, 7, 50, 500}) {
    all.push_back({.band = band});
    all.push_back({.look_ahead_mask = true, .band = band});
  }
  return all;
}

std::string text_of(const AttentionPattern& pattern) {
  return std::string(pattern.look_ahead_mask ? "look-ahead mask, band " : "band ") +
         std::to_string(pattern.band.value_or(-1));
}

TEST(Attend, EqualsPlainLoops) {
  for (const AttentionPattern& pattern : patterns()) {
    for (const std::int64_t rows : {1, 5, 23}) {
      const Inputs in = drawn_inputs(rows);
      EXPECT_LT(largest_difference(attend(in.query, in.key, in.value, pattern), attend_by_loops(in, pattern)),
                2e-6)
          << text_of(pattern) << ", rows " << rows;
    }
  }
}

// More rows than a block has, and a last block that is not full.
TEST(Attend, EqualsDenseAttentionUnderAMaskWhateverTheBlocks) {
  for (const AttentionPattern& pattern : patterns()) {
    for (const std::int64_t rows : {64, 65, 200}) {
      const Inputs in = drawn_inputs(rows, 1);
      EXPECT_LT(largest_difference(attend(in.query, in.key, in.value, pattern),
                                   attend_with_a_full_mask(in, pattern)),
                2e-6)
          << text_of(pattern) << ", rows " << rows;
    }
  }
}

TEST(Attend, HasTheGradientsOfDenseAttentionUnderAMask) {
  const AttentionPattern pattern{.look_ahead_mask = true, .band = 7};
  const auto gradients = [&](bool is_banded) {
    Inputs in = drawn_inputs(200, 1);
    for (torch::Tensor* tensor : {&in.query, &in.key, &in.value}) tensor->requires_grad_(true);
    const torch::Tensor out =
        is_banded ? attend(in.query, in.key, in.value, pattern) : attend_with_a_full_mask(in, pattern);
    (out * drawn(out.sizes().vec(), "upstream")).sum().backward();
    return torch::stack({in.query.grad(), in.key.grad(), in.value.grad()});
  };
  EXPECT_LT(largest_difference(gradients(true), gradients(false)), 5e-6);
}

TEST(Attend, ReadsNoPadding) {
  for (const AttentionPattern& pattern : patterns()) {
    const Inputs in = drawn_inputs(23);
    AttendExtras extras;
    extras.is_valid = torch::ones({2, 23}, torch::kBool);
    extras.is_valid.slice(1, 0, 9)[0].fill_(false);    // the oldest rows of the first
    extras.is_valid.slice(1, 15, 23)[1].fill_(false);  // the newest rows of the second
    const torch::Tensor got = attend(in.query, in.key, in.value, pattern, extras);
    EXPECT_LT(largest_difference(got, attend_by_loops(in, pattern, extras.is_valid)), 2e-6)
        << text_of(pattern);
  }
}

TEST(Attend, GivesZerosAndFiniteGradientsToARowWithNothingToRead) {
  Inputs in = drawn_inputs(5);
  for (torch::Tensor* tensor : {&in.query, &in.key, &in.value}) tensor->requires_grad_(true);
  AttendExtras extras;
  extras.is_valid = torch::ones({2, 5}, torch::kBool);
  extras.is_valid[0].fill_(false);
  const torch::Tensor got = attend(in.query, in.key, in.value, {}, extras);
  EXPECT_EQ(got[0].abs().max().item<double>(), 0.0);
  got.sum().backward();
  for (const torch::Tensor& tensor : {in.query, in.key, in.value}) {
    EXPECT_TRUE(tensor.grad().isfinite().all().item<bool>());
    EXPECT_EQ(tensor.grad()[0].abs().max().item<double>(), 0.0);
  }
}

TEST(Attend, AddsTheBiasOfEachHead) {
  RecencyBias recency(3, /*is_learned=*/false);
  AttendExtras extras;
  extras.bias = [&](IndexRange readers, IndexRange keys) { return recency(readers, keys); };
  const auto slope = [](int head) { return std::pow(2.0, -8.0 * (head + 1) / 3.0); };
  for (const AttentionPattern& pattern : patterns()) {
    const Inputs in = drawn_inputs(70, 1);  // two blocks under a narrow band
    const torch::Tensor got = attend(in.query, in.key, in.value, pattern, extras);
    EXPECT_LT(largest_difference(got, attend_by_loops(in, pattern, {}, +slope)), 2e-6) << text_of(pattern);
  }
}

TEST(Attend, SurvivesScoresThatOverflowAnExponential) {
  const Inputs in = drawn_inputs(6);
  const torch::Tensor got = attend(1000.0 * in.query, in.key, in.value, {.look_ahead_mask = true});
  EXPECT_TRUE(got.isfinite().all().item<bool>());
}

// T * T scores of a sequence this long would take 40 GB.
TEST(Attend, TakesMemoryForTheBandOnly) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor x = drawn({1, 1, 100'000, 2}, "long");
  const torch::Tensor got = attend(x, x, x, {.look_ahead_mask = true, .band = 16});
  EXPECT_EQ(got.size(2), 100'000);
  const torch::Tensor tail = x.slice(2, 100'000 - 16);
  EXPECT_LT(largest_difference(got.slice(2, 99'999), attend(tail, tail, tail).slice(2, 15)), 2e-6);
}

TEST(Attend, DropsWeightsWhenAsked) {
  const Inputs in = drawn_inputs(8);
  AttendExtras extras;
  extras.dropout = 0.5;
  const torch::Tensor kept = attend(in.query, in.key, in.value);
  EXPECT_GT(largest_difference(kept, attend(in.query, in.key, in.value, {}, extras)), 1e-3);
}

}  // namespace
}  // namespace regimetry::nn
