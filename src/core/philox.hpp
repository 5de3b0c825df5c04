// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011) over
// runs of consecutive counters: the fast lane under RngStream::fill_*.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regimetry::detail {

// The blocks with counters (first_block + i, substream), i = 0 .. block_count-1, each as two 64-bit words,
// low word first: `out` receives 2 * block_count values.
void philox_blocks(std::uint64_t key, std::uint64_t substream, std::uint64_t first_block,
                   std::size_t block_count, std::uint64_t* out) noexcept;

}  // namespace regimetry::detail
