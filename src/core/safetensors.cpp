#include "core/safetensors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/exact_number.hpp"
#include "core/half_float.hpp"
#include "core/input_file.hpp"
#include "core/printable.hpp"
#include "core/safetensors_header.hpp"
#include "core/tensor_shape.hpp"

namespace regimetry {
namespace {

static_assert(std::endian::native == std::endian::little, "the data of files is used as it lies in memory");

template <typename T>
T element(const TensorData& tensor, std::size_t index) {
  T value;
  std::memcpy(&value, tensor.data.data() + index * sizeof(T), sizeof(T));
  return value;
}

// The element of a floating-point tensor as a float; nothing when it is a finite F64 too large for one.
std::optional<float> float32_element(const TensorData& tensor, std::size_t index) {
  switch (tensor.type) {
    case TensorType::kFloat16:
      return float16_to_float32(element<std::uint16_t>(tensor, index));
    case TensorType::kBfloat16:
      return bfloat16_to_float32(element<std::uint16_t>(tensor, index));
    case TensorType::kFloat64:
      return convert_number<float>(element<double>(tensor, index));
    default:
      return element<float>(tensor, index);
  }
}

bool is_floating(TensorType type) noexcept {
  return type == TensorType::kFloat16 || type == TensorType::kBfloat16 || type == TensorType::kFloat32 ||
         type == TensorType::kFloat64;
}

void require_finite(const TensorData& tensor, std::string_view tensor_name, std::string_view file_name) {
  if (!is_floating(tensor.type)) return;
  const auto count = static_cast<std::size_t>(tensor.element_count());
  for (std::size_t i = 0; i < count; ++i) {
    // An F64 that is too large for a float is finite all the same.
    const float value = float32_element(tensor, i).value_or(0.0F);
    if (std::isfinite(value)) continue;
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "{}: element {} of tensor '{}' is {}; every value must be finite here. The model that was saved "
            "had diverged: use an earlier one, or train again.",
            file_name, index_text(static_cast<std::int64_t>(i), tensor.shape), printable(tensor_name),
            value));
  }
}

void require_true_bools(const TensorData& tensor, std::string_view tensor_name, std::string_view file_name) {
  if (tensor.type != TensorType::kBool) return;
  const auto bad = std::ranges::find_if(tensor.data, [](std::byte b) { return b > std::byte{1}; });
  if (bad == tensor.data.end()) return;
  throw Error(ErrorKind::kData,
              fmt::format("{}: element {} of the BOOL tensor '{}' is the byte {}, which is neither 0 nor 1. "
                          "The file is damaged: write it again.",
                          file_name, index_text(bad - tensor.data.begin(), tensor.shape),
                          printable(tensor_name), static_cast<int>(*bad)));
}

// `read_next` fills a span with the bytes of the file that come next; the header's tensors are in the file's
// order.
template <typename ReadNext>
TensorFile load_tensors(SafetensorsHeader header, std::string_view name,
                        const SafetensorsReadOptions& options, const ReadNext& read_next) {
  TensorFile file;
  file.metadata = std::move(header.metadata);
  for (TensorPlace& place : header.tensors) {
    TensorData tensor{place.type, std::move(place.shape), std::vector<std::byte>(place.end - place.begin)};
    read_next(std::span(tensor.data));
    require_true_bools(tensor, place.name, name);
    if (options.require_finite) require_finite(tensor, place.name, name);
    file.tensors.emplace(std::move(place.name), std::move(tensor));
  }
  return file;
}

template <typename T>
TensorData make_tensor(TensorType type, std::span<const T> values, std::vector<std::int64_t> shape) {
  const std::span<const std::byte> bytes = std::as_bytes(values);
  TensorData tensor{type, std::move(shape), {bytes.begin(), bytes.end()}};
  std::ignore = tensor.element_count();  // throws when the values do not fill the shape
  return tensor;
}

// Widest elements first, so that each tensor's offset is a multiple of its element size.
SafetensorsHeader lay_out(const TensorFile& file) {
  SafetensorsHeader header{.tensors = {}, .metadata = file.metadata};
  for (const auto& [name, tensor] : file.tensors) {
    std::ignore = tensor.element_count();
    header.tensors.push_back({name, tensor.type, tensor.shape, 0, 0});
  }
  std::ranges::stable_sort(header.tensors, std::greater{},
                           [](const TensorPlace& t) { return byte_size(t.type); });
  std::uint64_t at = 0;
  for (TensorPlace& place : header.tensors) {
    place.begin = at;
    at += file.tensors.at(place.name).data.size();
    place.end = at;
  }
  return header;
}

}  // namespace

std::int64_t TensorData::element_count() const {
  const std::optional<std::int64_t> bytes = byte_count_of(shape, byte_size(type));
  if (bytes && data.size() == static_cast<std::size_t>(*bytes)) return *element_count_of(shape);
  throw Error(ErrorKind::kInternal, fmt::format("a tensor of shape {} {} has {} bytes of data.",
                                                shape_text(shape), type_name(type), data.size()));
}

std::vector<float> TensorData::as_float32() const {
  if (!is_floating(type)) {
    throw Error(ErrorKind::kData,
                fmt::format("a tensor of type {} was found where floating-point numbers (F32, F64, F16, "
                            "BF16) are needed. Save it as F32.",
                            type_name(type)));
  }
  std::vector<float> values(static_cast<std::size_t>(element_count()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::optional<float> fitting = float32_element(*this, i);
    if (!fitting) {
      throw Error(ErrorKind::kData,
                  fmt::format("element {} of an F64 tensor is {}, which is too large for F32.",
                              index_text(static_cast<std::int64_t>(i), shape), element<double>(*this, i)));
    }
    values[i] = *fitting;
  }
  return values;
}

TensorData TensorData::from_float32(std::span<const float> values, std::vector<std::int64_t> shape) {
  return make_tensor(TensorType::kFloat32, values, std::move(shape));
}
TensorData TensorData::from_float64(std::span<const double> values, std::vector<std::int64_t> shape) {
  return make_tensor(TensorType::kFloat64, values, std::move(shape));
}
TensorData TensorData::from_int64(std::span<const std::int64_t> values, std::vector<std::int64_t> shape) {
  return make_tensor(TensorType::kInt64, values, std::move(shape));
}

TensorFile read_safetensors(const std::filesystem::path& path, const SafetensorsReadOptions& options) {
  InputFile file(path);
  const std::string name = printable_path(path);
  std::string length(std::min<std::uintmax_t>(file.size(), kSafetensorsLengthBytes), '\0');
  file.read_exactly(std::as_writable_bytes(std::span(length)));
  std::string json(safetensors_header_length(length, file.size(), name), '\0');
  file.read_exactly(std::as_writable_bytes(std::span(json)));
  const std::uintmax_t data_bytes = file.size() - length.size() - json.size();
  SafetensorsHeader header = parse_safetensors_header(json, data_bytes, name);
  require_fits_in_memory(data_bytes, path);
  return load_tensors(std::move(header), name, options,
                      [&](std::span<std::byte> out) { file.read_exactly(out); });
}

TensorFile parse_safetensors(std::string_view bytes, std::string_view name,
                             const SafetensorsReadOptions& options) {
  const std::size_t length = safetensors_header_length(bytes, bytes.size(), name);
  const std::string_view json = bytes.substr(kSafetensorsLengthBytes, length);
  std::string_view data = bytes.substr(kSafetensorsLengthBytes + length);
  return load_tensors(parse_safetensors_header(json, data.size(), name), name, options,
                      [&](std::span<std::byte> out) {
                        if (!out.empty()) std::memcpy(out.data(), data.data(), out.size());
                        data.remove_prefix(out.size());
                      });
}

void write_safetensors(const std::filesystem::path& path, const TensorFile& file) {
  const SafetensorsHeader layout = lay_out(file);
  const std::string header = format_safetensors_header(layout);
  std::vector<std::string_view> pieces{header};
  for (const TensorPlace& place : layout.tensors) {
    const std::vector<std::byte>& data = file.tensors.at(place.name).data;
    pieces.emplace_back(reinterpret_cast<const char*>(data.data()), data.size());
  }
  write_file_atomically(path, pieces);
}

}  // namespace regimetry
