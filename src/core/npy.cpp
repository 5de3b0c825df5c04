#include "core/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/exact_number.hpp"
#include "core/input_file.hpp"
#include "core/npy_header.hpp"
#include "core/printable.hpp"
#include "core/tensor_shape.hpp"

namespace regimetry {
namespace {

static_assert(std::endian::native == std::endian::little, "the data of files is used as it lies in memory");

// Calls `action` with a value of the C++ type behind `type`; bool is read as the byte that it is.
template <typename Action>
auto with_type(NpyType type, const Action& action) {
  switch (type) {
    case NpyType::kBool:
      return action(std::uint8_t{});
    case NpyType::kInt8:
      return action(std::int8_t{});
    case NpyType::kInt16:
      return action(std::int16_t{});
    case NpyType::kInt32:
      return action(std::int32_t{});
    case NpyType::kInt64:
      return action(std::int64_t{});
    case NpyType::kUint8:
      return action(std::uint8_t{});
    case NpyType::kUint16:
      return action(std::uint16_t{});
    case NpyType::kUint32:
      return action(std::uint32_t{});
    case NpyType::kUint64:
      return action(std::uint64_t{});
    case NpyType::kFloat32:
      return action(float{});
    case NpyType::kFloat64:
      break;
  }
  return action(double{});
}

template <typename To>
std::vector<To> converted(const NpyArray& array, std::string_view to_name) {
  return with_type(array.type, [&]<typename From>(From) {
    const auto count = static_cast<std::size_t>(array.element_count());
    std::vector<To> values(count);
    for (std::size_t i = 0; i < count; ++i) {
      From value;
      std::memcpy(&value, array.data.data() + i * sizeof(From), sizeof(From));
      const std::optional<To> fitting = convert_number<To>(value);
      if (!fitting) {
        throw Error(
            ErrorKind::kData,
            fmt::format(
                "element {} of a {} array of shape {} is {}, which does not fit {}. Save the array in a "
                "type that suits its values.",
                index_text(static_cast<std::int64_t>(i), array.shape), type_name(array.type),
                shape_text(array.shape), value, to_name));
      }
      values[i] = *fitting;
    }
    return values;
  });
}

void require_true_bools(const NpyArray& array, std::string_view name) {
  if (array.type != NpyType::kBool) return;
  const auto bad = std::ranges::find_if(array.data, [](std::byte b) { return b > std::byte{1}; });
  if (bad == array.data.end()) return;
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "{}: element {} of a bool array is the byte {}, which is neither 0 nor 1. The file is damaged: "
          "write it again with numpy.save.",
          name, index_text(bad - array.data.begin(), array.shape), static_cast<int>(*bad)));
}

template <typename T>
void write(const std::filesystem::path& path, NpyType type, std::span<const T> values,
           std::span<const std::int64_t> shape) {
  const std::optional<std::int64_t> count = element_count_of(shape);
  if (!count || static_cast<std::size_t>(*count) != values.size()) {
    throw Error(ErrorKind::kInternal, fmt::format("{}: {} values do not fill an array of shape {}.",
                                                  printable_path(path), values.size(), shape_text(shape)));
  }
  const std::string header = format_npy_header(type, shape);
  const std::span<const std::byte> data = std::as_bytes(values);
  const std::array<std::string_view, 2> pieces{
      header, std::string_view(reinterpret_cast<const char*>(data.data()), data.size())};
  write_file_atomically(path, pieces);
}

}  // namespace

std::int64_t NpyArray::element_count() const {
  const std::optional<std::int64_t> bytes = byte_count_of(shape, byte_size(type));
  if (bytes && data.size() == static_cast<std::size_t>(*bytes)) return *element_count_of(shape);
  throw Error(ErrorKind::kInternal, fmt::format("an array of shape {} {} has {} bytes of data.",
                                                shape_text(shape), type_name(type), data.size()));
}

std::vector<float> NpyArray::as_float32() const {
  return converted<float>(*this, "float32");
}
std::vector<double> NpyArray::as_float64() const {
  return converted<double>(*this, "float64");
}
std::vector<std::int64_t> NpyArray::as_int64() const {
  return converted<std::int64_t>(*this, "int64");
}

NpyArray read_npy(const std::filesystem::path& path) {
  InputFile file(path);
  std::string start(std::min<std::uintmax_t>(file.size(), kNpyMaxHeaderBytes), '\0');
  file.read_exactly(std::as_writable_bytes(std::span(start)));
  NpyHeader header = parse_npy_header(start, file.size(), printable_path(path));
  require_fits_in_memory(header.data_bytes, path);

  NpyArray array{header.type, std::move(header.shape), std::vector<std::byte>(header.data_bytes)};
  const std::string_view already_read = std::string_view(start).substr(header.data_offset);
  std::ranges::copy(std::as_bytes(std::span(already_read)), array.data.begin());
  file.read_exactly(std::span(array.data).subspan(already_read.size()));
  require_true_bools(array, printable_path(path));
  return array;
}

NpyArray parse_npy(std::string_view bytes, std::string_view name) {
  NpyHeader header = parse_npy_header(bytes, bytes.size(), name);
  const std::span<const std::byte> data = std::as_bytes(std::span(bytes)).subspan(header.data_offset);
  NpyArray array{header.type, std::move(header.shape), {data.begin(), data.end()}};
  require_true_bools(array, name);
  return array;
}

void write_npy(const std::filesystem::path& path, std::span<const float> values,
               std::span<const std::int64_t> shape) {
  write(path, NpyType::kFloat32, values, shape);
}
void write_npy(const std::filesystem::path& path, std::span<const double> values,
               std::span<const std::int64_t> shape) {
  write(path, NpyType::kFloat64, values, shape);
}
void write_npy(const std::filesystem::path& path, std::span<const std::int64_t> values,
               std::span<const std::int64_t> shape) {
  write(path, NpyType::kInt64, values, shape);
}
void write_npy(const std::filesystem::path& path, std::span<const std::int32_t> values,
               std::span<const std::int64_t> shape) {
  write(path, NpyType::kInt32, values, shape);
}

}  // namespace regimetry
