#include "models/onnx/protobuf_writer.hpp"

#include <bit>

namespace regimetry::models::onnx {
namespace {

// What follows a key; its lowest three bits say so.
constexpr std::uint64_t kVarint = 0, kLengthAndBytes = 2, kFourBytes = 5;

constexpr std::uint64_t key_of(std::uint32_t field, std::uint64_t what_follows) {
  return (std::uint64_t{field} << 3U) | what_follows;
}

}  // namespace

void ProtobufWriter::add_varint(std::uint64_t value) {
  constexpr std::uint64_t kSevenBits = 0x7F, kMoreFollow = 0x80;
  while (value > kSevenBits) {
    bytes_.push_back(static_cast<char>((value & kSevenBits) | kMoreFollow));
    value >>= 7U;
  }
  bytes_.push_back(static_cast<char>(value));
}

void ProtobufWriter::add_integer(std::uint32_t field, std::int64_t value) {
  add_varint(key_of(field, kVarint));
  add_varint(static_cast<std::uint64_t>(value));
}

void ProtobufWriter::add_float(std::uint32_t field, float value) {
  add_varint(key_of(field, kFourBytes));
  const auto bits = std::bit_cast<std::uint32_t>(value);
  for (unsigned shift = 0; shift < 32; shift += 8)  // little-endian
    bytes_.push_back(static_cast<char>((bits >> shift) & 0xFFU));
}

void ProtobufWriter::add_bytes(std::uint32_t field, std::string_view bytes) {
  add_varint(key_of(field, kLengthAndBytes));
  add_varint(bytes.size());
  bytes_ += bytes;
}

void ProtobufWriter::add_message(std::uint32_t field, const ProtobufWriter& message) {
  add_bytes(field, message.bytes());
}

}  // namespace regimetry::models::onnx
