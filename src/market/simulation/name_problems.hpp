// Whether a name that a user chose can become part of a column, a symbol or a value of every file format.
//
// Why: regime names end up in column names and text files. One with a separator or a line break makes a file
// that readers split elsewhere, one that is not UTF-8 cannot be stored at all, and of two equal ones a column
// would be lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::market {

// What is wrong with `name` on its own, in words for the user that begin with `key`. Nothing for a non-empty
// name of at most 64 bytes of printable UTF-8 without separators and quotes, with no space at its ends.
[[nodiscard]] std::optional<std::string> name_problem(std::string_view key, std::string_view name);

// The same for each of `names`, and those that are given twice. Upper and lower case of ASCII letters count
// as the same, because the columns of a Parquet file are told apart without them.
[[nodiscard]] std::vector<std::string> name_problems(std::string_view key,
                                                     const std::vector<std::string>& names);

}  // namespace regimetry::market
