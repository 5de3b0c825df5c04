// A regime encoder as nodes of a graph: projection, positions, blocks, pooling.
//
// Weights stand in the graph as they stand on disk, [out, in] and under the same names.
#pragma once

#include <string>

#include "models/onnx/graph_builder.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models::onnx {

// `features` [B, L, F] -> `name` [B, D], both float32. Demands weights whose arrays have the shapes that
// their options ask for.
void add_encoder(GraphBuilder& graph, const std::string& features, const RegimeEncoderWeights& weights,
                 const std::string& name);

}  // namespace regimetry::models::onnx
