// How many processors the control group of this process allows, for available_processor_count()
// (core/parallel.hpp).
#pragma once

#include <filesystem>
#include <optional>

namespace regimetry::detail {

// The tightest processor limit, rounded up to whole processors, among this process's control group and its
// ancestors; nothing when there is none. Understands cgroup v2 (`cpu.max`) and v1 (`cpu.cfs_quota_us`).
// `root` replaces "/", so that a test can hand in a made-up /proc/self/cgroup and /sys/fs/cgroup.
[[nodiscard]] std::optional<int> cgroup_processor_limit(const std::filesystem::path& root = "/");

}  // namespace regimetry::detail
