#include "models/onnx/graph_builder.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/error.hpp"

namespace regimetry::models::onnx {

// Two values of one name would be a file that runtimes refuse with words that help nobody.
void GraphBuilder::claim(const std::string& name) {
  if (!names_.insert(name).second)
    throw Error(ErrorKind::kInternal, fmt::format("two values of a graph are called '{}'", name));
}

std::string GraphBuilder::add_input(Value value) {
  claim(value.name);
  graph_.inputs.push_back(std::move(value));
  return graph_.inputs.back().name;
}

std::string GraphBuilder::add_node(const std::string& op_type, const std::string& name,
                                   std::vector<std::string> inputs, std::vector<Attribute> attributes) {
  claim(name);
  graph_.nodes.push_back({op_type, name, std::move(inputs), {name}, std::move(attributes)});
  return name;
}

std::string GraphBuilder::add_reshape(const std::string& name, const std::string& x,
                                      const std::vector<std::int64_t>& shape) {
  return add_node("Reshape", name, {x, add_vector(name + ".shape", shape)});
}

void GraphBuilder::add_output(Value value) {
  graph_.outputs.push_back(std::move(value));
}

}  // namespace regimetry::models::onnx
