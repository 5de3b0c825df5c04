#include "core/philox.hpp"

#include "core/rng.hpp"

namespace regimetry {
namespace {

constexpr std::uint64_t kMultiplier0 = 0xD2511F53U, kMultiplier1 = 0xCD9E8D57U;
// What the key grows by from round to round: the golden ratio and sqrt(3) - 1, as fractions of 2^32.
constexpr std::uint32_t kKeyStep0 = 0x9E3779B9U, kKeyStep1 = 0xBB67AE85U;

}  // namespace

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = kMultiplier0 * counter[0];
    const std::uint64_t product1 = kMultiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product0)};
    key[0] += kKeyStep0;
    key[1] += kKeyStep1;
  }
  return counter;
}

void detail::philox_blocks(std::uint64_t key, std::uint64_t substream, std::uint64_t first_block,
                           std::size_t block_count, std::uint64_t* out) noexcept {
  for (std::size_t i = 0; i < block_count; ++i) {
    const std::uint64_t block = first_block + i;
    const auto words =
        philox4x32_10({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32),
                       static_cast<std::uint32_t>(substream), static_cast<std::uint32_t>(substream >> 32)},
                      {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
    out[2 * i] = static_cast<std::uint64_t>(words[1]) << 32 | words[0];
    out[2 * i + 1] = static_cast<std::uint64_t>(words[3]) << 32 | words[2];
  }
}

}  // namespace regimetry
