// Any bytes as a .safetensors file: refused with an Error, or tensors that fill the data exactly.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>

#include "core/error.hpp"
#include "core/safetensors.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regimetry;
  try {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::size_t used = 0;
    for (const auto& [name, tensor] : parse_safetensors(bytes, "fuzz.safetensors").tensors) {
      if (static_cast<std::size_t>(tensor.element_count()) * byte_size(tensor.type) != tensor.data.size())
        std::abort();
      used += tensor.data.size();
    }
    if (used >= size) std::abort();  // length and header take some of the file
    std::ignore = parse_safetensors(bytes, "fuzz.safetensors", {.require_finite = true});
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kData) std::abort();
  }
  return 0;
}
