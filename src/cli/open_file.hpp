// Shows a file with the program that this desktop opens such files with.
#pragma once

#include <filesystem>

namespace regimetry::cli {

// Returns when that program was started, not when it ends. Throws Error (kUsage) where there is no desktop to
// ask, naming the file so that it can be opened by hand.
void open_file(const std::filesystem::path& path);

}  // namespace regimetry::cli
