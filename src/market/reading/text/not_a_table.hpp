// What a file is when it is no table of market data, in words: a web page, an archive, a message of the
// server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "market/reading/read_options.hpp"
#include "market/reading/text/text_sample.hpp"

namespace regimetry::market {

// Throws Error (kData) for formats that their first bytes give away: Parquet, zip, Excel, PDF, pictures, ...
void refuse_known_binary(std::string_view first_bytes, const std::string& name);
// Throws Error (kData) when the text as a whole is a web page or JSON.
void refuse_known_text(std::string_view head, const std::string& name);

[[noreturn]] void throw_not_a_table(const std::string& name, const TextSample& sample,
                                    const ReadOptions& options);
// `what`: "is empty (0 bytes)".
[[noreturn]] void throw_nothing(const std::string& name, std::string_view what);
[[noreturn]] void throw_no_rows(const std::string& name, std::int64_t header_line, std::string_view header);
[[noreturn]] void throw_no_market_table(const std::string& name, std::int64_t line, std::string_view text);

// Does this line begin, or belong to, a web page?
[[nodiscard]] bool looks_like_html(std::string_view line);
// At most `max_bytes` of the text, control characters replaced, "..." where it was cut: fit for a message.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t max_bytes = 60);

}  // namespace regimetry::market
