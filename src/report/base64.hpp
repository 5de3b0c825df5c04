// Bytes as text that may stand in a page (RFC 4648, with padding).
#pragma once

#include <string>
#include <string_view>

namespace regimetry::report {

[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace regimetry::report
