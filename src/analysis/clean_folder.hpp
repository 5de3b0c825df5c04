// Removes what earlier runs wrote into a folder, and nothing else.
#pragma once

#include <filesystem>

namespace regimetry::analysis {

// Files that its stages are recorded to have written, in the folder and in those of its instruments, and the
// records themselves. What else lies there stays, for nobody said that it may go.
void clean_folder(const std::filesystem::path& folder);

}  // namespace regimetry::analysis
