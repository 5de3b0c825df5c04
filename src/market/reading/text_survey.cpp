#include "market/reading/text_survey.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace regimetry::market {
namespace {

constexpr std::int64_t kBlockBytes = 1 << 20;
constexpr std::size_t kTileBytes = 4096;

struct TileFacts {
  int newlines = 0;
  bool has_non_ascii = false, has_quotes = false, has_carriage_returns = false, has_control = false;
};

// Written so that the compiler turns it into vector code: no branches, 8-bit sums short enough not to
// overflow.
TileFacts look_at_tile(const char* data, std::size_t size) {
  TileFacts facts;
  unsigned char any = 0;
  unsigned char quotes = 0;
  unsigned char returns = 0;
  unsigned char control = 0;
  for (std::size_t begin = 0; begin < size; begin += 128) {
    unsigned char newlines = 0;
    const std::size_t end = std::min(begin + 128, size);
    for (std::size_t i = begin; i < end; ++i) {
      const auto byte = static_cast<unsigned char>(data[i]);
      any = static_cast<unsigned char>(any | byte);
      newlines = static_cast<unsigned char>(newlines + (byte == '\n'));
      quotes = static_cast<unsigned char>(quotes | (byte == '"'));
      returns = static_cast<unsigned char>(returns | (byte == '\r'));
      control = static_cast<unsigned char>(
          control | ((byte < 0x20) & (byte != '\n') & (byte != '\r') & (byte != '\t')));
    }
    facts.newlines += newlines;
  }
  facts.has_non_ascii = any >= 0x80;
  facts.has_quotes = quotes != 0;
  facts.has_carriage_returns = returns != 0;
  facts.has_control = control != 0;
  return facts;
}

struct BlockFacts {
  std::int64_t newlines = 0;
  std::int64_t first_newline = -1, last_newline = -1;     // offsets in the text
  std::int64_t longest = 0, longest_newlines_before = 0;  // of lines that lie within the block
  std::int64_t first_control = -1;
  bool has_non_ascii = false, has_quotes = false, has_carriage_returns = false;
};

std::int64_t first_control_byte(const char* data, std::size_t size) {
  const char* found = std::find_if(data, data + size, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return found - data;
}

BlockFacts look_at_block(std::string_view block, std::int64_t offset) {
  BlockFacts facts;
  for (std::size_t at = 0; at < block.size(); at += kTileBytes) {
    const char* tile = block.data() + at;
    const std::size_t size = std::min(kTileBytes, block.size() - at);
    const TileFacts tile_facts = look_at_tile(tile, size);
    facts.has_non_ascii |= tile_facts.has_non_ascii;
    facts.has_quotes |= tile_facts.has_quotes;
    facts.has_carriage_returns |= tile_facts.has_carriage_returns;
    const std::int64_t tile_offset = offset + static_cast<std::int64_t>(at);
    if (tile_facts.has_control && facts.first_control < 0)
      facts.first_control = tile_offset + first_control_byte(tile, size);
    if (tile_facts.newlines == 0) continue;
    const std::int64_t first = tile_offset + (static_cast<const char*>(std::memchr(tile, '\n', size)) - tile);
    if (facts.first_newline < 0) {
      facts.first_newline = first;
    } else if (first - facts.last_newline - 1 > facts.longest) {
      facts.longest = first - facts.last_newline - 1;
      facts.longest_newlines_before = facts.newlines;
    }
    facts.last_newline = tile_offset + (static_cast<const char*>(memrchr(tile, '\n', size)) - tile);
    facts.newlines += tile_facts.newlines;
  }
  return facts;
}

// Turns what was seen in blocks into chunks of whole lines, in order.
class ChunkBuilder {
 public:
  ChunkBuilder(TextSurvey& survey, std::int64_t begin) : survey_(survey), begin_(begin), line_begin_(begin) {}

  void add(const BlockFacts& block) {
    survey_.has_non_ascii |= block.has_non_ascii;
    survey_.has_quotes |= block.has_quotes;
    survey_.has_carriage_returns |= block.has_carriage_returns;
    if (survey_.first_control_byte_at < 0) survey_.first_control_byte_at = block.first_control;
    if (block.newlines == 0) return;
    note_line_length(block.first_newline - line_begin_, lines_ + 1);
    note_line_length(block.longest, lines_ + block.longest_newlines_before + 1);
    close_chunk(block.first_newline + 1, lines_ + 1);
    lines_ += block.newlines;
    line_begin_ = block.last_newline + 1;
  }

  void finish(std::int64_t size) {
    if (line_begin_ < size) {
      note_line_length(size - line_begin_, lines_ + 1);
      ++lines_;
    }
    close_chunk(size, lines_);
    survey_.line_count = lines_;
  }

 private:
  void note_line_length(std::int64_t bytes, std::int64_t line) {
    if (bytes <= survey_.longest_line_bytes || bytes < static_cast<std::int64_t>(kTileBytes)) return;
    survey_.longest_line_bytes = bytes;
    survey_.longest_line = line;
  }

  void close_chunk(std::int64_t end, std::int64_t lines_before_end) {
    if (end == begin_) return;
    survey_.chunks.push_back({begin_, end, chunk_lines_ + 1, lines_before_end - chunk_lines_});
    begin_ = end;
    chunk_lines_ = lines_before_end;
  }

  TextSurvey& survey_;
  std::int64_t begin_;            // of the open chunk
  std::int64_t line_begin_;       // of the open line
  std::int64_t lines_ = 0;        // ended so far
  std::int64_t chunk_lines_ = 0;  // ended before the open chunk
};

}  // namespace

TextSurvey survey_text(const TextSource& source, std::int64_t begin, ThreadPool& pool) {
  const std::int64_t block_count = (source.size() - begin + kBlockBytes - 1) / kBlockBytes;
  std::vector<BlockFacts> blocks(static_cast<std::size_t>(block_count));
  // Nobody reads on after a control byte, so a huge file that is not text ends here at once. Blocks before
  // the first one known to hold such a byte are still looked at: which byte is the first depends on no
  // thread.
  std::atomic<std::int64_t> first_bad_block = block_count;
  pool.parallel_for(block_count, 1, [&](IndexRange range) {
    static thread_local std::string buffer;
    for (std::int64_t i = range.begin; i < range.end && i <= first_bad_block; ++i) {
      const std::int64_t block_begin = begin + i * kBlockBytes;
      const std::int64_t block_end = std::min(block_begin + kBlockBytes, source.size());
      blocks[static_cast<std::size_t>(i)] =
          look_at_block(source.read(block_begin, block_end, buffer), block_begin);
      if (blocks[static_cast<std::size_t>(i)].first_control < 0) continue;
      std::int64_t known = first_bad_block;
      while (i < known && !first_bad_block.compare_exchange_weak(known, i)) {
      }
    }
  });
  TextSurvey survey;
  ChunkBuilder builder(survey, begin);
  for (const BlockFacts& block : blocks) builder.add(block);
  builder.finish(source.size());
  return survey;
}

}  // namespace regimetry::market
