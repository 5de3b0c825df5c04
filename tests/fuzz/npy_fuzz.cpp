// Any bytes as a .npy file: refused with an Error, or an array whose size is what its shape says.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>

#include "core/error.hpp"
#include "core/npy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regimetry;
  try {
    const NpyArray array = parse_npy({reinterpret_cast<const char*>(data), size}, "fuzz.npy");
    if (static_cast<std::size_t>(array.element_count()) * byte_size(array.type) != array.data.size())
      std::abort();
    std::ignore = array.as_float64();
    std::ignore = array.as_float32();
    std::ignore = array.as_int64();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kData) std::abort();
  }
  return 0;
}
