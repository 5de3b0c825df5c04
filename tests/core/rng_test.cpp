// Streams: which bits come out, in which order, and that nothing else changes them. What the draws look like
// as distributions is in distributions_test.cpp.
#include "core/rng.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/digest_of_bits.hpp"
#include "core/philox.hpp"
#include "core/sha256.hpp"

namespace regimetry {
namespace {

using Counter = std::array<std::uint32_t, 4>;

// The known answers that Salmon et al. published with their library (Random123, kat_vectors).
TEST(Philox, GivesTheKnownAnswers) {
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}),
            (Counter{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  constexpr std::uint32_t kAll = 0xffffffffU;
  EXPECT_EQ(philox4x32_10({kAll, kAll, kAll, kAll}, {kAll, kAll}),
            (Counter{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(philox4x32_10({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
            (Counter{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Philox, ManyBlocksAreTheSingleBlocks) {
  constexpr std::uint64_t kKey = 0xa409382229'9f31U, kSubstream = 0xfedcba9876543210U;
  // The last start lets the counter's lower half, then the whole counter, run over inside the run of blocks.
  for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{0xfffffff0U}, ~std::uint64_t{0} - 20}) {
    for (const std::size_t count : {0U, 1U, 7U, 31U, 32U, 33U, 100U}) {
      std::vector<std::uint64_t> words(2 * count + 1, 77);
      detail::philox_blocks(kKey, kSubstream, first, count, words.data());
      EXPECT_EQ(words.back(), 77U);
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t block = first + i;
        const Counter expected = philox4x32_10(
            {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32),
             static_cast<std::uint32_t>(kSubstream), static_cast<std::uint32_t>(kSubstream >> 32)},
            {static_cast<std::uint32_t>(kKey), static_cast<std::uint32_t>(kKey >> 32)});
        ASSERT_EQ(words[2 * i], expected[0] | static_cast<std::uint64_t>(expected[1]) << 32);
        ASSERT_EQ(words[2 * i + 1], expected[2] | static_cast<std::uint64_t>(expected[3]) << 32);
      }
    }
  }
}

TEST(RngStream, HandsOutTheWordsOfItsBlocksInOrder) {
  constexpr std::uint64_t kKey = 0x123456789abcdef0U;
  RngStream stream(kKey, 3);
  for (std::uint32_t block = 0; block < 200; ++block) {
    const Counter expected = philox4x32_10({block, 0, 3, 0}, {0x9abcdef0U, 0x12345678U});
    for (const std::uint32_t word : expected) ASSERT_EQ(stream.next_u32(), word) << block;
  }
}

TEST(RngStream, TakesA64BitDrawFromTheNextAlignedHalf) {
  RngStream words(9), pairs(9), mixed(9);
  std::vector<std::uint32_t> w(400);
  for (std::uint32_t& word : w) word = words.next_u32();
  for (std::size_t i = 0; i + 1 < w.size(); i += 2) {
    ASSERT_EQ(pairs.next_u64(), w[i] | static_cast<std::uint64_t>(w[i + 1]) << 32);
  }
  for (std::size_t i = 0; i + 4 <= w.size(); i += 4) {
    ASSERT_EQ(mixed.next_u32(), w[i]);  // w[i + 1] is skipped
    ASSERT_EQ(mixed.next_u64(), w[i + 2] | static_cast<std::uint64_t>(w[i + 3]) << 32);
  }
}

TEST(RngStream, KeyIsTheDocumentedHash) {
  const Rng rng(0x0123456789abcdefU);
  const std::string hashed =
      std::string("regimetry stream\n") + "\xef\xcd\xab\x89\x67\x45\x23\x01" + "simulate.returns";
  const std::string digest = sha256_hex(hashed);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key |= std::stoull(digest.substr(2 * i, 2), nullptr, 16) << (8 * i);
  RngStream expected(key, 11), actual = rng.stream("simulate.returns", 11);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(actual.next_u64(), expected.next_u64());
  EXPECT_EQ(rng.seed(), 0x0123456789abcdefU);
}

TEST(RngStream, DiffersBySeedNameAndSubstream) {
  std::set<std::uint64_t> firsts;
  int streams = 0;
  for (const std::uint64_t seed : {0U, 1U, 42U}) {
    for (const char* name : {"", "a", "b", "aa", "encoder.init"}) {
      for (const std::uint64_t substream : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 40}) {
        firsts.insert(Rng(seed).stream(name, substream).next_u64());
        ++streams;
      }
    }
  }
  EXPECT_EQ(firsts.size(), static_cast<std::size_t>(streams));
}

TEST(RngStream, CopyKeepsThePosition) {
  RngStream stream(1);
  for (int i = 0; i < 37; ++i) (void)stream.next_u32();
  RngStream copy = stream;
  for (int i = 0; i < 200; ++i) ASSERT_EQ(copy.next_u64(), stream.next_u64());
}

// The draws of the golden stream as golden_values.py computes them, a second implementation in plain Python.
RngStream golden() {
  return Rng(20240102).stream("golden", 5);
}

template <typename Value, typename Draw>
void expect_draws(const std::vector<Value>& expected, Draw draw) {
  RngStream stream = golden();
  for (const Value& value : expected) EXPECT_EQ(draw(stream), value);
}

TEST(RngStream, KeepsItsBits) {
  expect_draws<std::uint64_t>({0xb37aa7ee3ec0b1ecU, 0x4d09bbcb318af3f6U, 0x6784fe4b71d33250U,
                               0x3055951b9751507cU, 0x2848f378968e1127U},
                              [](RngStream& s) { return s.next_u64(); });
  expect_draws<std::uint32_t>({0x3ec0b1ecU, 0xb37aa7eeU, 0x318af3f6U},
                              [](RngStream& s) { return s.next_u32(); });
  expect_draws<double>(
      {0x1.66f54fdc7d817p-1, 0x1.3426ef2cc62bep-2, 0x1.9e13f92dc74cep-2, 0x1.82aca8dcba8acp-3,
       0x1.42479bc4b470cp-3, 0x1.7ca796b0e7b46p-2, 0x1.bbfbaa068a926p-2, 0x1.f8adbd942851bp-1},
      [](RngStream& s) { return s.uniform(); });
  expect_draws<double>(
      {0x1.0e1997b5c3f5ap-1, -0x1.0b1ff7726574fp-1, -0x1.efb4b87e6e3d2p-3, -0x1.c3bd82d48455ep-1,
       -0x1.015ee5cf4ec50p+0, -0x1.4f1f07427e531p-2, -0x1.5693c72d37572p-3, 0x1.183035bd1e466p+1},
      [](RngStream& s) { return s.normal(); });
  expect_draws<double>(
      {0x1.6ba431bd6a8c6p-2, 0x1.336cc38f3e1e4p+0, 0x1.cf92de5a1e632p-1, 0x1.aac2dca8c68e8p+0,
       0x1.d9651d1138a4ap+0, 0x1.faaa22ff49a86p-1, 0x1.abdef4977f94ep-1, 0x1.d7f27fb174e03p-7},
      [](RngStream& s) { return s.exponential(); });
}

TEST(RngStream, KeepsTheBitsOfItsDistributions) {
  expect_draws<double>(
      {0x1.3d2af778d1ad7p-4, 0x1.92c9e923f05cap-7, 0x1.6a3fe1b81391ap-1, 0x1.9168e6009e400p-7,
       0x1.202768c14ec34p-6, 0x1.342dcf050037dp-1, 0x1.0b732453ca40fp-2, 0x1.1f2ebd5f035ffp-10},
      [](RngStream& s) { return s.gamma(0.3); });
  expect_draws<double>(
      {0x1.851304e894202p+1, 0x1.d45dff640b1c8p+0, 0x1.ff101608d67a7p-1, 0x1.edfddf436ad90p+0,
       0x1.7915b18d386e4p+2, 0x1.237b44b5f0121p+2, 0x1.5254544562a52p+1, 0x1.66ca2471d034ep+0},
      [](RngStream& s) { return s.gamma(2.5); });
  expect_draws<double>(
      {0x1.5e5a35919e778p-1, -0x1.657597850309fp+0, -0x1.4614192ff9110p-3, -0x1.5bd0133873196p-1,
       -0x1.08b30e54df7f8p-1, 0x1.53b4dc85e5f0fp-1, 0x1.2822174476966p+0, -0x1.b71ce9c13912ap-1},
      [](RngStream& s) { return s.student_t(5.0); });
  expect_draws<std::uint64_t>({701, 300, 404, 188, 157, 371, 433, 985},
                              [](RngStream& s) { return s.below(1000); });
  expect_draws<std::int64_t>({46, 87, 16, 37, 55, 42, 32, 98},
                             [](RngStream& s) { return s.negative_binomial(3, 0.05); });
  constexpr std::array kWeights = {1.0, 0.0, 2.0, 3.0};
  expect_draws<std::size_t>({3, 2, 2, 2, 0, 2, 2, 3}, [&](RngStream& s) { return s.categorical(kWeights); });
  EXPECT_EQ(golden().permutation(10), (std::vector<std::int64_t>{5, 9, 8, 4, 6, 0, 1, 3, 2, 7}));
}

TEST(RngStream, KeepsTheBitsOfManyNormals) {
  std::vector<double> values(20'000);
  golden().fill_normal(values);
  EXPECT_EQ(digest_of_bits(values), "f2c6516a48b14b59e08a57b6fbfd1436ec9091c66f75c13b2c3ebdb7a9160a57");
}

// fill(out) gives what one draw per element gives, from any position, and leaves the stream at the same
// place.
template <typename Fill, typename Draw>
void expect_fill_equals_draws(Fill fill, Draw draw) {
  for (const int words_before : {0, 1, 2, 3, 4, 37, 126, 127, 128, 129}) {
    for (const std::size_t count : {0U, 1U, 2U, 3U, 31U, 64U, 65U, 127U, 500U, 1023U, 1024U, 1025U, 5000U}) {
      RngStream filled(0xabcdU, 1), drawn(0xabcdU, 1);
      for (int i = 0; i < words_before; ++i) ASSERT_EQ(filled.next_u32(), drawn.next_u32());
      std::vector<double> out(count);
      fill(filled, out);
      for (std::size_t i = 0; i < count; ++i)
        ASSERT_EQ(out[i], draw(drawn)) << words_before << " " << count << " " << i;
      ASSERT_EQ(filled.next_u64(), drawn.next_u64());
    }
  }
}

TEST(RngStream, FillUniformEqualsTheDraws) {
  expect_fill_equals_draws([](RngStream& s, std::vector<double>& out) { s.fill_uniform(out); },
                           [](RngStream& s) { return s.uniform(); });
}

TEST(RngStream, FillNormalEqualsTheDraws) {
  expect_fill_equals_draws([](RngStream& s, std::vector<double>& out) { s.fill_normal(out); },
                           [](RngStream& s) { return s.normal(); });
}

TEST(RngStream, FillExponentialEqualsTheDraws) {
  expect_fill_equals_draws([](RngStream& s, std::vector<double>& out) { s.fill_exponential(out); },
                           [](RngStream& s) { return s.exponential(); });
}

TEST(RngStream, FillingOfNothingMovesNothing) {
  RngStream stream(5), same(5);
  (void)stream.next_u32();
  (void)same.next_u32();
  stream.fill_normal({});
  EXPECT_EQ(stream.next_u32(), same.next_u32());
}

}  // namespace
}  // namespace regimetry
