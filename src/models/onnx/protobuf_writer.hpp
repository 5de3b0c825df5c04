// The wire format of Protocol Buffers, as far as ONNX files need it.
//
// Why our own: the format is five rules (a varint, a float, bytes with their length, and a key before each),
// and its library is a heavy guest that must be of one version in the whole program.
// Bytes: what was added, in that order; nothing else decides them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace regimetry::models::onnx {

// One message under construction. Fields are known by their numbers.
class ProtobufWriter {
 public:
  // Also enumerators; negative values take ten bytes, as the format has it.
  void add_integer(std::uint32_t field, std::int64_t value);
  void add_float(std::uint32_t field, float value);
  // Texts too.
  void add_bytes(std::uint32_t field, std::string_view bytes);
  void add_message(std::uint32_t field, const ProtobufWriter& message);

  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

 private:
  void add_varint(std::uint64_t value);

  std::string bytes_;
};

}  // namespace regimetry::models::onnx
