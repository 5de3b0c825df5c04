#include "features/sealed_state.hpp"

#include <cstring>
#include <string_view>

#include "core/error.hpp"
#include "core/sha256.hpp"

namespace regimetry::features {
namespace {

constexpr std::size_t kDigestSize = 64;

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::vector<std::byte> sealed_state(const std::string& set_digest, std::span<const std::byte> state) {
  const std::string head = set_digest + sha256_hex(as_text(state));
  std::vector<std::byte> sealed(head.size() + state.size());
  std::memcpy(sealed.data(), head.data(), head.size());
  if (!state.empty()) std::memcpy(sealed.data() + head.size(), state.data(), state.size());
  return sealed;
}

std::span<const std::byte> opened_state(const std::string& set_digest, std::span<const std::byte> sealed) {
  const std::string_view text = as_text(sealed);
  if (text.size() < 2 * kDigestSize || text.substr(0, kDigestSize) != set_digest) {
    throw Error(ErrorKind::kData,
                "the saved state is of another feature set; save it anew from the full history");
  }
  const std::span<const std::byte> state = sealed.subspan(2 * kDigestSize);
  if (text.substr(kDigestSize, kDigestSize) != sha256_hex(as_text(state)))
    throw Error(ErrorKind::kData, "the saved state is damaged; save it anew from the full history");
  return state;
}

}  // namespace regimetry::features
