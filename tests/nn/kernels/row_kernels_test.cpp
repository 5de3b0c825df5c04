#include "nn/kernels/row_kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "core/rng.hpp"
#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/packed_matrix.hpp"

namespace regimetry::nn {
namespace {

using Floats = AlignedVector<float>;

Floats random_floats(std::int64_t count, std::uint64_t substream = 0) {
  Floats values(static_cast<std::size_t>(count));
  RngStream stream = Rng(9).stream("test.kernels", substream);
  for (float& value : values) value = static_cast<float>(stream.normal());
  return values;
}

// To bfloat16, nearest, ties to even; finite values.
float rounded(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t kept = bits >> 16, dropped = bits & 0xffffU;
  const bool goes_up = dropped > 0x8000U || (dropped == 0x8000U && kept % 2 == 1);
  return std::bit_cast<float>((kept + (goes_up ? 1U : 0U)) << 16);
}

// Every level that runs here.
class Kernels : public ::testing::TestWithParam<const RowKernels*> {
 protected:
  const RowKernels& kernels_ = *GetParam();
};

std::string level_name(const ::testing::TestParamInfo<const RowKernels*>& info) {
  return std::string(info.param->name);
}

struct Product {
  std::int64_t m, k, n;
};

std::vector<Product> products() {
  std::vector<Product> all;
  for (const std::int64_t m : {1, 2, 5, 6, 7, 13, 30}) {
    for (const std::int64_t k : {1, 3, 64, 255, 256, 257, 600}) {
      for (const std::int64_t n : {1, 16, 17, 40, 64, 65, 130}) all.push_back({m, k, n});
    }
  }
  return all;
}

// In double, with the bias and the rectifier.
double defined(const Floats& a, const Floats& b, const Product& p, std::int64_t row, std::int64_t column,
               double begin, bool is_rounded) {
  double sum = begin;
  for (std::int64_t i = 0; i < p.k; ++i) {
    const float left = a[static_cast<std::size_t>(row * p.k + i)];
    const float right = b[static_cast<std::size_t>(i * p.n + column)];
    sum += is_rounded ? static_cast<double>(rounded(left)) * static_cast<double>(rounded(right))
                      : static_cast<double>(left) * static_cast<double>(right);
  }
  return sum;
}

TEST_P(Kernels, MultiplyByPackedMatrices) {
  for (const Product& p : products()) {
    const Floats a = random_floats(p.m * p.k, 1), b = random_floats(p.k * p.n, 2),
                 bias = random_floats(padded(p.n), 3);
    const PackedMatrix packed(b, p.k, p.n, false, kernels_);
    Floats c(static_cast<std::size_t>(p.m * packed.columns()));
    kernels_.multiply(a.data(), p.k, p.m, packed.view(), c.data(), packed.columns(),
                      {.bias = bias.data(), .is_relu = true});
    for (std::int64_t row = 0; row < p.m; ++row) {
      for (std::int64_t column = 0; column < p.n; ++column) {
        const double expected =
            std::max(0.0, defined(a, b, p, row, column,
                                  static_cast<double>(bias[static_cast<std::size_t>(column)]), false));
        ASSERT_NEAR(c[static_cast<std::size_t>(row * packed.columns() + column)], expected,
                    5e-6 * std::sqrt(static_cast<double>(p.k)) + 1e-6)
            << p.m << " x " << p.k << " x " << p.n << " at " << row << ", " << column;
      }
    }
  }
}

TEST_P(Kernels, MultiplyInBfloat16WithSumsInFloat32) {
  for (const Product& p :
       {Product{7, 65, 70}, Product{1, 1, 1}, Product{13, 600, 33}, Product{16, 65, 70}, Product{17, 64, 16},
        Product{32, 600, 33}, Product{33, 31, 130}, Product{40, 300, 64}}) {
    const Floats a = random_floats(p.m * p.k, 1), b = random_floats(p.k * p.n, 2),
                 bias = random_floats(padded(p.n), 3);
    const PackedMatrix packed(b, p.k, p.n, true, kernels_);
    const std::int64_t pairs = packed.pair_view().k_pairs;
    AlignedVector<std::uint32_t> left(static_cast<std::size_t>(p.m * pairs));
    for (std::int64_t row = 0; row < p.m; ++row) {
      Floats line(static_cast<std::size_t>(2 * pairs), 0.0F);
      std::copy_n(a.data() + row * p.k, p.k, line.data());
      kernels_.round_to_pairs(line.data(), 2 * pairs, left.data() + row * pairs);
    }
    const Floats before = random_floats(p.m * packed.columns(), 4);
    for (const Epilogue& epilogue :
         {Epilogue{}, Epilogue{.bias = bias.data()}, Epilogue{.is_relu = true},
          Epilogue{.bias = bias.data(), .is_relu = true}, Epilogue{.adds_to_c = true},
          Epilogue{.is_relu = true, .adds_to_c = true}}) {
      Floats c = before;
      kernels_.multiply_pairs(left.data(), pairs, p.m, packed.pair_view(), c.data(), packed.columns(),
                              epilogue);
      for (std::int64_t row = 0; row < p.m; ++row) {
        for (std::int64_t column = 0; column < p.n; ++column) {
          const auto at = static_cast<std::size_t>(row * packed.columns() + column);
          const float begin = epilogue.adds_to_c ? before[at]
                              : epilogue.bias    ? bias[static_cast<std::size_t>(column)]
                                                 : 0.0F;
          const double sum = defined(a, b, p, row, column, static_cast<double>(begin), true);
          ASSERT_NEAR(c[at], epilogue.is_relu ? std::max(0.0, sum) : sum,
                      1e-5 * std::sqrt(static_cast<double>(p.k)) + 1e-6)
              << p.m << " x " << p.k << " x " << p.n << " at " << row << ", " << column;
        }
      }
    }
  }
}

TEST_P(Kernels, GoOnFromWhatIsThere) {
  const Product p{7, 20, 32};
  const Floats a = random_floats(p.m * p.k, 1), b = random_floats(p.k * p.n, 2),
               before = random_floats(p.m * p.n, 3);
  Floats c = before;
  kernels_.multiply_plain(a.data(), p.k, p.m, p.k, b.data(), p.n, p.n, c.data(), p.n, {.adds_to_c = true});
  for (std::int64_t row = 0; row < p.m; ++row) {
    for (std::int64_t column = 0; column < p.n; ++column) {
      const auto at = static_cast<std::size_t>(row * p.n + column);
      EXPECT_NEAR(c[at], defined(a, b, p, row, column, static_cast<double>(before[at]), false), 1e-5);
    }
  }
}

// The same element whatever the tile it falls into.
TEST_P(Kernels, GiveARowTheSameBitsInAnyCompany) {
  const Product p{23, 300, 70};
  const Floats a = random_floats(p.m * p.k, 1), b = random_floats(p.k * p.n, 2);
  const PackedMatrix packed(b, p.k, p.n, false, kernels_);
  Floats all(static_cast<std::size_t>(p.m * packed.columns())),
      one(static_cast<std::size_t>(packed.columns()));
  kernels_.multiply(a.data(), p.k, p.m, packed.view(), all.data(), packed.columns(), {});
  for (std::int64_t row = 0; row < p.m; ++row) {
    kernels_.multiply(a.data() + row * p.k, p.k, 1, packed.view(), one.data(), packed.columns(), {});
    EXPECT_TRUE(std::equal(one.begin(), one.end(), all.begin() + row * packed.columns())) << row;
  }
}

TEST_P(Kernels, Transpose) {
  const std::int64_t rows = 9, columns = 14;
  const Floats in = random_floats(12 * 16);
  Floats out(16 * 12);
  kernels_.transpose(in.data(), 16, rows, columns, out.data(), 12);
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column)
      EXPECT_EQ(out[static_cast<std::size_t>(column * 12 + row)],
                in[static_cast<std::size_t>(row * 16 + column)]);
  }
}

TEST_P(Kernels, MakeASoftmaxOfAnyLength) {
  for (const std::int64_t count : {1, 2, 15, 16, 17, 30, 31, 32, 33, 100}) {
    const Floats terms[4] = {random_floats(count + 16, 1), random_floats(count + 16, 2),
                             random_floats(count + 16, 3), random_floats(count + 16, 4)};
    Floats out(static_cast<std::size_t>(padded(count)), -1.0F);
    kernels_.softmax_of_four(terms[0].data(), terms[1].data(), terms[2].data(), terms[3].data(), count,
                             out.data());
    std::vector<double> weights;
    double total = 0;
    for (std::int64_t j = 0; j < count; ++j) {
      double score = 0;
      for (const Floats& term : terms) score += static_cast<double>(term[static_cast<std::size_t>(j)]);
      weights.push_back(std::exp(score));
      total += weights.back();
    }
    for (std::int64_t j = 0; j < count; ++j)
      EXPECT_NEAR(out[static_cast<std::size_t>(j)], weights[static_cast<std::size_t>(j)] / total, 1e-6)
          << count;
    for (std::int64_t j = count; j < padded(count); ++j)
      EXPECT_EQ(out[static_cast<std::size_t>(j)], 0.0F) << count;
  }
}

TEST_P(Kernels, KeepSmallWeightsOfASoftmaxExact) {
  for (float distance = 0.0F; distance < 85.0F; distance += 0.37F) {
    Floats scores(16, 0.0F), out(16);
    scores[1] = -distance;
    kernels_.softmax(scores.data(), 2, out.data());
    const double expected =
        std::exp(-static_cast<double>(distance)) / (1.0 + std::exp(-static_cast<double>(distance)));
    EXPECT_NEAR(out[1] / expected, 1.0, 1e-6) << distance;
  }
}

TEST_P(Kernels, SurviveScoresOfAnySize) {
  Floats scores(16, 0.0F), out(16);
  scores[0] = 3e4F;
  scores[1] = -3e37F;
  kernels_.softmax(scores.data(), 3, out.data());
  EXPECT_FLOAT_EQ(out[0], 1.0F);
  EXPECT_NEAR(out[1], 0.0F, 1e-37F);
  EXPECT_NEAR(out[2], 0.0F, 1e-37F);
}

TEST_P(Kernels, IgnoreWhateverStandsBeyondASoftmax) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const std::int64_t count : {1, 2, 15, 16, 17, 31, 33}) {
    const Floats clean = random_floats(padded(count), 1), zeros(clean.size(), 0.0F);
    Floats expected(clean.size()), found(clean.size());
    kernels_.softmax(clean.data(), count, expected.data());
    for (const float garbage : {kInfinity, -kInfinity, std::numeric_limits<float>::quiet_NaN(), 3.4e38F}) {
      Floats dirty = clean;
      std::fill(dirty.begin() + count, dirty.end(), garbage);
      kernels_.softmax(dirty.data(), count, found.data());
      EXPECT_EQ(found, expected) << count << " " << garbage;
      kernels_.softmax_of_four(dirty.data(), zeros.data(), zeros.data(), zeros.data(), count, found.data());
      EXPECT_EQ(found, expected) << count << " " << garbage;
    }
  }
}

TEST_P(Kernels, ShowNanInASoftmax) {
  for (const std::int64_t at : {0, 3, 16}) {
    Floats scores = random_floats(32, 1), out(32);
    scores[static_cast<std::size_t>(at)] = std::numeric_limits<float>::quiet_NaN();
    kernels_.softmax(scores.data(), 18, out.data());
    for (std::size_t i = 0; i < 18; ++i) EXPECT_TRUE(std::isnan(out[i])) << at << " " << i;
  }
}

TEST_P(Kernels, NormAndAdd) {
  for (const std::int64_t width : {1, 7, 16, 20, 64, 100}) {
    const std::int64_t columns = padded(width);
    Floats x = random_floats(columns, 1), weight = random_floats(columns, 2),
           bias = random_floats(columns, 3);
    for (std::int64_t i = width; i < columns; ++i)
      x[static_cast<std::size_t>(i)] = weight[static_cast<std::size_t>(i)] =
          bias[static_cast<std::size_t>(i)] = 0.0F;
    const Floats first = random_floats(columns, 4), second = random_floats(columns, 5);
    Floats out(static_cast<std::size_t>(columns));
    kernels_.norm_and_add(x.data(), width, 1e-6F, weight.data(), bias.data(), first.data(), second.data(),
                          out.data());
    double mean = 0, variance = 0;
    for (std::int64_t i = 0; i < width; ++i)
      mean += static_cast<double>(x[static_cast<std::size_t>(i)]) / static_cast<double>(width);
    for (std::int64_t i = 0; i < width; ++i)
      variance += std::pow(static_cast<double>(x[static_cast<std::size_t>(i)]) - mean, 2) /
                  static_cast<double>(width);
    for (std::int64_t i = 0; i < width; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double standard = (static_cast<double>(x[at]) - mean) / std::sqrt(variance + 1e-6);
      const double expected = standard * static_cast<double>(weight[at]) + static_cast<double>(bias[at]) +
                              static_cast<double>(first[at]) + static_cast<double>(second[at]);
      EXPECT_NEAR(out[at], expected, 3e-5) << width;
    }
    Floats without(static_cast<std::size_t>(columns));
    kernels_.norm_and_add(x.data(), width, 1e-6F, weight.data(), bias.data(), first.data(), nullptr,
                          without.data());
    EXPECT_NEAR(without[0] + second[0], out[0], 1e-5);
  }
}

TEST_P(Kernels, RoundToBfloat16ToTheNearestAndTiesToEven) {
  // 1 + 2^-8 lies between 1 and 1 + 2^-7; 1 + 3 * 2^-8 between 1 + 2^-7 and 1 + 2^-6.
  const Floats x = {1.0F,        1.00390625F, 1.01171875F, -3.14159274F, 1.00390637F, 0.0F,
                    65536.0F,    1e-30F,      1.0F,        1.00390625F,  1.01171875F, -3.14159274F,
                    1.00390637F, 0.0F,        65536.0F,    1e-30F,       -2.5F,       0.1F};
  const std::vector<float> expected = {1.0F, 1.0F, 1.015625F, -3.140625F, 1.0078125F, 0.0F, 65536.0F};
  std::vector<std::uint32_t> words(9);
  kernels_.round_to_pairs(x.data(), 18, words.data());
  const auto value = [&](std::size_t i) {
    return std::bit_cast<float>(i % 2 == 0 ? words[i / 2] << 16 : words[i / 2] & 0xffff0000U);
  };
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(value(i), expected[i]) << i;
    EXPECT_EQ(value(i + 8), expected[i]) << i;
  }
  EXPECT_EQ(value(16), -2.5F);
  EXPECT_NEAR(value(17), 0.1F, 0.0004F);
}

TEST_P(Kernels, AddAndCompare) {
  const Floats x = random_floats(48, 1), y = random_floats(48, 2);
  Floats sum(48), greater = y;
  kernels_.add(x.data(), y.data(), 48, sum.data());
  kernels_.take_greater(x.data(), 48, greater.data());
  for (std::size_t i = 0; i < 48; ++i) {
    EXPECT_EQ(sum[i], x[i] + y[i]);
    EXPECT_EQ(greater[i], std::max(x[i], y[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(EveryLevel, Kernels, ::testing::ValuesIn(usable_row_kernels()), level_name);

}  // namespace
}  // namespace regimetry::nn
