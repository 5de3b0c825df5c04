#include "market/reading/text/text_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "market/column_roles.hpp"

namespace regimetry::market {
namespace {

// What the bytes 0x80 to 0xFF mean. Bytes without a meaning become U+FFFD.
using CodePage = std::array<char16_t, 128>;
constexpr CodePage kWindows1250 = {
    0x20AC, 0xFFFD, 0x201A, 0xFFFD, 0x201E, 0x2026, 0x2020, 0x2021, 0xFFFD, 0x2030, 0x0160, 0x2039, 0x015A,
    0x0164, 0x017D, 0x0179, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122,
    0x0161, 0x203A, 0x015B, 0x0165, 0x017E, 0x017A, 0x00A0, 0x02C7, 0x02D8, 0x0141, 0x00A4, 0x0104, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x015E, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x017B, 0x00B0, 0x00B1, 0x02DB, 0x0142,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x0105, 0x015F, 0x00BB, 0x013D, 0x02DD, 0x013E, 0x017C, 0x0154,
    0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7, 0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD,
    0x00CE, 0x010E, 0x0110, 0x0143, 0x0147, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA,
    0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF, 0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7,
    0x010D, 0x00E9, 0x0119, 0x00EB, 0x011B, 0x00ED, 0x00EE, 0x010F, 0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4,
    0x0151, 0x00F6, 0x00F7, 0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};
constexpr CodePage kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178, 0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, 0x00B0, 0x00B1, 0x00B2, 0x00B3,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x00C0,
    0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD,
    0x00CE, 0x00CF, 0x00D0, 0x00D1, 0x00D2, 0x00D3, 0x00D4, 0x00D5, 0x00D6, 0x00D7, 0x00D8, 0x00D9, 0x00DA,
    0x00DB, 0x00DC, 0x00DD, 0x00DE, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF, 0x00F0, 0x00F1, 0x00F2, 0x00F3, 0x00F4,
    0x00F5, 0x00F6, 0x00F7, 0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x00FD, 0x00FE, 0x00FF,
};

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | code >> 6);
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | code >> 12);
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | code >> 18);
    text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

std::string decode_code_page(std::string_view bytes, const CodePage& page) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(text, byte < 0x80 ? byte : page[byte - 0x80U]);
  }
  return text;
}

std::string decode_utf16(std::string_view bytes, bool big_endian, std::string_view name) {
  if (bytes.size() % 2 != 0) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: is UTF-16 text with half a character at its end: the file was cut off. "
                            "Fetch it again.",
                            name));
  }
  std::string text;
  text.reserve(bytes.size() / 2);
  const auto unit_at = [&](std::size_t i) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t code = unit_at(i);
    if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {
      const std::uint32_t low = unit_at(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    append_utf8(text, code);
  }
  return text;
}

// UTF-16 without a mark shows as a zero in every other byte.
bool looks_like_utf16(std::string_view head, std::size_t zero_phase) {
  if (head.size() < 8) return false;
  std::size_t zeros = 0;
  for (std::size_t i = zero_phase; i < head.size(); i += 2) zeros += head[i] == '\0';
  std::size_t others = 0;
  for (std::size_t i = 1 - zero_phase; i < head.size(); i += 2) others += head[i] == '\0';
  return zeros * 10 >= head.size() / 2 * 9 && others == 0;
}

int recognised_headers(std::string_view text) {
  int count = 0;
  std::string_view line = text.substr(0, text.find('\n'));
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(",;\t|"), line.size());
    if (role_of(line.substr(0, end))) ++count;
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return count;
}

}  // namespace

DecodedText decode_marked_text(TextSource source) {
  std::string buffer;
  const std::string_view head = source.read(0, std::min<std::int64_t>(source.size(), 4096), buffer);
  if (head.starts_with("\xEF\xBB\xBF")) return {std::move(source), "UTF-8 with BOM", 3};
  const bool marked_little = head.starts_with("\xFF\xFE");
  const bool marked_big = head.starts_with("\xFE\xFF");
  const bool little = marked_little || (!marked_big && looks_like_utf16(head, 1));
  const bool big = marked_big || (!little && looks_like_utf16(head, 0));
  if (!little && !big) return {std::move(source), "UTF-8", 0};
  const std::string bytes = source.read_all();
  const std::string_view body = std::string_view(bytes).substr(marked_little || marked_big ? 2 : 0);
  return {TextSource::own(decode_utf16(body, big, source.name()), source.name()),
          little ? "UTF-16LE" : "UTF-16BE", 0};
}

DecodedText decode_code_paged_text(const TextSource& source) {
  const std::string bytes = source.read_all();
  std::string western = decode_code_page(bytes, kWindows1252);
  std::string central = decode_code_page(bytes, kWindows1250);
  // Both always succeed; the one whose header reads as words of the trade is right. Umlauts are the same in
  // both.
  if (recognised_headers(central) > recognised_headers(western)) {
    return {TextSource::own(std::move(central), source.name()), "windows-1250", 0};
  }
  return {TextSource::own(std::move(western), source.name()), "windows-1252", 0};
}

bool is_valid_utf8(std::string_view text) noexcept {
  const auto* byte = reinterpret_cast<const unsigned char*>(text.data());
  const auto* end = byte + text.size();
  const auto is_tail = [&](int offset) { return byte + offset < end && (byte[offset] & 0xC0) == 0x80; };
  while (byte < end) {
    if (*byte < 0x80) {
      ++byte;
    } else if (*byte >= 0xC2 && *byte <= 0xDF && is_tail(1)) {
      byte += 2;
    } else if ((*byte & 0xF0) == 0xE0 && is_tail(1) && is_tail(2)) {
      if ((*byte == 0xE0 && byte[1] < 0xA0) || (*byte == 0xED && byte[1] > 0x9F)) return false;
      byte += 3;
    } else if (*byte >= 0xF0 && *byte <= 0xF4 && is_tail(1) && is_tail(2) && is_tail(3)) {
      if ((*byte == 0xF0 && byte[1] < 0x90) || (*byte == 0xF4 && byte[1] > 0x8F)) return false;
      byte += 4;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace regimetry::market
