#include "core/printable.hpp"

#include <fmt/format.h>

namespace regimetry {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

// Bytes of the valid UTF-8 character at the start of `text` (RFC 3629: shortest form, no surrogates), 0 when
// there is none. Controls (U+0000..U+001F, U+007F..U+009F) count as none: some terminals obey the upper ones
// too.
std::size_t printable_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7f ? 1 : 0;
  const std::size_t length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool is_control = lead == 0xc2 && second < 0xa0;
  const bool is_overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool is_surrogate = lead == 0xed && second >= 0xa0;
  const bool is_beyond = lead == 0xf4 && second >= 0x90;
  return is_control || is_overlong || is_surrogate || is_beyond ? 0 : length;
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_characters) {
  std::string shown;
  for (std::size_t characters = 0; !text.empty(); ++characters) {
    if (characters == max_characters) return shown + "...";
    const std::size_t length = printable_length(text);
    if (length == 0) shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    shown += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return shown;
}

std::string printable_path(const std::filesystem::path& path) {
  return printable(path.native(), path.native().size());
}

}  // namespace regimetry
