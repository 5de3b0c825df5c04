// Numbers of artifacts that may be null or absent.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

namespace regimetry::report {

[[nodiscard]] inline std::optional<double> number_at(const nlohmann::ordered_json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

[[nodiscard]] inline std::optional<std::int32_t> whole_at(const nlohmann::ordered_json& json,
                                                          const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int32_t>();
}

}  // namespace regimetry::report
