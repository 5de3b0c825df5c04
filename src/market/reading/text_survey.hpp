// The first look at all bytes of a text: where lines are, and what kinds of bytes there are.
//
// Why: one cheap pass finds what would otherwise make the parser slow or unsafe (binary data, endless lines),
// gives every chunk its line number, and says how many rows to make room for. Chunks depend on the bytes
// alone, never on the threads.
#pragma once

#include <cstdint>
#include <vector>

#include "core/parallel.hpp"
#include "market/reading/text_source.hpp"

namespace regimetry::market {

// A run of whole lines: the unit of parallel work, about 1 MiB.
struct TextChunk {
  std::int64_t begin = 0, end = 0;  // bytes
  std::int64_t first_line = 1;      // counting from 1
  std::int64_t line_count = 0;      // the last line of a text counts even without its line end
};

struct TextSurvey {
  std::vector<TextChunk> chunks;
  std::int64_t line_count = 0;
  std::int64_t longest_line_bytes = 0;      // exact from 4 KiB on, below that "short"
  std::int64_t longest_line = 0;            // its number; 0 when every line is short
  std::int64_t first_control_byte_at = -1;  // a byte below 0x20 that is no tab and no line end; -1: none
  bool has_non_ascii = false;
  bool has_quotes = false;
  bool has_carriage_returns = false;
};

// Bytes before `begin` (a byte order mark) belong to no line. Where there is a control byte, the rest of the
// survey only covers what lies before it: see refuse_unreadable_bytes().
[[nodiscard]] TextSurvey survey_text(const TextSource& source, std::int64_t begin, ThreadPool& pool);

}  // namespace regimetry::market
