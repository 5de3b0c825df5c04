#include "core/philox.hpp"

#include <utility>

#include "core/rng.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace regimetry {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53U, kMultiplier1 = 0xCD9E8D57U;
// What the key grows by from round to round: the golden ratio and sqrt(3) - 1, as fractions of 2^32.
constexpr std::uint32_t kKeyStep0 = 0x9E3779B9U, kKeyStep1 = 0xBB67AE85U;
constexpr int kRounds = 10;

constexpr std::uint32_t low_half(std::uint64_t word) noexcept {
  return static_cast<std::uint32_t>(word);
}
constexpr std::uint32_t high_half(std::uint64_t word) noexcept {
  return static_cast<std::uint32_t>(word >> 32);
}

// As many blocks side by side as a vector register has 64-bit lanes. A 32-bit word of a counter sits in the
// lower half of its lane; what is in the upper half does not matter, because the widening product reads lower
// halves only.
#if defined(__AVX512F__)
constexpr std::size_t kLanes = 8;
#elif defined(__AVX2__)
constexpr std::size_t kLanes = 4;
#else
constexpr std::size_t kLanes = 2;
#endif
using Lanes __attribute__((vector_size(kLanes * 8))) = std::uint64_t;

// The 64-bit products of the lower halves.
inline Lanes widening_product(Lanes a, Lanes b) noexcept {
#if defined(__AVX512F__)
  // The form with a mask, because g++ 12 warns about an uninitialised value inside the plain one.
  return reinterpret_cast<Lanes>(
      _mm512_maskz_mul_epu32(0xff, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(__AVX2__)
  return reinterpret_cast<Lanes>(
      _mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__x86_64__)
  return reinterpret_cast<Lanes>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  return (a & 0xffffffffU) * (b & 0xffffffffU);
#endif
}

// Groups of kLanes blocks worked on at once, so that one group's products hide behind the other's.
constexpr std::size_t kGroups = 4;
constexpr std::size_t kBlocksAtOnce = kGroups * kLanes;

template <std::size_t... kLane>
Lanes first_lanes_interleaved(Lanes even, Lanes odd, std::index_sequence<kLane...>) noexcept {
  return __builtin_shufflevector(even, odd, (kLane / 2 + (kLane % 2) * kLanes)...);
}

template <std::size_t... kLane>
Lanes last_lanes_interleaved(Lanes even, Lanes odd, std::index_sequence<kLane...>) noexcept {
  return __builtin_shufflevector(even, odd, (kLanes / 2 + kLane / 2 + (kLane % 2) * kLanes)...);
}

struct Group {
  Lanes word0, word1, word2, word3;
};

inline void store(const Group& group, std::uint64_t* out) noexcept {
  constexpr auto kSequence = std::make_index_sequence<kLanes>();
  const Lanes even = (group.word0 & 0xffffffffU) | group.word1 << 32;
  const Lanes odd = (group.word2 & 0xffffffffU) | group.word3 << 32;
  const Lanes first = first_lanes_interleaved(even, odd, kSequence);
  const Lanes last = last_lanes_interleaved(even, odd, kSequence);
  __builtin_memcpy(out, &first, sizeof first);
  __builtin_memcpy(out + kLanes, &last, sizeof last);
}

// kBlocksAtOnce consecutive blocks.
void philox_many(std::uint64_t key, std::uint64_t substream, std::uint64_t first_block,
                 std::uint64_t* out) noexcept {
  Lanes lane_idx;
  for (std::size_t lane = 0; lane < kLanes; ++lane) lane_idx[lane] = lane;
  Group groups[kGroups];
  for (std::size_t g = 0; g < kGroups; ++g) {
    const Lanes block = lane_idx + (first_block + g * kLanes);
    groups[g] = {block, block >> 32, Lanes{} + low_half(substream), Lanes{} + high_half(substream)};
  }
  std::uint32_t key0 = low_half(key), key1 = high_half(key);
  for (int round = 0; round < kRounds; ++round) {
    for (Group& group : groups) {
      const Lanes product0 = widening_product(group.word0, Lanes{} + kMultiplier0);
      const Lanes product1 = widening_product(group.word2, Lanes{} + kMultiplier1);
      group = {(product1 >> 32) ^ group.word1 ^ key0, product1, (product0 >> 32) ^ group.word3 ^ key1,
               product0};
    }
    key0 += kKeyStep0;
    key1 += kKeyStep1;
  }
  for (std::size_t g = 0; g < kGroups; ++g) store(groups[g], out + g * 2 * kLanes);
}

void philox_one(std::uint64_t key, std::uint64_t substream, std::uint64_t block,
                std::uint64_t* out) noexcept {
  const auto words =
      philox4x32_10({low_half(block), high_half(block), low_half(substream), high_half(substream)},
                    {low_half(key), high_half(key)});
  out[0] = static_cast<std::uint64_t>(words[1]) << 32 | words[0];
  out[1] = static_cast<std::uint64_t>(words[3]) << 32 | words[2];
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t product0 = std::uint64_t{kMultiplier0} * counter[0];
    const std::uint64_t product1 = std::uint64_t{kMultiplier1} * counter[2];
    counter = {high_half(product1) ^ counter[1] ^ key[0], low_half(product1),
               high_half(product0) ^ counter[3] ^ key[1], low_half(product0)};
    key[0] += kKeyStep0;
    key[1] += kKeyStep1;
  }
  return counter;
}

void detail::philox_blocks(std::uint64_t key, std::uint64_t substream, std::uint64_t first_block,
                           std::size_t block_count, std::uint64_t* out) noexcept {
  std::size_t done = 0;
  for (; block_count - done >= kBlocksAtOnce; done += kBlocksAtOnce) {
    philox_many(key, substream, first_block + done, out + 2 * done);
  }
  for (; done < block_count; ++done) philox_one(key, substream, first_block + done, out + 2 * done);
}

}  // namespace regimetry
