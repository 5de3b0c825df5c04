// The header of a .npy file: a Python dictionary of exactly three keys, read without evaluating anything.
//
// Layout: "\x93NUMPY", a byte each for major and minor version, the length of the text as u16 (version 1.0)
// or u32 (2.0) little-endian, then {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }, blanks and a
// line feed; then the data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/npy.hpp"

namespace regimetry {

struct NpyHeader {
  NpyType type = NpyType::kFloat32;
  std::vector<std::int64_t> shape;
  std::size_t data_offset = 0;  // bytes from the start of the file
  std::size_t data_bytes = 0;   // what type and shape need
};

// Enough of a file's start to hold every header that is accepted (8 axes need fewer than 300 bytes).
inline constexpr std::size_t kNpyMaxHeaderBytes = 65'536;

// Reads the header at the start of `prefix`: the whole file, or at least its first kNpyMaxHeaderBytes. Throws
// Error (kData) unless the header is well formed and `file_bytes` is exactly header plus data. `name` is for
// messages.
[[nodiscard]] NpyHeader parse_npy_header(std::string_view prefix, std::uintmax_t file_bytes,
                                         std::string_view name);

// Everything before the data, version 1.0, padded so that the data starts at a multiple of 64 bytes.
[[nodiscard]] std::string format_npy_header(NpyType type, std::span<const std::int64_t> shape);

// As NumPy calls it: "float32".
[[nodiscard]] std::string_view type_name(NpyType type) noexcept;

}  // namespace regimetry
