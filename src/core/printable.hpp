// Foreign bytes made fit for a message: what a file holds must not reach a terminal as it is.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace regimetry {

// `text` with everything outside printable ASCII and valid UTF-8 as \x1b, cut to `max_characters` with "..."
// after it. Why: a hostile file can hold escape sequences that repaint a terminal, or a name of a hundred
// megabytes.
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_characters = 60);

// A path for a message, uncut: names of files are foreign bytes too, for instance those of an unpacked
// archive.
[[nodiscard]] std::string printable_path(const std::filesystem::path& path);

}  // namespace regimetry
