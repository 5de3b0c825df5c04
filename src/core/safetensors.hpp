// .safetensors: named tensors in a file that cannot execute code.
//
// Layout: u64 little-endian header length, a JSON object {name: {dtype, shape, data_offsets}, "__metadata__":
// {...}}, then the data. Reading validates everything before a tensor is handed out: header at most 100 MB
// and within the file, no duplicate keys, known dtypes, shape product and offsets consistent, no overlap, no
// hole, no trailing bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry {

enum class TensorType {
  kBool,
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kFloat16,
  kBfloat16,
  kFloat32,
  kFloat64
};
[[nodiscard]] std::size_t byte_size(TensorType type) noexcept;
[[nodiscard]] std::string_view type_name(TensorType type) noexcept;  // "F32", "BF16", ...

struct TensorData {
  TensorType type = TensorType::kFloat32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> data;  // C order, little-endian
  [[nodiscard]] std::int64_t element_count() const;
  // F32, F16 and BF16 exactly, F64 rounded to nearest. Throws Error (kData) for other types and for a finite
  // F64 that would become infinite.
  [[nodiscard]] std::vector<float> as_float32() const;
  [[nodiscard]] static TensorData from_float32(std::span<const float> values,
                                               std::vector<std::int64_t> shape);
  [[nodiscard]] static TensorData from_float64(std::span<const double> values,
                                               std::vector<std::int64_t> shape);
  [[nodiscard]] static TensorData from_int64(std::span<const std::int64_t> values,
                                             std::vector<std::int64_t> shape);
};

struct TensorFile {
  std::map<std::string, TensorData> tensors;
  std::map<std::string, std::string> metadata;
};

struct SafetensorsReadOptions {
  bool require_finite = false;  // refuse NaN and infinities, naming the tensor and the first element
};

[[nodiscard]] TensorFile read_safetensors(const std::filesystem::path& path,
                                          const SafetensorsReadOptions& options = {});
[[nodiscard]] TensorFile parse_safetensors(std::string_view bytes, std::string_view name,
                                           const SafetensorsReadOptions& options = {});
// Header keys sorted by name and padded with blanks to 8 bytes; data with the widest elements first, then by
// name, so that every tensor lies at a multiple of its element size. Atomic. The same content is always the
// same bytes. Throws Error (kInternal) for a tensor whose data does not fill its shape and for names that are
// not UTF-8.
void write_safetensors(const std::filesystem::path& path, const TensorFile& file);

}  // namespace regimetry
