#include "core/machine/processor.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "core/machine/proc_text.hpp"
#include "core/parallel.hpp"

namespace regimetry {

bool ProcessorFacts::has(std::string_view feature) const {
  return std::find(features.begin(), features.end(), feature) != features.end();
}

const std::vector<std::string>& watched_processor_features() {
  static const std::vector<std::string> features = {
      "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_bf16", "amx_int8"};
  return features;
}

ProcessorFacts parse_cpuinfo(std::string_view cpuinfo) {
  ProcessorFacts facts;
  facts.model = proc_value(cpuinfo, "model name").value_or("");
  const std::string flags(proc_value(cpuinfo, "flags").value_or(""));
  std::istringstream stream(flags);
  std::vector<std::string> found;
  for (std::string flag; stream >> flag;) found.push_back(flag);
  for (const std::string& feature : watched_processor_features()) {
    if (std::find(found.begin(), found.end(), feature) != found.end()) facts.features.push_back(feature);
  }
  return facts;
}

double parse_load(std::string_view loadavg) {
  double load = 0;
  std::from_chars(loadavg.data(), loadavg.data() + loadavg.size(), load);
  return load;
}

ProcessorFacts inspect_processor() {
  ProcessorFacts facts = parse_cpuinfo(read_proc_file("/proc/cpuinfo").value_or(""));
  facts.available = available_processor_count();
  facts.present = std::max(static_cast<int>(sysconf(_SC_NPROCESSORS_CONF)), facts.available);
  facts.load = parse_load(read_proc_file("/proc/loadavg").value_or(""));
  return facts;
}

}  // namespace regimetry
