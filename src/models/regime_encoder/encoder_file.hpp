// A regime encoder <-> .safetensors: weights under the names and shapes of visit_weights() as float32, its
// options in the metadata. docs/file-formats.md shows it.
//
// Metadata: "format", "version", "options" (JSON), "digest", and what is known of "seed" or "origin" and of
//           "features" (JSON list of names).
// Elsewhere: weights that another program wrote may lack all of it. What shapes tell is then taken from them,
//           the rest from whoever asks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/regime_encoder/encoder_options.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

// Where weights come from, and for what.
struct EncoderFacts {
  std::optional<std::uint64_t> seed = {};  // they are the initial ones of this seed
  std::string origin = {};                 // how they were made otherwise, in words
  std::vector<std::string> features = {};  // names of the columns they read, in order; empty: unknown
  bool operator==(const EncoderFacts&) const = default;
};

// SHA-256 over options and tensors, 64 hexadecimal digits: equal encoders have the same.
[[nodiscard]] std::string digest_of(const RegimeEncoderWeights& weights);

// Atomic; the same encoder gives the same bytes.
void write_encoder_file(const std::filesystem::path& path, const RegimeEncoderWeights& weights,
                        const EncoderFacts& facts = {});

// What is expected of the encoder in a file. As it is, nothing.
struct EncoderRequest {
  // Values for what neither the metadata nor the shapes say. A `feature_count` above 0 is that of the data.
  RegimeEncoderOptions options = {};
  // Keys of options that somebody asked for ("num_heads"): the file must agree. Nobody needs to agree on
  // dropout, which embedding never applies.
  std::set<std::string, std::less<>> given = {};
  // Names of the columns that the data has, in order; empty: not known.
  std::vector<std::string> features = {};
};

struct EncoderFile {
  RegimeEncoderWeights weights;
  EncoderFacts facts;
  std::string digest;
  std::vector<std::string> notes;     // what had to be assumed
  std::vector<std::string> warnings;  // what may be wrong
};

// Throws Error listing all that is wrong: kUsage where only the request differs from the file, else kData.
// Float16, bfloat16 and float64 become float32. The bytes that are read decide on memory, not what the
// metadata claims.
[[nodiscard]] EncoderFile read_encoder_file(const std::filesystem::path& path,
                                            const EncoderRequest& request = {});

}  // namespace regimetry::models
