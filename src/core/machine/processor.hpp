// The processor: its name and the instructions that decide how fast matrices multiply.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regimetry {

struct ProcessorFacts {
  std::string model;                  // "AMD EPYC"; empty when the system does not tell
  std::vector<std::string> features;  // those of kWatchedFeatures that it has, in that order
  int present = 0;                    // processors of the machine
  int available = 0;                  // that this process may use
  [[nodiscard]] bool has(std::string_view feature) const;
};

// The features we tell about, in the system's spelling.
[[nodiscard]] const std::vector<std::string>& watched_processor_features();

// `cpuinfo`: the text of /proc/cpuinfo. Fills model and features.
[[nodiscard]] ProcessorFacts parse_cpuinfo(std::string_view cpuinfo);
// Of this machine.
[[nodiscard]] ProcessorFacts inspect_processor();

}  // namespace regimetry
