#include "core/machine/library_probes.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace regimetry {
namespace {

TEST(LibraryProbes, FactsSurviveTheWayThroughJson) {
  const BlasFacts blas{.is_found = true,
                       .vendor = "OpenBLAS",
                       .version = "0.3.21",
                       .path = "/lib/x",
                       .core = "Zen",
                       .threads = 2,
                       .gflops = 225.5,
                       .is_correct = true};
  const auto json = nlohmann::json(blas);
  EXPECT_EQ(nlohmann::json(json.get<BlasFacts>()), json);
  EXPECT_EQ(json.get<BlasFacts>().core, "Zen");

  const GpuFacts gpu{.has_driver = true,
                     .driver_version = "570",
                     .cuda_version = "12.8",
                     .problem = "p",
                     .devices = {{.name = "H200", .memory_bytes = 5}}};
  EXPECT_EQ(nlohmann::json(gpu).get<GpuFacts>().devices.at(0).name, "H200");
  EXPECT_EQ(nlohmann::json(nlohmann::json(gpu).get<GpuFacts>()), nlohmann::json(gpu));

  const OnednnFacts onednn{
      .is_found = true, .version = "2.6.3", .path = "/lib/y", .gflops = 1.5, .is_correct = true};
  EXPECT_EQ(nlohmann::json(nlohmann::json(onednn).get<OnednnFacts>()), nlohmann::json(onednn));
  const TorchFacts torch{.is_found = true, .version = "1.13", .path = "/lib/z"};
  EXPECT_EQ(nlohmann::json(nlohmann::json(torch).get<TorchFacts>()), nlohmann::json(torch));
}

TEST(LibraryProbes, ReadsTheVersionFromAFileName) {
  EXPECT_EQ(version_in_file_name("/usr/lib/libtorch_cpu.so.1.13"), "1.13");
  EXPECT_EQ(version_in_file_name("/opt/libtorch/lib/libtorch_cpu.so"), "");
  EXPECT_EQ(version_in_file_name("/odd.so.dir/libtorch_cpu.so"), "");
}

}  // namespace
}  // namespace regimetry
