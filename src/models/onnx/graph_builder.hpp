// Builds a graph node by node. Every node has one output, and both have one name, so a name says where a
// number comes from: "blocks.0.attention.query" is made from "blocks.0.attention.query.weight".
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "models/onnx/onnx_model.hpp"

namespace regimetry::models::onnx {

class GraphBuilder {
 public:
  explicit GraphBuilder(std::string name) { graph_.name = std::move(name); }

  // All give the name back, to be taken as an input of further nodes. A name may be given once only.
  std::string add_input(Value value);
  template <class T>
  std::string add_constant(const std::string& name, std::vector<std::int64_t> shape,
                           const std::vector<T>& values) {
    claim(name);
    graph_.initialisers.push_back(make_tensor(name, std::move(shape), std::span<const T>(values)));
    return name;
  }
  template <class T>
  std::string add_vector(const std::string& name, const std::vector<T>& values) {
    return add_constant(name, {static_cast<std::int64_t>(values.size())}, values);
  }
  template <class T>
  std::string add_scalar(const std::string& name, T value) {
    return add_constant(name, {}, std::vector<T>{value});
  }
  std::string add_node(const std::string& op_type, const std::string& name, std::vector<std::string> inputs,
                       std::vector<Attribute> attributes = {});
  // `x` in another shape; -1 once, for the length that follows from the others.
  std::string add_reshape(const std::string& name, const std::string& x,
                          const std::vector<std::int64_t>& shape);

  // `value` names a node.
  void add_output(Value value);

  [[nodiscard]] const Graph& graph() const noexcept { return graph_; }

 private:
  void claim(const std::string& name);

  Graph graph_;
  std::set<std::string> names_;
};

}  // namespace regimetry::models::onnx
