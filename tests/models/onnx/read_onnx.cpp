#include "models/onnx/read_onnx.hpp"

#include <stdexcept>

namespace regimetry::models {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  ProtobufMessage read() {
    ProtobufMessage message;
    while (at_ < bytes_.size()) {
      const std::uint64_t key = varint();
      message[key >> 3U].push_back(value(key & 7U));
    }
    return message;
  }

 private:
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.at(at_++));
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80U) return value;
    }
  }

  std::string take(std::size_t count) {
    if (count > bytes_.size() - at_) throw std::out_of_range("cut off");
    at_ += count;
    return std::string(bytes_.substr(at_ - count, count));
  }

  ProtobufField value(std::uint64_t kind) {
    if (kind == 0) return {varint(), ""};
    if (kind == 2) return {0, take(varint())};
    if (kind == 5) return {0, take(4)};
    throw std::runtime_error("a field of an unknown kind");
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string text(const ProtobufMessage& message, std::uint64_t field) {
  const auto found = message.find(field);
  return found == message.end() ? "" : found->second.back().bytes;
}

std::int64_t integer(const ProtobufMessage& message, std::uint64_t field) {
  const auto found = message.find(field);
  return found == message.end() ? 0 : static_cast<std::int64_t>(found->second.back().integer);
}

std::vector<ProtobufField> all(const ProtobufMessage& message, std::uint64_t field) {
  const auto found = message.find(field);
  return found == message.end() ? std::vector<ProtobufField>{} : found->second;
}

ReadNode read_node(const std::string& bytes) {
  const ProtobufMessage message = read_protobuf(bytes);
  ReadNode node{text(message, 4), text(message, 3), {}, {}};
  for (const ProtobufField& input : all(message, 1)) node.inputs.push_back(input.bytes);
  for (const ProtobufField& output : all(message, 2)) node.outputs.push_back(output.bytes);
  return node;
}

ReadTensor read_tensor(const ProtobufMessage& message) {
  ReadTensor tensor{integer(message, 2), {}, text(message, 9)};
  for (const ProtobufField& length : all(message, 1))
    tensor.shape.push_back(static_cast<std::int64_t>(length.integer));
  return tensor;
}

ReadValue read_value(const std::string& bytes) {
  const ProtobufMessage message = read_protobuf(bytes);
  ReadValue value{text(message, 1), text(message, 3), {}};
  const ProtobufMessage tensor_type = read_protobuf(text(read_protobuf(text(message, 2)), 1));
  for (const ProtobufField& one : all(read_protobuf(text(tensor_type, 2)), 1)) {
    const ProtobufMessage dimension = read_protobuf(one.bytes);
    value.shape.push_back(dimension.contains(2) ? text(dimension, 2) : std::to_string(integer(dimension, 1)));
  }
  return value;
}

}  // namespace

ProtobufMessage read_protobuf(std::string_view bytes) {
  return Reader(bytes).read();
}

ReadOnnx read_onnx(std::string_view bytes) {
  const ProtobufMessage model = read_protobuf(bytes);
  ReadOnnx read;
  read.ir_version = integer(model, 1);
  read.opset_version = integer(read_protobuf(text(model, 8)), 2);
  read.producer_name = text(model, 2);
  read.producer_version = text(model, 3);
  for (const ProtobufField& entry : all(model, 14)) {
    const ProtobufMessage message = read_protobuf(entry.bytes);
    read.metadata[text(message, 1)] = text(message, 2);
  }
  const ProtobufMessage graph = read_protobuf(text(model, 7));
  for (const ProtobufField& node : all(graph, 1)) read.nodes.push_back(read_node(node.bytes));
  for (const ProtobufField& one : all(graph, 5)) {
    const ProtobufMessage tensor = read_protobuf(one.bytes);
    read.tensors[text(tensor, 8)] = read_tensor(tensor);
  }
  for (const ProtobufField& input : all(graph, 11)) read.inputs.push_back(read_value(input.bytes));
  for (const ProtobufField& output : all(graph, 12)) read.outputs.push_back(read_value(output.bytes));
  return read;
}

}  // namespace regimetry::models
