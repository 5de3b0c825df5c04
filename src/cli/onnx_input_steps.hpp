// A fitted transform as the plain numbers that an exported graph is made of: where two rooms that may not
// know each other meet.
//
// Words: a graph of numbers takes none. A column of words comes in as the place of each word in sorted order
// (0,
//        1, ...); NaN is a missing word, any other number one that was not there when fitting.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "features/transform/column_transform.hpp"
#include "models/onnx/input_steps.hpp"

namespace regimetry::cli {

struct OnnxInput {
  models::InputSteps steps;
  // Column of words -> its words; the place of a word is the number that stands for it.
  std::map<std::string, std::vector<std::string>> words;
  bool keeps_missing = false;  // some column stays missing where it is, and so do the embeddings
};

// `symbol` picks one group of a transform that was fitted per symbol, and is empty otherwise. Throws Error
// (kUsage) when it picks none, or for a column that is never anything but missing.
[[nodiscard]] OnnxInput onnx_input(const features::FittedTransform& fitted, const std::string& symbol);

}  // namespace regimetry::cli
