// A shared library looked up at run time, as libtorch or a user's program would find it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

namespace regimetry {

class DynamicLibrary {
 public:
  // The first of `names` that the dynamic loader finds and can load; nothing when none. Never unloaded:
  // libraries with threads of their own do not survive that.
  [[nodiscard]] static std::optional<DynamicLibrary> open(std::initializer_list<const char*> names);

  // The function of that name, as `Function*`; null when the library has none.
  template <typename Function>
  [[nodiscard]] Function* find(const char* name) const {
    return reinterpret_cast<Function*>(address_of(name));
  }
  // The file it came from, links followed.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  DynamicLibrary(void* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  [[nodiscard]] void* address_of(const char* name) const;

  void* handle_;
  std::string path_;
};

}  // namespace regimetry
