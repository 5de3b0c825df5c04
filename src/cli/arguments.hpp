// The words after the command's name -> values for its settings, with every problem found.
//
// Forms: `--key value`, `--key=value`, `--flag` and `--no-flag` for switches, `-o value`, `-ovalue`, `-qv`;
// `--` ends the flags; `-3` is a value, not a flag; '_' and '-' are the same. `--set KEY=VALUE`
// gives any setting; `--set WORD` gives the setting called `set`, where the command has one. Of repeated
// scalars the last counts, lists collect.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/given_value.hpp"
#include "cli/setting_catalog.hpp"

namespace regimetry::cli {

struct ParsedArguments {
  bool wants_help = false;
  std::vector<std::string> config_files;  // in the order given
  std::vector<GivenValue> values;         // flags, --set and words without a flag, in the order given
  std::vector<std::string> problems;
};

// `command_name` and `catalog` serve the messages. The schema must outlive the result.
[[nodiscard]] ParsedArguments parse_arguments(std::span<const std::string> words, const SettingSchema& schema,
                                              std::string_view command_name, const SettingCatalog& catalog);

}  // namespace regimetry::cli
