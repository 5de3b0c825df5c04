// The shape of an array in a file: its element count without overflow, its name in messages.
//
// Why: a shape comes from a stranger. (2^40, 2^40) has no int64 product, and a product that wrapped round
// would pass every later check against the size of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace regimetry {

// The product of the extents; 1 for a scalar (no axes), 0 as soon as one extent is 0. Nothing when an extent
// is negative or the product exceeds what int64 holds.
[[nodiscard]] std::optional<std::int64_t> element_count_of(std::span<const std::int64_t> shape) noexcept;

// The elements' bytes. Nothing where element_count_of() gives nothing or the product with `element_bytes` is
// too large.
[[nodiscard]] std::optional<std::int64_t> byte_count_of(std::span<const std::int64_t> shape,
                                                        std::size_t element_bytes) noexcept;

// As Python writes it: "()", "(3,)", "(10, 3)".
[[nodiscard]] std::string shape_text(std::span<const std::int64_t> shape);

// Where the flat element `index` (C order) stands: "[1, 0, 2]", "[]" in a scalar. The index must be within
// the shape.
[[nodiscard]] std::string index_text(std::int64_t index, std::span<const std::int64_t> shape);

}  // namespace regimetry
