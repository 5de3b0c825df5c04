// Whether the data of a large file is the data that something else was written with.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace regimetry {

struct Fingerprint {
  std::size_t bytes = 0;
  std::string sha256;  // 64 hexadecimal digits
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// Of the pieces laid end to end. Up to 64 MiB all of it is digested, of more as much in blocks spread evenly:
// enough to tell another matrix, without the time that gigabytes would take.
[[nodiscard]] Fingerprint fingerprint_of(std::span<const std::string_view> pieces);

}  // namespace regimetry
