// State as bytes that know whose they are: the digest of the feature set and of themselves go before them.
//
// Why: state is restored straight into operators, counters and places in rings included; bytes of another set
// or with a flipped bit must not get that far.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace regimetry::features {

[[nodiscard]] std::vector<std::byte> sealed_state(const std::string& set_digest,
                                                  std::span<const std::byte> state);
// The state inside `sealed`. Throws Error (kData) when it is of another set or damaged.
[[nodiscard]] std::span<const std::byte> opened_state(const std::string& set_digest,
                                                      std::span<const std::byte> sealed);

}  // namespace regimetry::features
