// Pieces of a text from its beginning, its middle and its end: what layout and first guesses are made from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

struct SampleBlock {
  std::int64_t offset = 0;  // of `text` in the source
  std::int64_t first_line = 1;
  std::string text;  // whole lines, ends with '\n'
};

// Block 0 starts at the first line. The whole text when it is small.
struct TextSample {
  std::vector<SampleBlock> blocks;
  bool is_whole = false;
};

[[nodiscard]] TextSample take_sample(const TextSource& source, const TextSurvey& survey);

}  // namespace regimetry::market
