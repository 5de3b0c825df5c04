// The catalogue of features as text for a screen and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace regimetry::cli {

[[nodiscard]] std::string catalogue_list();
[[nodiscard]] nlohmann::json catalogue_json();

}  // namespace regimetry::cli
