// Builds the bytes of a file by hand, from the published definition of its format.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace regimetry {

inline std::string little_endian(std::uint64_t value, int byte_count) {
  std::string bytes;
  for (int i = 0; i < byte_count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

template <typename T>
std::string bytes_of(std::initializer_list<T> values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  if (values.size() != 0) std::memcpy(bytes.data(), values.begin(), bytes.size());
  return bytes;
}

// .npy 1.0: magic, version, u16 length, text, data. Nothing is padded.
inline std::string npy_bytes(std::string_view header, std::string_view data, int major = 1) {
  std::string bytes("\x93NUMPY", 6);
  bytes += static_cast<char>(major);
  bytes += '\0';
  bytes += little_endian(header.size(), major == 1 ? 2 : 4);
  bytes += header;
  bytes += data;
  return bytes;
}

// .safetensors: u64 length, JSON, data.
inline std::string safetensors_bytes(std::string_view json, std::string_view data) {
  std::string bytes = little_endian(json.size(), 8);
  bytes += json;
  bytes += data;
  return bytes;
}

}  // namespace regimetry
