// That the draws of RngStream follow the distributions they are named after. Seeds are fixed, so a test
// passes or fails always; the bounds are those that a right generator would pass 999 times in 1000.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <vector>

#include "core/rng.hpp"

namespace regimetry {
namespace {

constexpr std::size_t kDraws = 200'000;

RngStream stream_of_this_test() {
  return Rng(1).stream(testing::UnitTest::GetInstance()->current_test_info()->name());
}

template <typename Draw>
std::vector<double> draws(Draw draw) {
  RngStream stream = stream_of_this_test();
  std::vector<double> values(kDraws);
  for (double& value : values) value = draw(stream);
  return values;
}

// Kolmogorov-Smirnov: the largest distance between the empirical and the exact distribution function.
template <typename Cdf>
void expect_distribution(std::vector<double> values, Cdf cdf) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double exact = cdf(values[i]);
    distance = std::max({distance, std::abs(exact - static_cast<double>(i) / n),
                         std::abs(exact - static_cast<double>(i + 1) / n)});
  }
  EXPECT_LT(distance * std::sqrt(n), 1.95);
}

// Mean and variance within 3.3 standard errors; `kurtosis` is the fourth central moment over the squared
// variance.
void expect_moments(const std::vector<double>& values, double mean, double variance, double kurtosis) {
  const auto n = static_cast<double>(values.size());
  const double actual_mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  EXPECT_NEAR(actual_mean, mean, 3.3 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n, variance, 3.3 * variance * std::sqrt((kurtosis - 1.0) / n));
}

// The regularised lower incomplete gamma function, by its series: all terms positive, so nothing cancels.
double gamma_cdf(double shape, double x) {
  if (x <= 0.0) return 0.0;
  if (x > shape + 700.0) return 1.0;  // where the first term would underflow; right for the shapes used here
  double term = std::exp(shape * std::log(x) - x - std::lgamma(shape + 1.0)), sum = term;
  for (double k = shape + 1.0; term > 1e-17 * sum; k += 1.0) sum += term *= x / k;
  return sum;
}

// Pearson's chi-square of counts against expected counts; fails below a p-value of 0.001.
void expect_counts(const std::vector<double>& counts, const std::vector<double>& expected) {
  ASSERT_EQ(counts.size(), expected.size());
  double statistic = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    ASSERT_GE(expected[i], 5.0) << "cell " << i << " is too rare for this test";
    statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  }
  const double degrees_of_freedom = static_cast<double>(counts.size()) - 1.0;
  EXPECT_GT(1.0 - gamma_cdf(degrees_of_freedom / 2, statistic / 2), 0.001) << "chi-square " << statistic;
}

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

TEST(Distributions, TheChecksThemselvesCanFail) {
  EXPECT_NEAR(gamma_cdf(1.0, 2.0), 1.0 - std::exp(-2.0), 1e-15);
  EXPECT_EQ(gamma_cdf(1.0, 1e6), 1.0);
  const std::vector<double> values = draws([](RngStream& s) { return s.uniform(); });
  EXPECT_NONFATAL_FAILURE(expect_distribution(values, [](double x) { return 0.99 * x; }), "1.95");
  EXPECT_NONFATAL_FAILURE(expect_moments(values, 0.5, 1.0 / 12.2, 1.8), "squares");
  EXPECT_NONFATAL_FAILURE(expect_counts({500, 620}, {560, 560}), "chi-square");
  EXPECT_NONFATAL_FAILURE(expect_counts({1e6, 0}, {5e5, 5e5}), "chi-square");
}

TEST(Distributions, Uniform) {
  const std::vector<double> values = draws([](RngStream& s) { return s.uniform(); });
  expect_distribution(values, [](double x) { return x; });
  expect_moments(values, 0.5, 1.0 / 12, 1.8);
}

TEST(Distributions, UniformIsAnOddMultipleOfTwoToTheMinus53) {
  RngStream stream = stream_of_this_test();
  for (int i = 0; i < 10'000; ++i) {
    const double scaled = stream.uniform() * 0x1p53;
    ASSERT_EQ(std::fmod(scaled, 2.0), 1.0);
    ASSERT_LT(scaled, 0x1p53);
  }
}

TEST(Distributions, UniformBetweenBounds) {
  const std::vector<double> values = draws([](RngStream& s) { return s.uniform(-3.0, 5.0); });
  expect_distribution(values, [](double x) { return (x + 3.0) / 8.0; });
}

TEST(Distributions, EveryBitIsSetHalfTheTime) {
  RngStream stream = stream_of_this_test();
  std::array<int, 64> ones{};
  constexpr int kWords = 100'000;
  for (int i = 0; i < kWords; ++i) {
    const std::uint64_t word = stream.next_u64();
    for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += static_cast<int>(word >> bit & 1U);
  }
  for (const int count : ones) EXPECT_NEAR(count, kWords / 2.0, 4.5 * std::sqrt(kWords / 4.0));
}

TEST(Distributions, Normal) {
  const std::vector<double> values = draws([](RngStream& s) { return s.normal(); });
  expect_distribution(values, normal_cdf);
  expect_moments(values, 0.0, 1.0, 3.0);
}

TEST(Distributions, Exponential) {
  const std::vector<double> values = draws([](RngStream& s) { return s.exponential(); });
  expect_distribution(values, [](double x) { return -std::expm1(-x); });
  expect_moments(values, 1.0, 1.0, 9.0);
}

TEST(Distributions, Gamma) {
  for (const double shape : {0.1, 0.5, 0.999, 1.0, 2.5, 50.0}) {
    const std::vector<double> values = draws([shape](RngStream& s) { return s.gamma(shape); });
    expect_distribution(values, [shape](double x) { return gamma_cdf(shape, x); });
    expect_moments(values, shape, shape, 3.0 + 6.0 / shape);
  }
}

TEST(Distributions, ChiSquared) {
  const std::vector<double> values = draws([](RngStream& s) { return s.chi_squared(3.0); });
  expect_distribution(values, [](double x) { return gamma_cdf(1.5, x / 2); });
  expect_moments(values, 3.0, 6.0, 7.0);
}

// Closed forms of the Student-t distribution function for 3 and 5 degrees of freedom.
double student_t3_cdf(double t) {
  const double x = t / std::sqrt(3.0);
  return 0.5 + (x / (1.0 + x * x) + std::atan(x)) / std::numbers::pi;
}
double student_t5_cdf(double t) {
  const double x = t / std::sqrt(5.0), w = 1.0 + x * x;
  return 0.5 + (x / w * (1.0 + 2.0 / (3.0 * w)) + std::atan(x)) / std::numbers::pi;
}

TEST(Distributions, StudentT) {
  expect_distribution(draws([](RngStream& s) { return s.student_t(3.0); }), student_t3_cdf);
  expect_distribution(draws([](RngStream& s) { return s.student_t(5.0); }), student_t5_cdf);
}

TEST(Distributions, StudentTOfVarianceOne) {
  expect_distribution(draws([](RngStream& s) { return s.student_t_unit(5.0); }),
                      [](double t) { return student_t5_cdf(t * std::sqrt(5.0 / 3.0)); });
  // Kurtosis 3 + 6 / (dof - 4).
  expect_moments(draws([](RngStream& s) { return s.student_t_unit(12.0); }), 0.0, 1.0, 3.75);
}

TEST(Distributions, BelowIsEven) {
  RngStream stream = stream_of_this_test();
  for (const std::uint64_t bound : {1U, 2U, 7U, 10U, 64U}) {
    std::vector<double> counts(bound, 0.0);
    for (std::size_t i = 0; i < kDraws; ++i) {
      const std::uint64_t value = stream.below(bound);
      ASSERT_LT(value, bound);
      counts[value] += 1.0;
    }
    if (bound == 1) continue;
    expect_counts(counts,
                  std::vector<double>(bound, static_cast<double>(kDraws) / static_cast<double>(bound)));
  }
}

// For this bound, taking the upper half of draw * bound without rejection gives multiples of 3 half the time.
TEST(Distributions, BelowHasNoBiasForHugeBounds) {
  RngStream stream = stream_of_this_test();
  std::vector<double> counts(3, 0.0);
  for (std::size_t i = 0; i < kDraws; ++i) counts[stream.below(std::uint64_t{3} << 62) % 3] += 1.0;
  expect_counts(counts, std::vector<double>(3, kDraws / 3.0));
}

TEST(Distributions, Categorical) {
  RngStream stream = stream_of_this_test();
  const std::vector<double> weights = {0.0, 2.0, 0.5, 0.0, 7.5, 0.0};
  std::vector<double> counts(weights.size(), 0.0);
  for (std::size_t i = 0; i < kDraws; ++i) counts[stream.categorical(weights)] += 1.0;
  EXPECT_EQ(counts[0] + counts[3] + counts[5], 0.0);
  expect_counts({counts[1], counts[2], counts[4]}, {kDraws * 0.2, kDraws * 0.05, kDraws * 0.75});
}

// P(k failures before success r) = C(k + r - 1, k) p^r (1 - p)^k, by its recurrence in k.
void expect_negative_binomial(int r, double p) {
  RngStream stream = stream_of_this_test();
  std::map<std::int64_t, double> seen;
  for (std::size_t i = 0; i < kDraws; ++i) seen[stream.negative_binomial(r, p)] += 1.0;
  ASSERT_GE(seen.begin()->first, 0);
  std::vector<double> counts, expected;
  double probability = std::pow(p, r), counts_left = kDraws, expected_left = kDraws;
  for (std::int64_t k = 0; expected_left > 50.0; ++k) {  // cells of at least 20 draws; the rest is one more
    double cell_count = 0.0, cell_expected = 0.0;
    for (; cell_expected < 20.0; ++k) {
      cell_count += seen[k];
      cell_expected += probability * kDraws;
      probability *= static_cast<double>(k + r) / static_cast<double>(k + 1) * (1.0 - p);
    }
    --k;
    counts.push_back(cell_count);
    expected.push_back(cell_expected);
    counts_left -= cell_count;
    expected_left -= cell_expected;
  }
  counts.push_back(counts_left);
  expected.push_back(expected_left);
  expect_counts(counts, expected);
}

TEST(Distributions, NegativeBinomial) {
  expect_negative_binomial(1, 0.5);
  expect_negative_binomial(3, 0.2);
  expect_negative_binomial(5, 0.9);
  expect_negative_binomial(2, 0.01);
}

TEST(Distributions, NegativeBinomialAtTheEndsOfP) {
  RngStream stream = stream_of_this_test();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(stream.negative_binomial(4, 1.0), 0);
  for (int i = 0; i < 100; ++i) EXPECT_GE(stream.negative_binomial(4, 1e-300), std::int64_t{1} << 62);
  // Where 1 - p has lost its digits (it rounds to 1 - 1.1e-16), the mean must still be (1 - p) / p.
  constexpr double kRare = 1.6e-16;
  double sum = 0.0;
  for (int i = 0; i < 10'000; ++i) sum += static_cast<double>(stream.negative_binomial(1, kRare));
  EXPECT_NEAR(sum / 10'000 * kRare, 1.0, 0.033);
}

TEST(Distributions, PermutationsOfFourAreEquallyLikely) {
  RngStream stream = stream_of_this_test();
  std::map<std::vector<std::int64_t>, double> seen;
  for (std::size_t i = 0; i < kDraws; ++i) seen[stream.permutation(4)] += 1.0;
  ASSERT_EQ(seen.size(), 24U);
  std::vector<double> counts;
  counts.reserve(seen.size());
  for (const auto& [order, count] : seen) counts.push_back(count);
  expect_counts(counts, std::vector<double>(24, kDraws / 24.0));
}

TEST(Distributions, PermutationHoldsEachIndexOnce) {
  RngStream stream = stream_of_this_test();
  for (const std::int64_t count : {0, 1, 2, 1000}) {
    std::vector<std::int64_t> order = stream.permutation(count);
    std::sort(order.begin(), order.end());
    std::vector<std::int64_t> expected(static_cast<std::size_t>(count));
    std::iota(expected.begin(), expected.end(), std::int64_t{0});
    EXPECT_EQ(order, expected);
  }
}

double correlation(std::span<const double> a, std::span<const double> b) {  // of standard normal draws
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / static_cast<double>(a.size());
}

TEST(Distributions, StreamsAreIndependentOfEachOther) {
  const Rng rng(7);
  std::vector<std::vector<double>> samples;
  for (RngStream stream :
       {rng.stream("a"), rng.stream("b"), rng.stream("a", 1), rng.stream("a", std::uint64_t{1} << 32),
        Rng(8).stream("a"), RngStream(0), RngStream(1)}) {
    samples.emplace_back(kDraws);
    stream.fill_normal(samples.back());
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_LT(std::abs(correlation(samples[i], samples[j])), 3.5 / std::sqrt(kDraws)) << i << " " << j;
    }
  }
}

TEST(Distributions, DrawsAreIndependentOfEarlierDraws) {
  const std::vector<double> values = draws([](RngStream& s) { return s.normal(); });
  const std::span<const double> all = values;
  for (const std::size_t lag : {1U, 2U, 3U, 4U, 16U, 64U, 128U}) {
    const std::size_t count = kDraws - lag;
    EXPECT_LT(std::abs(correlation(all.first(count), all.subspan(lag))), 3.5 / std::sqrt(count)) << lag;
  }
}

}  // namespace
}  // namespace regimetry
