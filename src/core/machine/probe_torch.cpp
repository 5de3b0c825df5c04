#include <cctype>
#include <string_view>

#include "core/machine/dynamic_library.hpp"
#include "core/machine/library_probes.hpp"

namespace regimetry {

std::string version_in_file_name(const std::string& path) {
  constexpr std::string_view kMark = ".so.";
  const std::size_t mark = path.rfind(kMark);
  if (mark == std::string::npos) return {};
  const std::string version = path.substr(mark + kMark.size());
  const bool is_number = !version.empty() && std::isdigit(static_cast<unsigned char>(version.front())) != 0;
  return is_number ? version : std::string();
}

TorchFacts probe_torch() {
  // Debian carries the release in the file's name; the project's own archive carries none.
  const auto library = DynamicLibrary::open({"libtorch_cpu.so", "libtorch_cpu.so.1.13", "libtorch_cpu.so.2"});
  if (!library) return {};
  return {.is_found = true, .version = version_in_file_name(library->path()), .path = library->path()};
}

}  // namespace regimetry
