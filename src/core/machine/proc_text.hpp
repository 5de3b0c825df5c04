// Files of /proc: "name : value" lines. They have no size, so they are read to their end.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace regimetry {

// The whole file, or nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> read_proc_file(const std::filesystem::path& path);

// The value of the first line whose part before ':' is `name`, without blanks around it.
[[nodiscard]] std::optional<std::string_view> proc_value(std::string_view text, std::string_view name);

}  // namespace regimetry
