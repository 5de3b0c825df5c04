#include "core/processor_count.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <fstream>
#include <string>
#include <string_view>

#include "core/parallel.hpp"

namespace regimetry {
namespace {

namespace fs = std::filesystem;

// A made-up root directory with the few files that tell of control groups.
class CgroupLimit : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "cgroup_XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(std::string_view path, std::string_view text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  fs::path root_;
};

TEST_F(CgroupLimit, IsAbsentWithoutControlGroups) {
  EXPECT_EQ(detail::cgroup_processor_limit(root_), std::nullopt);
}

TEST_F(CgroupLimit, ReadsVersion2AndRoundsUp) {
  write("proc/self/cgroup", "0::/jobs/mine\n");
  write("sys/fs/cgroup/jobs/mine/cpu.max", "150000 100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 2);
  write("sys/fs/cgroup/jobs/mine/cpu.max", "200000 100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 2);
  write("sys/fs/cgroup/jobs/mine/cpu.max", "10000 100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 1);
}

TEST_F(CgroupLimit, TakesMaxForNoLimit) {
  write("proc/self/cgroup", "0::/jobs\n");
  write("sys/fs/cgroup/jobs/cpu.max", "max 100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), std::nullopt);
}

TEST_F(CgroupLimit, ObeysTheTightestAncestor) {
  write("proc/self/cgroup", "0::/a/b/c\n");
  write("sys/fs/cgroup/a/cpu.max", "300000 100000\n");
  write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  write("sys/fs/cgroup/a/b/c/cpu.max", "800000 100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 3);
}

TEST_F(CgroupLimit, FindsAContainersOwnRoot) {
  write("proc/self/cgroup", "0::/only/the/host/sees/this\n");
  write("sys/fs/cgroup/cpu.max", "400000 100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 4);
}

TEST_F(CgroupLimit, ReadsVersion1UnderEitherName) {
  write("proc/self/cgroup", "5:memory:/m\n4:cpu,cpuacct:/job\n1:name=systemd:/\n0::/\n");
  write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "250000\n");
  write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 3);
  write("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "100000\n");
  write("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), 1);
}

TEST_F(CgroupLimit, TakesMinusOneForNoLimitInVersion1) {
  write("proc/self/cgroup", "4:cpu:/\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), std::nullopt);
}

TEST_F(CgroupLimit, DoesNotTakeCpusetOrCpuacctForCpu) {
  write("proc/self/cgroup", "3:cpuset:/x\n2:cpuacct:/x\n");
  for (const char* controller : {"cpuset", "cpuacct"}) {
    write("sys/fs/cgroup/" + std::string(controller) + "/x/cpu.cfs_quota_us", "100000\n");
    write("sys/fs/cgroup/" + std::string(controller) + "/x/cpu.cfs_period_us", "100000\n");
  }
  EXPECT_EQ(detail::cgroup_processor_limit(root_), std::nullopt);
}

TEST_F(CgroupLimit, IgnoresGarbage) {
  write("proc/self/cgroup", "nonsense\n\n::\n0:\n0::/g\n");
  write("sys/fs/cgroup/g/cpu.max", "many few\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), std::nullopt);
  write("sys/fs/cgroup/g/cpu.max", "100000 0\n");
  EXPECT_EQ(detail::cgroup_processor_limit(root_), std::nullopt);
  write("sys/fs/cgroup/g/cpu.max", "999999999999999999 1\n");
  EXPECT_GT(detail::cgroup_processor_limit(root_).value_or(0), 1000);
}

TEST(AvailableProcessorCount, FollowsTheAffinityMask) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  EXPECT_GE(available_processor_count(), 1);
  EXPECT_LE(available_processor_count(), CPU_COUNT(&before));

  int first = 0;
  while (!CPU_ISSET(first, &before)) ++first;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(available_processor_count(), 1);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
}

}  // namespace
}  // namespace regimetry
