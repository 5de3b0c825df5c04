// The compression function of SHA-256 over whole blocks of 64 bytes: a plain form and one with the
// processor's own instructions. sha256.cpp picks one at run time; both stand here so that a test can hold
// them against each other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace regimetry::detail {

using Sha256State = std::array<std::uint32_t, 8>;

// As FIPS 180-4 writes it. `blocks` holds 64 * block_count bytes.
void sha256_blocks_portable(Sha256State& state, const std::uint8_t* blocks, std::size_t block_count) noexcept;

// True when this processor has the SHA extensions of x86.
[[nodiscard]] bool has_sha256_instructions() noexcept;
// The same function; must be called only when has_sha256_instructions().
void sha256_blocks_hardware(Sha256State& state, const std::uint8_t* blocks, std::size_t block_count) noexcept;

}  // namespace regimetry::detail
