#include "market/reading/text/text_sample.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace regimetry::market {
namespace {

constexpr std::int64_t kWholeBytes = 256 << 10;
constexpr std::int64_t kBlockBytes = 48 << 10;
constexpr std::int64_t kBlockCount = 12;

// About kBlockBytes of whole lines from the beginning of chunk `begin_chunk` on (a long line may need several
// chunks).
SampleBlock take_block(const TextSource& source, const TextSurvey& survey, std::size_t begin_chunk) {
  SampleBlock block;
  block.offset = survey.chunks[begin_chunk].begin;
  block.first_line = survey.chunks[begin_chunk].first_line;
  std::int64_t end = block.offset;
  for (std::size_t i = begin_chunk; i < survey.chunks.size() && end - block.offset < kBlockBytes; ++i)
    end = survey.chunks[i].end;
  std::string buffer;
  std::string_view text = source.read_lines(block.offset, end, buffer);
  if (static_cast<std::int64_t>(text.size()) > kBlockBytes) {
    const std::size_t line_end = text.find('\n', static_cast<std::size_t>(kBlockBytes));
    text = text.substr(0, line_end + 1);
  }
  block.text = text;
  return block;
}

}  // namespace

TextSample take_sample(const TextSource& source, const TextSurvey& survey) {
  TextSample sample;
  if (survey.chunks.empty()) return sample;
  const std::int64_t begin = survey.chunks.front().begin;
  if (source.size() - begin <= kWholeBytes) {
    std::string buffer;
    sample.blocks.push_back({begin, 1, std::string(source.read_lines(begin, source.size(), buffer))});
    sample.is_whole = true;
    return sample;
  }
  const auto chunk_count = static_cast<std::int64_t>(survey.chunks.size());
  std::int64_t last_taken = -1;
  for (std::int64_t i = 0; i < kBlockCount; ++i) {
    const std::int64_t chunk = i * (chunk_count - 1) / (kBlockCount - 1);
    if (chunk == last_taken) continue;
    sample.blocks.push_back(take_block(source, survey, static_cast<std::size_t>(chunk)));
    last_taken = chunk;
  }
  return sample;
}

}  // namespace regimetry::market
