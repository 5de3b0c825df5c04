// What the JSON library complains of, in words for whoever owns the file.
//
// Why: its messages begin with "[json.exception.parse_error.101]", show bytes of the file as they are, and
// tell what its parser expected rather than what happened to the file.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace regimetry {

// The end of a sentence that begins with the file: "it breaks off at line 5", "line 5, column 3 is no JSON",
// "it lacks 'window_size'", "a value is of another kind than it was written with".
[[nodiscard]] std::string json_error_words(const nlohmann::json::exception& error);

}  // namespace regimetry
