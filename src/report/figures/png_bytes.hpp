// The bytes of a PNG file (ISO/IEC 15948) for an opaque picture.
//
// Why our own: Cairo's writer tries every filter on every row, which takes most of the time of a figure; flat
// areas and upright bands are small with one filter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace regimetry::report {

// `pixels`: rows of `stride` 32-bit words each, the first `width` of them 0x??RRGGBB, top row first; as many
// rows as fit. Throws Error (kInternal) when memory does not suffice.
[[nodiscard]] std::string png_bytes(std::span<const std::uint32_t> pixels, int width, std::size_t stride);

}  // namespace regimetry::report
