// "did you mean ...?": the known word nearest to a mistyped one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace regimetry {

// Edits (insert, delete, replace, swap of neighbours) that turn one into the other.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b);
// The nearest of `known` when it is near enough to be a slip (at most a third of the word, at least 1), else
// nothing.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      std::span<const std::string> known);

}  // namespace regimetry
