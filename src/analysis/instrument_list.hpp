// `instruments.json`: which instruments a run found, where their results lie, and which it could not read.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace regimetry::analysis {

inline constexpr const char* kInstrumentsFile = "instruments.json";

struct ListedInstrument {
  std::string name;                  // its symbol, with the timeframe where that stands at several; or a file
  std::string folder;                // relative to the folder of the run; empty: that folder itself
  std::string words;                 // one line about its bars
  std::string failure;               // why it is not analysed; empty: it is
  std::vector<std::string> sources;  // files that its bars came from
};

// None where there is no list, or a damaged one.
[[nodiscard]] std::vector<ListedInstrument> read_instrument_list(const std::filesystem::path& folder);
void write_instrument_list(const std::filesystem::path& folder,
                           const std::vector<ListedInstrument>& instruments);

// A symbol as the name of a folder: marks that file systems or shells take for something else become '_'.
// Letters of any alphabet stay.
[[nodiscard]] std::string folder_name(const std::string& name);
// The same, with a number where two symbols would share a folder.
[[nodiscard]] std::string unused_folder_name(const std::string& name, std::set<std::string>& taken);

}  // namespace regimetry::analysis
