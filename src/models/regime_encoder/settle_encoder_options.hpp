// The options of an encoder in a file: those it states, or those its shapes and the request make out.
#pragma once

#include <string>
#include <vector>

#include "models/regime_encoder/encoder_file.hpp"
#include "models/regime_encoder/shape_evidence.hpp"

namespace regimetry::models {

struct SettledOptions {
  // As near to the file as its tensors allow, also where there are problems: what is then still missing or
  // misshapen is the fault of the file.
  RegimeEncoderOptions options;
  std::vector<std::string> request_problems;  // what was asked for and is not in the file
  std::vector<std::string> data_problems;     // the data does not fit the encoder
  std::vector<std::string> notes;
};

// For a file that states its options.
[[nodiscard]] SettledOptions settle_stated_options(const RegimeEncoderOptions& stated,
                                                   const EncoderFacts& facts, const EncoderRequest& request);

// For a file that does not.
[[nodiscard]] SettledOptions settle_options_by_shapes(const ShapeEvidence& evidence,
                                                      const EncoderFacts& facts,
                                                      const EncoderRequest& request);

}  // namespace regimetry::models
