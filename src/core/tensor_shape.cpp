#include "core/tensor_shape.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace regimetry {

std::optional<std::int64_t> element_count_of(std::span<const std::int64_t> shape) noexcept {
  if (std::ranges::any_of(shape, [](std::int64_t extent) { return extent < 0; })) return std::nullopt;
  if (std::ranges::find(shape, 0) != shape.end()) return 0;
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) {
    if (__builtin_mul_overflow(count, extent, &count)) return std::nullopt;
  }
  return count;
}

std::optional<std::int64_t> byte_count_of(std::span<const std::int64_t> shape,
                                          std::size_t element_bytes) noexcept {
  const std::optional<std::int64_t> elements = element_count_of(shape);
  std::int64_t bytes = 0;
  if (!elements || __builtin_mul_overflow(*elements, element_bytes, &bytes)) return std::nullopt;
  return bytes;
}

std::string shape_text(std::span<const std::int64_t> shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

std::string index_text(std::int64_t index, std::span<const std::int64_t> shape) {
  std::vector<std::int64_t> place(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    place[axis] = index % shape[axis];
    index /= shape[axis];
  }
  return fmt::format("[{}]", fmt::join(place, ", "));
}

}  // namespace regimetry
