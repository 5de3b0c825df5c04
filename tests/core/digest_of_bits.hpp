// The SHA-256 of the bits of many doubles, as golden_values.py computes it: a change of any bit of any of
// them shows.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/sha256.hpp"

namespace regimetry {

inline std::string digest_of_bits(std::span<const double> values) {
  return sha256_hex(
      {reinterpret_cast<const char*>(values.data()), values.size_bytes()});  // x86-64: low byte first
}

}  // namespace regimetry
