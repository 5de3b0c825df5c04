#include "core/machine/dynamic_library.hpp"

#include <dlfcn.h>
#include <link.h>

#include <filesystem>

namespace regimetry {
namespace {

[[nodiscard]] std::string path_of(void* handle, const char* name) {
  link_map* map = nullptr;
  if (dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr || map->l_name == nullptr) return name;
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(map->l_name, error);
  return error ? std::string(map->l_name) : real.string();
}

}  // namespace

std::optional<DynamicLibrary> DynamicLibrary::open(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    void* const handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle != nullptr) return DynamicLibrary(handle, path_of(handle, name));
  }
  return std::nullopt;
}

void* DynamicLibrary::address_of(const char* name) const {
  return dlsym(handle_, name);
}

}  // namespace regimetry
