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
  double load = 0;                    // processors kept busy during the last minute, by everyone
  [[nodiscard]] bool has(std::string_view feature) const;
};

// The features we tell about, in the system's spelling.
[[nodiscard]] const std::vector<std::string>& watched_processor_features();

// `cpuinfo`: the text of /proc/cpuinfo. Fills model and features.
[[nodiscard]] ProcessorFacts parse_cpuinfo(std::string_view cpuinfo);
// `loadavg`: the text of /proc/loadavg. 0 when it tells nothing.
[[nodiscard]] double parse_load(std::string_view loadavg);
// Of this machine.
[[nodiscard]] ProcessorFacts inspect_processor();

}  // namespace regimetry
