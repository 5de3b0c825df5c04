// The settings that every command has: CommonOptions as keys, flags and environment variables.
#pragma once

#include "cli/command.hpp"

namespace regimetry::cli {

inline constexpr const char* kCommonGroup = "Options of every command";

// `common` is borrowed and must outlive the schema. --help, --config and --set are not settings: see
// arguments.hpp.
void declare_common_settings(SettingSchema& schema, CommonOptions& common);

}  // namespace regimetry::cli
