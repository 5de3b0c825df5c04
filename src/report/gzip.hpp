// Bytes made small, as every browser can unpack them.
#pragma once

#include <string>
#include <string_view>

namespace regimetry::report {

// The same bytes give the same bytes: no time and no name stand in the header.
[[nodiscard]] std::string gzip(std::string_view bytes);

}  // namespace regimetry::report
