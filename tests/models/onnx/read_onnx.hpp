// Reads back what the exporter wrote: as much of onnx.proto as a test looks at, apart from the writer's code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::models {

// A message as field number -> what stands there, in order. Texts and messages are bytes, integers are
// integers.
struct ProtobufField {
  std::uint64_t integer = 0;
  std::string bytes;
};
using ProtobufMessage = std::map<std::uint64_t, std::vector<ProtobufField>>;
// Throws std::out_of_range for bytes that are cut off, std::runtime_error for other kinds of fields.
[[nodiscard]] ProtobufMessage read_protobuf(std::string_view bytes);

struct ReadTensor {
  std::int64_t type = 0;
  std::vector<std::int64_t> shape;
  std::string data;
};

struct ReadNode {
  std::string op_type, name;
  std::vector<std::string> inputs, outputs;
};

// Lengths as text: "batch", "12".
struct ReadValue {
  std::string name, description;
  std::vector<std::string> shape;
};

struct ReadOnnx {
  std::int64_t ir_version = 0, opset_version = 0;
  std::string producer_name, producer_version;
  std::map<std::string, std::string> metadata;
  std::vector<ReadNode> nodes;
  std::map<std::string, ReadTensor> tensors;
  std::vector<ReadValue> inputs, outputs;
};
[[nodiscard]] ReadOnnx read_onnx(std::string_view bytes);

}  // namespace regimetry::models
