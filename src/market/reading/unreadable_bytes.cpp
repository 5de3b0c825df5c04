#include "market/reading/unreadable_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

[[noreturn]] void throw_control_byte(const TextSource& source, const TextSurvey& survey) {
  const std::int64_t at = survey.first_control_byte_at;
  const auto chunk = std::find_if(survey.chunks.begin(), survey.chunks.end(),
                                  [&](const TextChunk& candidate) { return candidate.end > at; });
  std::int64_t line = chunk->first_line;
  std::string buffer;
  constexpr std::int64_t kBlockBytes = 1 << 20;  // a damaged text can go on for gigabytes without a line end
  for (std::int64_t begin = chunk->begin; begin < at; begin += kBlockBytes) {
    const std::string_view before = source.read(begin, std::min(begin + kBlockBytes, at), buffer);
    line += std::count(before.begin(), before.end(), '\n');
  }
  const auto byte = static_cast<unsigned char>(source.read(at, at + 1, buffer)[0]);
  throw Error(
      ErrorKind::kData,
      fmt::format("{}:{}: holds the byte 0x{:02X} ({}), which no text table has: the file is binary or "
                  "damaged. Fetch it again, or remove the byte.",
                  source.name(), line, byte, byte == 0 ? "NUL" : "a control character"));
}

}  // namespace

void refuse_unreadable_bytes(const TextSource& source, const TextSurvey& survey, const ReadOptions& options) {
  if (survey.first_control_byte_at >= 0) throw_control_byte(source, survey);
  if (survey.longest_line_bytes <= options.max_line_bytes) return;
  throw Error(
      ErrorKind::kData,
      fmt::format("{}:{}: the line is {} bytes long, more than the limit of {}. Check that the file is a "
                  "table with one row per line; if it is, raise the limit with --max-line-bytes.",
                  source.name(), survey.longest_line, survey.longest_line_bytes, options.max_line_bytes));
}

}  // namespace regimetry::market
