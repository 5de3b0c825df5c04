#include "core/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

#include "core/error.hpp"
#include "core/sha256_blocks.hpp"

namespace regimetry {
namespace {

void compress_blocks(detail::Sha256State& state, const std::uint8_t* blocks,
                     std::size_t block_count) noexcept {
  static const bool kHasInstructions = detail::has_sha256_instructions();
  if (kHasInstructions) {
    detail::sha256_blocks_hardware(state, blocks, block_count);
  } else {
    detail::sha256_blocks_portable(state, blocks, block_count);
  }
}

std::string to_hex(const std::array<std::uint8_t, 32>& digest) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(64);
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15U];
  }
  return text;
}

[[noreturn]] void throw_unreadable(const std::filesystem::path& path, int error_number) {
  throw Error(ErrorKind::kData, fmt::format("{}: cannot be read: {}. Check the path and the permissions.",
                                            path.string(), std::generic_category().message(error_number)));
}

}  // namespace

Sha256& Sha256::update(std::span<const std::byte> bytes) noexcept {
  if (bytes.empty()) return *this;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t left = bytes.size();
  const std::size_t pending = byte_count_ % 64;
  byte_count_ += left;
  if (pending != 0) {
    const std::size_t taken = std::min(64 - pending, left);
    std::memcpy(pending_.data() + pending, data, taken);
    if (pending + taken < 64) return *this;
    compress_blocks(state_, pending_.data(), 1);
    data += taken;
    left -= taken;
  }
  compress_blocks(state_, data, left / 64);
  std::memcpy(pending_.data(), data + left / 64 * 64, left % 64);
  return *this;
}

Sha256& Sha256::update(std::string_view text) noexcept {
  return update(std::as_bytes(std::span(text)));
}

std::array<std::uint8_t, 32> Sha256::finish() noexcept {
  // One bit, zeros up to 8 bytes before a block's end, then the length in bits, most significant byte first.
  const std::uint64_t bit_count = byte_count_ * 8;
  const std::size_t pending = byte_count_ % 64;
  const std::size_t block_count = pending < 56 ? 1 : 2;
  std::array<std::uint8_t, 128> tail{};
  std::memcpy(tail.data(), pending_.data(), pending);
  tail[pending] = 0x80;
  for (std::size_t i = 0; i < 8; ++i) {
    tail[block_count * 64 - 1 - i] = static_cast<std::uint8_t>(bit_count >> (8 * i));
  }
  compress_blocks(state_, tail.data(), block_count);

  std::array<std::uint8_t, 32> digest;
  for (std::size_t i = 0; i < 32; ++i)
    digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

std::string sha256_hex(std::string_view text) {
  return to_hex(Sha256().update(text).finish());
}

std::string sha256_file_hex(const std::filesystem::path& path) {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file) throw_unreadable(path, errno);
  Sha256 hash;
  std::vector<std::byte> block(std::size_t{1} << 18);
  while (const std::size_t read = std::fread(block.data(), 1, block.size(), file.get())) {
    hash.update(std::span(block).first(read));
  }
  if (std::ferror(file.get()) != 0) throw_unreadable(path, errno);  // a directory opens, but does not read
  return to_hex(hash.finish());
}

}  // namespace regimetry
