// The version of this build, as --version and every output's metadata tell it.
#pragma once

namespace regimetry::cli {

inline constexpr const char* kVersion = REGIMETRY_VERSION;  // from CMake's project(VERSION)

}  // namespace regimetry::cli
