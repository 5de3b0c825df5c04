// The memory of an indicator as bytes, and back, to the bit.
//
// Every operator has one function template `visit(archive)` that names its state once; writing, reading and
// measuring go through it, so no field can be saved and forgotten on the way back. Parameters are not state:
// the reader is built with the same ones.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include "core/error.hpp"

namespace regimetry::features {

class StateWriter {
 public:
  template <typename... Fields>
  void operator()(Fields&... fields) {
    (put(fields), ...);
  }
  [[nodiscard]] const std::vector<std::byte>& bytes() const noexcept { return bytes_; }

 private:
  template <typename T>
  void put(T& field) {
    if constexpr (std::is_arithmetic_v<T>) {
      append(&field, sizeof(T));
    } else if constexpr (requires { field.visit(*this); }) {
      field.visit(*this);
    } else {  // std::vector and std::array of numbers: their length is a parameter
      append(field.data(), field.size() * sizeof(field[0]));
    }
  }
  void append(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  std::vector<std::byte> bytes_;
};

// Throws Error (kData) when there are fewer bytes than the state needs.
class StateReader {
 public:
  explicit StateReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <typename... Fields>
  void operator()(Fields&... fields) {
    (take(fields), ...);
  }
  [[nodiscard]] bool is_at_end() const noexcept { return bytes_.empty(); }

 private:
  template <typename T>
  void take(T& field) {
    if constexpr (std::is_arithmetic_v<T>) {
      extract(&field, sizeof(T));
    } else if constexpr (requires { field.visit(*this); }) {
      field.visit(*this);
    } else {
      extract(field.data(), field.size() * sizeof(field[0]));
    }
  }
  void extract(void* data, std::size_t size) {
    if (bytes_.size() < size) {
      throw Error(ErrorKind::kData,
                  "the saved state of the features ends early; save it anew from the full history");
    }
    if (size > 0) std::memcpy(data, bytes_.data(), size);
    bytes_ = bytes_.subspan(size);
  }

  std::span<const std::byte> bytes_;
};

}  // namespace regimetry::features
