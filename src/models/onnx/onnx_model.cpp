#include "models/onnx/onnx_model.hpp"

#include <bit>
#include <cassert>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

#include "models/onnx/protobuf_writer.hpp"

// Field numbers, named and numbered as in onnx.proto.
namespace regimetry::models::onnx {
namespace {

static_assert(std::endian::native == std::endian::little, "values are copied as they lie in memory");

template <class T>
Tensor tensor_of(std::string name, ElementType type, std::vector<std::int64_t> shape,
                 std::span<const T> values) {
  assert(std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()) ==
         static_cast<std::int64_t>(values.size()));
  Tensor tensor{std::move(name), type, std::move(shape), std::string(values.size_bytes(), '\0')};
  if (!values.empty()) std::memcpy(tensor.data.data(), values.data(), values.size_bytes());
  return tensor;
}

void add_text(ProtobufWriter& writer, std::uint32_t field, const std::string& text) {
  if (!text.empty()) writer.add_bytes(field, text);
}

ProtobufWriter encode(const Tensor& tensor) {
  constexpr std::uint32_t kDims = 1, kDataType = 2, kName = 8, kRawData = 9;
  ProtobufWriter writer;
  for (const std::int64_t length : tensor.shape) writer.add_integer(kDims, length);
  writer.add_integer(kDataType, static_cast<std::int64_t>(tensor.type));
  writer.add_bytes(kName, tensor.name);
  writer.add_bytes(kRawData, tensor.data);
  return writer;
}

ProtobufWriter encode(const Attribute& attribute) {
  constexpr std::uint32_t kName = 1, kF = 2, kI = 3, kInts = 8, kType = 20;
  constexpr std::int64_t kFloatType = 1, kIntType = 2, kIntsType = 7;
  ProtobufWriter writer;
  writer.add_bytes(kName, attribute.name);
  if (const auto* integer = std::get_if<std::int64_t>(&attribute.value)) {
    writer.add_integer(kI, *integer);
    writer.add_integer(kType, kIntType);
  } else if (const auto* number = std::get_if<float>(&attribute.value)) {
    writer.add_float(kF, *number);
    writer.add_integer(kType, kFloatType);
  } else {
    for (const std::int64_t one : std::get<std::vector<std::int64_t>>(attribute.value))
      writer.add_integer(kInts, one);
    writer.add_integer(kType, kIntsType);
  }
  return writer;
}

ProtobufWriter encode(const Node& node) {
  constexpr std::uint32_t kInput = 1, kOutput = 2, kName = 3, kOpType = 4, kAttribute = 5;
  ProtobufWriter writer;
  for (const std::string& input : node.inputs) writer.add_bytes(kInput, input);
  for (const std::string& output : node.outputs) writer.add_bytes(kOutput, output);
  add_text(writer, kName, node.name);
  writer.add_bytes(kOpType, node.op_type);
  for (const Attribute& attribute : node.attributes) writer.add_message(kAttribute, encode(attribute));
  return writer;
}

ProtobufWriter encode(const Dimension& dimension) {
  constexpr std::uint32_t kDimValue = 1, kDimParam = 2;
  ProtobufWriter writer;
  if (const auto* length = std::get_if<std::int64_t>(&dimension)) {
    writer.add_integer(kDimValue, *length);
  } else {
    writer.add_bytes(kDimParam, std::get<std::string>(dimension));
  }
  return writer;
}

ProtobufWriter encode(const Value& value) {
  constexpr std::uint32_t kName = 1, kType = 2, kDocString = 3;        // ValueInfoProto
  constexpr std::uint32_t kTensorType = 1, kElemType = 1, kShape = 2;  // TypeProto, TypeProto.Tensor
  constexpr std::uint32_t kDim = 1;                                    // TensorShapeProto
  ProtobufWriter shape;
  for (const Dimension& dimension : value.shape) shape.add_message(kDim, encode(dimension));
  ProtobufWriter tensor;
  tensor.add_integer(kElemType, static_cast<std::int64_t>(value.type));
  tensor.add_message(kShape, shape);
  ProtobufWriter type;
  type.add_message(kTensorType, tensor);
  ProtobufWriter writer;
  writer.add_bytes(kName, value.name);
  writer.add_message(kType, type);
  add_text(writer, kDocString, value.description);
  return writer;
}

ProtobufWriter encode(const Graph& graph) {
  constexpr std::uint32_t kNode = 1, kName = 2, kInitializer = 5, kDocString = 10, kInput = 11, kOutput = 12;
  ProtobufWriter writer;
  for (const Node& node : graph.nodes) writer.add_message(kNode, encode(node));
  writer.add_bytes(kName, graph.name);
  for (const Tensor& tensor : graph.initialisers) writer.add_message(kInitializer, encode(tensor));
  add_text(writer, kDocString, graph.description);
  for (const Value& input : graph.inputs) writer.add_message(kInput, encode(input));
  for (const Value& output : graph.outputs) writer.add_message(kOutput, encode(output));
  return writer;
}

// "" is the domain of the standard operators.
ProtobufWriter standard_operators() {
  constexpr std::uint32_t kDomain = 1, kVersion = 2;
  ProtobufWriter writer;
  writer.add_bytes(kDomain, "");
  writer.add_integer(kVersion, kOpsetVersion);
  return writer;
}

ProtobufWriter metadata_entry(const std::string& key, const std::string& value) {
  constexpr std::uint32_t kKey = 1, kValue = 2;
  ProtobufWriter writer;
  writer.add_bytes(kKey, key);
  writer.add_bytes(kValue, value);
  return writer;
}

}  // namespace

Tensor make_tensor(std::string name, std::vector<std::int64_t> shape, std::span<const float> values) {
  return tensor_of(std::move(name), ElementType::kFloat32, std::move(shape), values);
}
Tensor make_tensor(std::string name, std::vector<std::int64_t> shape, std::span<const double> values) {
  return tensor_of(std::move(name), ElementType::kFloat64, std::move(shape), values);
}
Tensor make_tensor(std::string name, std::vector<std::int64_t> shape, std::span<const std::int64_t> values) {
  return tensor_of(std::move(name), ElementType::kInt64, std::move(shape), values);
}

std::string encode_model(const Model& model) {
  constexpr std::uint32_t kIrVersionField = 1, kProducerName = 2, kProducerVersion = 3, kDocString = 6,
                          kGraph = 7, kOpsetImport = 8, kMetadataProps = 14;
  ProtobufWriter writer;
  writer.add_integer(kIrVersionField, kIrVersion);
  add_text(writer, kProducerName, model.producer_name);
  add_text(writer, kProducerVersion, model.producer_version);
  add_text(writer, kDocString, model.description);
  writer.add_message(kGraph, encode(model.graph));
  writer.add_message(kOpsetImport, standard_operators());
  for (const auto& [key, value] : model.metadata)
    writer.add_message(kMetadataProps, metadata_entry(key, value));
  return writer.bytes();
}

}  // namespace regimetry::models::onnx
