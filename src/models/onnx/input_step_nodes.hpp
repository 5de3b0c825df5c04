// InputSteps as nodes of a graph. Steps of one kind are done together, whatever their number: a graph for a
// thousand columns has as many nodes as one for three.
#pragma once

#include <string>

#include "models/onnx/graph_builder.hpp"
#include "models/onnx/input_steps.hpp"

namespace regimetry::models::onnx {

// `windows` [B, L, columns] float32 -> the name of the features [B, L, F] float32; `windows` itself where
// there are no steps. Demands steps without problems().
[[nodiscard]] std::string add_input_steps(GraphBuilder& graph, const std::string& windows,
                                          const InputSteps& steps);

}  // namespace regimetry::models::onnx
