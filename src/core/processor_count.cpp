#include "core/processor_count.hpp"

#include <sched.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "core/parallel.hpp"

namespace regimetry {
namespace detail {
namespace {

namespace fs = std::filesystem;

std::optional<int> whole_processors(double quota_us, double period_us) {
  const bool is_limit = quota_us > 0 && period_us > 0;  // v1 writes -1 for "no limit"
  if (!is_limit) return std::nullopt;
  return static_cast<int>(std::min(1e6, (quota_us + period_us - 1) / period_us));
}

// `cpu.max` holds "<quota> <period>", where the quota may be the word "max".
std::optional<int> limit_of_v2(const fs::path& folder) {
  std::ifstream file(folder / "cpu.max");
  double quota = 0, period = 0;
  if (file >> quota >> period) return whole_processors(quota, period);
  return std::nullopt;
}

std::optional<int> limit_of_v1(const fs::path& folder) {
  std::ifstream quota_file(folder / "cpu.cfs_quota_us"), period_file(folder / "cpu.cfs_period_us");
  double quota = 0, period = 0;
  if (quota_file >> quota && period_file >> period) return whole_processors(quota, period);
  return std::nullopt;
}

std::optional<int> tighter(std::optional<int> a, std::optional<int> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// A limit on any ancestor binds too. Inside a container the path may name folders that only the host can see;
// those are not there to open, and the walk up to the mount's own root still finds the container's limit.
template <typename LimitOf>
std::optional<int> tightest_limit(const fs::path& mount, fs::path group, LimitOf limit_of) {
  std::optional<int> limit = limit_of(mount);
  for (group = group.relative_path(); !group.empty(); group = group.parent_path()) {
    limit = tighter(limit, limit_of(mount / group));
  }
  return limit;
}

bool names_cpu_controller(std::string_view controllers) {
  const std::string padded = "," + std::string(controllers) + ",";
  return padded.find(",cpu,") != std::string::npos;
}

}  // namespace

std::optional<int> cgroup_processor_limit(const fs::path& root) {
  std::ifstream groups(root / "proc/self/cgroup");
  const fs::path mounts = root / "sys/fs/cgroup";
  std::optional<int> limit;
  for (std::string line; std::getline(groups, line);) {  // "<hierarchy>:<controllers>:<path>"
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) {
      limit = tighter(limit, tightest_limit(mounts, group, limit_of_v2));
      limit = tighter(limit, tightest_limit(mounts / "unified", group, limit_of_v2));
    } else if (names_cpu_controller(controllers)) {
      limit = tighter(limit, tightest_limit(mounts / controllers, group, limit_of_v1));
      if (controllers != "cpu") limit = tighter(limit, tightest_limit(mounts / "cpu", group, limit_of_v1));
    }
  }
  return limit;
}

namespace {

// Processors in the affinity mask, or 0 when the kernel will not say.
int affinity_count() {
  // The kernel refuses a mask shorter than its own, so the mask grows until it fits.
  for (std::size_t cpu_count = 1024; cpu_count <= 1U << 20; cpu_count *= 2) {
    const auto free_set = [](cpu_set_t* set) { CPU_FREE(set); };
    const std::unique_ptr<cpu_set_t, decltype(free_set)> set(CPU_ALLOC(cpu_count), free_set);
    if (!set) return 0;
    const std::size_t bytes = CPU_ALLOC_SIZE(cpu_count);
    if (sched_getaffinity(0, bytes, set.get()) == 0) return CPU_COUNT_S(bytes, set.get());
  }
  return 0;
}

}  // namespace
}  // namespace detail

int available_processor_count() {
  int count = detail::affinity_count();
  if (count <= 0) count = static_cast<int>(std::thread::hardware_concurrency());
  if (const std::optional<int> limit = detail::cgroup_processor_limit()) count = std::min(count, *limit);
  return std::max(count, 1);
}

}  // namespace regimetry
