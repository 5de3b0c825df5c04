// docs/settings.md: every setting of every command, from the schemas that also make flags and checks.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace regimetry::cli {

[[nodiscard]] std::string settings_page(const std::vector<std::unique_ptr<Command>>& commands);

}  // namespace regimetry::cli
