// Quotes around more than a cell: around whole lines, or around line ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

// The text without them when every line is one quoted string that holds the separators
// ("Time<tab>Open<tab>..."): some tools quote a finished line once more. Nothing otherwise. `begin`: first
// byte after a byte order mark.
[[nodiscard]] std::optional<std::string> unquote_whole_lines(const TextSource& source, std::int64_t begin);

// Chunks that end at line ends outside quotes, cut anew one after the other. False when no quoted cell spans
// lines, and the chunks are left as they are.
bool recut_at_closed_quotes(const TextSource& source, char separator, std::vector<TextChunk>& chunks);

}  // namespace regimetry::market
