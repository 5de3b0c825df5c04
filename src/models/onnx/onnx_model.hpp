// An ONNX model as plain data, and its bytes. Names and meanings are those of onnx.proto.
//
// What is here is what an exported encoder needs: dense tensors, nodes of the standard operators, one graph.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace regimetry::models::onnx {

// Opset 13 and IR version 7 belong together (ONNX 1.8, the end of 2020): every runtime in use reads them, and
// no operator that an encoder needs has come since but LayerNormalization, which is written out for the sake
// of exactness anyway (encoder_nodes.cpp).
inline constexpr std::int64_t kOpsetVersion = 13;
inline constexpr std::int64_t kIrVersion = 7;

enum class ElementType { kFloat32 = 1, kInt64 = 7, kFloat64 = 11 };  // the numbers of onnx.proto

struct Tensor {
  std::string name;
  ElementType type = ElementType::kFloat32;
  std::vector<std::int64_t> shape;  // empty: a scalar
  std::string data;                 // C order, little-endian
};
// The shape must have as many elements as there are values.
[[nodiscard]] Tensor make_tensor(std::string name, std::vector<std::int64_t> shape,
                                 std::span<const float> values);
[[nodiscard]] Tensor make_tensor(std::string name, std::vector<std::int64_t> shape,
                                 std::span<const double> values);
[[nodiscard]] Tensor make_tensor(std::string name, std::vector<std::int64_t> shape,
                                 std::span<const std::int64_t> values);

struct Attribute {
  std::string name;
  std::variant<std::int64_t, float, std::vector<std::int64_t>> value;
};

struct Node {
  std::string op_type;  // "Gemm"
  std::string name;
  std::vector<std::string> inputs, outputs;  // names of values and initialisers
  std::vector<Attribute> attributes;
};

// A fixed length, or the name of one that is known only when the model runs.
using Dimension = std::variant<std::int64_t, std::string>;

// An input or output of the graph.
struct Value {
  std::string name;
  ElementType type = ElementType::kFloat32;
  std::vector<Dimension> shape;
  std::string description;
};

struct Graph {
  std::string name;
  std::string description;
  std::vector<Node> nodes;  // each after those whose outputs it takes
  std::vector<Tensor> initialisers;
  std::vector<Value> inputs, outputs;
};

struct Model {
  std::string producer_name, producer_version;
  std::string description;
  std::map<std::string, std::string> metadata;
  Graph graph;
};

// The bytes of a .onnx file: equal for equal models. Fields stand in the order of their numbers, as other
// writers have it.
[[nodiscard]] std::string encode_model(const Model& model);

}  // namespace regimetry::models::onnx
