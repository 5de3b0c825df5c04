// The libraries that do the heavy work, as the dynamic loader finds them here: which they are and how fast.
//
// Each probe loads foreign code into this process and starts its threads. Run them in a child
// (child_process.hpp), one probe per child, and carry the answer over as JSON.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace regimetry {

// The library behind libblas.so.3, the name under which libtorch loads it.
struct BlasFacts {
  bool is_found = false;
  std::string vendor;   // "OpenBLAS", "MKL", "BLIS", "reference"
  std::string version;  // as the library tells it; may be empty
  std::string path;
  std::string core;   // the processor OpenBLAS believes to be on; empty for others
  int threads = 0;    // 0: it does not tell
  double gflops = 0;  // float32 products; 0 when the answer was wrong
  bool is_correct = false;
};
[[nodiscard]] BlasFacts probe_blas();

// oneDNN, which regimetry uses for the matrix products of its networks.
struct OnednnFacts {
  bool is_found = false;
  std::string version, path;
  double gflops = 0;
  bool is_correct = false;
};
[[nodiscard]] OnednnFacts probe_onednn();

struct GpuDevice {
  std::string name;
  std::int64_t memory_bytes = 0;
};
// NVIDIA GPUs, through the driver's own library.
struct GpuFacts {
  bool has_driver = false;
  std::string driver_version;  // "570.86.15"; empty when the driver does not tell
  std::string cuda_version;    // newest CUDA the driver can run, "12.8"
  std::string problem;         // why there are no devices although there is a driver
  std::vector<GpuDevice> devices;
};
[[nodiscard]] GpuFacts probe_gpu();

struct TorchFacts {
  bool is_found = false;
  std::string version;  // from the file's name; empty when that has none
  std::string path;
};
[[nodiscard]] TorchFacts probe_torch();

// "libtorch_cpu.so.1.13" -> "1.13"; empty when the name carries no version.
[[nodiscard]] std::string version_in_file_name(const std::string& path);

void to_json(nlohmann::json& json, const BlasFacts& facts);
void from_json(const nlohmann::json& json, BlasFacts& facts);
void to_json(nlohmann::json& json, const OnednnFacts& facts);
void from_json(const nlohmann::json& json, OnednnFacts& facts);
void to_json(nlohmann::json& json, const GpuDevice& device);
void from_json(const nlohmann::json& json, GpuDevice& device);
void to_json(nlohmann::json& json, const GpuFacts& facts);
void from_json(const nlohmann::json& json, GpuFacts& facts);
void to_json(nlohmann::json& json, const TorchFacts& facts);
void from_json(const nlohmann::json& json, TorchFacts& facts);

}  // namespace regimetry
