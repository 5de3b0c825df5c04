// NumPy's .npy files: read and written without NumPy, and without its dangers.
//
// Read: format versions 1.0 and 2.0, little-endian, C order, any of the types in NpyType, at most 8 axes.
// Object arrays (which unpickle code), Fortran order, big-endian and structured types are refused by name.
// The header is parsed by our own strict reader of exactly the three keys, never evaluated. Sizes are checked
// against the file before allocating.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry {

enum class NpyType {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kFloat32,
  kFloat64
};
[[nodiscard]] std::size_t byte_size(NpyType type) noexcept;

struct NpyArray {
  NpyType type = NpyType::kFloat32;
  std::vector<std::int64_t> shape;  // empty: a scalar
  std::vector<std::byte> data;      // C order, little-endian
  [[nodiscard]] std::int64_t element_count() const;
  // The elements as float, double or int64, converted where needed; bool counts as 0 and 1. Fractions are
  // rounded to the nearest float. Throws Error (kData) naming the first element that does not fit: a whole
  // number that the result type would round, a finite double that would become infinite, a fraction, NaN or
  // infinity as int64.
  [[nodiscard]] std::vector<float> as_float32() const;
  [[nodiscard]] std::vector<double> as_float64() const;
  [[nodiscard]] std::vector<std::int64_t> as_int64() const;
};

// Throws Error (kData) with the file's name and what is wrong with it. Trailing bytes and bools other than 0
// and 1 are wrong: they mean that the file is not what it seems.
[[nodiscard]] NpyArray read_npy(const std::filesystem::path& path);
// `name` stands for the file in error messages.
[[nodiscard]] NpyArray parse_npy(std::string_view bytes, std::string_view name);

// Version 1.0 (its header holds any shape of 8 axes); data start aligned to 64 bytes; atomic. The shape must
// have as many elements as there are values.
void write_npy(const std::filesystem::path& path, std::span<const float> values,
               std::span<const std::int64_t> shape);
void write_npy(const std::filesystem::path& path, std::span<const double> values,
               std::span<const std::int64_t> shape);
void write_npy(const std::filesystem::path& path, std::span<const std::int64_t> values,
               std::span<const std::int64_t> shape);
void write_npy(const std::filesystem::path& path, std::span<const std::int32_t> values,
               std::span<const std::int64_t> shape);

}  // namespace regimetry
