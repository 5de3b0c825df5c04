// A CUDA driver with two devices, as far as core/machine/probe_gpu.cpp asks one. For doctor_test.
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace {
constexpr int kNoDevice = 100;  // CUDA_ERROR_NO_DEVICE
bool has_no_device() {
  return std::getenv("FAKE_CUDA_NO_DEVICE") != nullptr;
}
}  // namespace

extern "C" {
int cuInit(unsigned /*flags*/) {
  return has_no_device() ? kNoDevice : 0;
}
int cuDriverGetVersion(int* version) {
  *version = 12'080;
  return 0;
}
int cuDeviceGetCount(int* count) {
  *count = 2;
  return 0;
}
int cuDeviceGet(int* device, int ordinal) {
  *device = 40 + ordinal;
  return 0;
}
int cuDeviceGetName(char* name, int length, int device) {
  std::strncpy(name, device == 40 ? "Fake H200" : "Fake T4", static_cast<std::size_t>(length));
  return 0;
}
int cuDeviceTotalMem_v2(std::size_t* bytes, int device) {
  *bytes = std::size_t{device == 40 ? 139U : 16U} << 30;
  return 0;
}
int cuGetErrorString(int /*error*/, const char** text) {
  *text = "no CUDA-capable device is detected";
  return 0;
}
}
