// From whatever encoding a file has to UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "market/reading/text_source.hpp"

namespace regimetry::market {

struct DecodedText {
  TextSource source;       // UTF-8, or what may still turn out to be a code page
  std::string encoding;    // "UTF-8", "UTF-8 with BOM", "UTF-16LE", "windows-1250", ...
  std::int64_t begin = 0;  // first byte after a byte order mark
};

// What the first bytes give away: byte order marks, and UTF-16 without one. Everything else is taken for
// UTF-8 here.
[[nodiscard]] DecodedText decode_marked_text(TextSource source);
// For text that is not valid UTF-8: windows-1250 or windows-1252 (which holds Latin-1), by whose header makes
// sense.
[[nodiscard]] DecodedText decode_code_paged_text(const TextSource& source);
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

}  // namespace regimetry::market
