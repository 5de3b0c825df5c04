#include "core/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "core/sha256.hpp"

namespace regimetry {
namespace {

// Adds the bytes begin, ..., end - 1 of the pieces laid end to end.
void add_bytes(Sha256& digest, std::span<const std::string_view> pieces, std::size_t begin, std::size_t end) {
  std::size_t offset = 0;
  for (const std::string_view piece : pieces) {
    const std::size_t from = std::clamp(begin, offset, offset + piece.size()) - offset;
    const std::size_t to = std::clamp(end, offset, offset + piece.size()) - offset;
    digest.update(piece.substr(from, to - from));
    offset += piece.size();
  }
}

}  // namespace

Fingerprint fingerprint_of(std::span<const std::string_view> pieces) {
  constexpr std::size_t kBlockBytes = std::size_t{1} << 16, kBlocks = 1024;
  const std::size_t total =
      std::accumulate(pieces.begin(), pieces.end(), std::size_t{0},
                      [](std::size_t sum, std::string_view piece) { return sum + piece.size(); });
  Sha256 digest;
  if (total <= kBlockBytes * kBlocks) {
    add_bytes(digest, pieces, 0, total);
  } else {
    const std::size_t last = total - kBlockBytes;  // where the last block begins
    for (std::size_t block = 0; block < kBlocks; ++block) {
      const std::size_t begin = last / (kBlocks - 1) * block + last % (kBlocks - 1) * block / (kBlocks - 1);
      add_bytes(digest, pieces, begin, begin + kBlockBytes);
    }
  }
  Fingerprint fingerprint{total, {}};
  for (const std::uint8_t byte : digest.finish()) fingerprint.sha256 += fmt::format("{:02x}", byte);
  return fingerprint;
}

}  // namespace regimetry
