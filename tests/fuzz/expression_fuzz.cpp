// Any bytes as a list of features: refused with an Error of the user's, or a set that runs.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "features/sets/feature_set.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regimetry;
  // Longer lists only repeat; a thousand windows of the longest period would fill the memory limit.
  constexpr std::size_t kLongest = 256;
  if (size > kLongest) return 0;
  features::FeatureSpecification specification;
  specification.features = {std::string(reinterpret_cast<const char*>(data), size)};
  specification.define = {{"spread", "ema(12) - ema(26)"}};
  const std::vector<std::string> columns{"mood"};
  try {
    const features::FeatureSet set(specification, columns);
    if (set.features().empty() || set.warmup() < 0) std::abort();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUsage) std::abort();
  }
  return 0;
}
