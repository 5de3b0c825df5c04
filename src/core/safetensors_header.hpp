// The header of a .safetensors file: which tensor lies where, and whether that can be true.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/safetensors.hpp"

namespace regimetry {

struct TensorPlace {
  std::string name;
  TensorType type = TensorType::kFloat32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0, end = 0;  // bytes from the start of the data, `end` excluded
};

struct SafetensorsHeader {
  std::vector<TensorPlace> tensors;  // in the order of their data, without overlap or hole, from 0 to the end
  std::map<std::string, std::string> metadata;
};

inline constexpr std::size_t kSafetensorsLengthBytes = 8;
inline constexpr std::uint64_t kSafetensorsMaxHeaderBytes = 100'000'000;  // as the format's own reader

// The length of the JSON text, from the file's first bytes (at most kSafetensorsLengthBytes are looked at).
// Throws Error (kData) when the file of `file_bytes` cannot hold it.
[[nodiscard]] std::size_t safetensors_header_length(std::string_view first_bytes, std::uintmax_t file_bytes,
                                                    std::string_view name);

// `json`: the text after the length. `data_bytes`: how many bytes follow it. Throws Error (kData) naming
// `name`, the tensor and what is wrong.
[[nodiscard]] SafetensorsHeader parse_safetensors_header(std::string_view json, std::uintmax_t data_bytes,
                                                         std::string_view name);

// Length and JSON text; `header.tensors` may have any order.
[[nodiscard]] std::string format_safetensors_header(const SafetensorsHeader& header);

}  // namespace regimetry
