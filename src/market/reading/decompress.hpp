// gzip and zstd files as text in memory, with a limit against bombs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "market/reading/text_source.hpp"

namespace regimetry::market {

// By the first bytes, whatever the file is called: "gzip", "zstd", or "none".
[[nodiscard]] std::string_view detect_compression(std::string_view first_bytes) noexcept;

// Throws Error (kData) when the stream is broken or cut off, or would grow beyond `max_bytes`.
[[nodiscard]] std::string decompress(const TextSource& source, std::string_view compression,
                                     std::int64_t max_bytes);

}  // namespace regimetry::market
