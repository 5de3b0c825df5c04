// Which files a run reads: never those that a run writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace regimetry::analysis {

// `inputs` (files, globs, folders) as they are, or, where a folder or glob holds what earlier runs wrote into
// `folder` or one below it, the files besides. Throws Error: kUsage when a file that was named is one that a
// run into `folder` writes, or was written by one; kData as market::find_inputs() and when nothing else is
// left.
[[nodiscard]] std::vector<std::string> inputs_to_read(const std::vector<std::string>& inputs,
                                                      const std::filesystem::path& folder);

}  // namespace regimetry::analysis
