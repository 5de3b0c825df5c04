#include <fmt/format.h>

#include <array>

#include "core/machine/dynamic_library.hpp"
#include "core/machine/library_probes.hpp"

namespace regimetry {
namespace {

// The CUDA driver's C interface, as far as it is asked here. 0 is success, and a device is an int.
struct CudaDriver {
  int (*init)(unsigned flags);
  int (*driver_version)(int* version);
  int (*device_count)(int* count);
  int (*device)(int* device, int ordinal);
  int (*device_name)(char* name, int length, int device);
  int (*device_memory)(std::size_t* bytes, int device);
  int (*error_text)(int error, const char** text);

  explicit CudaDriver(const DynamicLibrary& library)
      : init(library.find<int(unsigned)>("cuInit")),
        driver_version(library.find<int(int*)>("cuDriverGetVersion")),
        device_count(library.find<int(int*)>("cuDeviceGetCount")),
        device(library.find<int(int*, int)>("cuDeviceGet")),
        device_name(library.find<int(char*, int, int)>("cuDeviceGetName")),
        device_memory(library.find<int(std::size_t*, int)>("cuDeviceTotalMem_v2")),
        error_text(library.find<int(int, const char**)>("cuGetErrorString")) {}

  [[nodiscard]] bool is_complete() const {
    return init != nullptr && driver_version != nullptr && device_count != nullptr && device != nullptr &&
           device_name != nullptr && device_memory != nullptr && error_text != nullptr;
  }
  [[nodiscard]] std::string explain(int error) const {
    const char* text = nullptr;
    return error_text(error, &text) == 0 && text != nullptr ? text : fmt::format("CUDA error {}", error);
  }
};

[[nodiscard]] std::string driver_version_from_nvml() {
  const auto library = DynamicLibrary::open({"libnvidia-ml.so.1"});
  if (!library) return {};
  auto* const init = library->find<int()>("nvmlInit_v2");
  auto* const version = library->find<int(char*, unsigned)>("nvmlSystemGetDriverVersion");
  std::array<char, 96> text{};
  if (init == nullptr || version == nullptr || init() != 0 || version(text.data(), text.size()) != 0)
    return {};
  return text.data();
}

[[nodiscard]] GpuDevice describe_device(const CudaDriver& driver, int ordinal) {
  GpuDevice device;
  int handle = 0;
  std::array<char, 256> name{};
  std::size_t bytes = 0;
  if (driver.device(&handle, ordinal) != 0) return device;
  if (driver.device_name(name.data(), static_cast<int>(name.size()), handle) == 0) device.name = name.data();
  if (driver.device_memory(&bytes, handle) == 0) device.memory_bytes = static_cast<std::int64_t>(bytes);
  return device;
}

}  // namespace

GpuFacts probe_gpu() {
  GpuFacts facts;
  const auto library = DynamicLibrary::open({"libcuda.so.1"});
  if (!library) return facts;
  const CudaDriver driver(*library);
  if (!driver.is_complete()) return facts;
  facts.has_driver = true;
  facts.driver_version = driver_version_from_nvml();
  int version = 0, count = 0;
  if (driver.driver_version(&version) == 0) {
    facts.cuda_version = fmt::format("{}.{}", version / 1000, version % 1000 / 10);
  }
  int error = driver.init(0);
  if (error == 0) error = driver.device_count(&count);
  if (error != 0) facts.problem = driver.explain(error);
  for (int ordinal = 0; ordinal < count; ++ordinal) facts.devices.push_back(describe_device(driver, ordinal));
  return facts;
}

}  // namespace regimetry
