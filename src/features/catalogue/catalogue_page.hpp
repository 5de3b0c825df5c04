// docs/features.md: every indicator, function and set, from the catalogue itself.
#pragma once

#include <string>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

// "ema_ratio([series], fast = 12, slow = 26)"; the series may be left out: the close
[[nodiscard]] std::string signature(const FeatureEntry& entry);
// With every parameter at its default.
[[nodiscard]] std::int64_t default_warmup(const FeatureEntry& entry);
// That in words: "13", or "9, and until the first swing" where the bars alone do not decide.
[[nodiscard]] std::string warmup_words(const FeatureEntry& entry);
// "stationary", "level", "as its input"
[[nodiscard]] std::string_view scale_name(FeatureScale scale) noexcept;

[[nodiscard]] std::string catalogue_page();

}  // namespace regimetry::features
