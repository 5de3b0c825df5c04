#include "cli/audited_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "features/compute_features.hpp"
#include "features/sets/built_in_sets.hpp"

namespace regimetry::cli {
namespace {

constexpr std::size_t kMostNames = 8;

// Told by what is computed, so that a set taken by default is named as well.
std::string name_of(const features::FeatureSet& set) {
  for (const features::BuiltInSet& one : features::built_in_sets()) {
    if (one.features.size() != set.features().size()) continue;
    if (features::FeatureSet({{one.name}, {}, {}, {}}).digest() == set.digest()) return one.name;
  }
  return {};
}

}  // namespace

std::string AuditedFeatures::words() const {
  const std::string count = fmt::format("{} feature{}", names.size(), names.size() == 1 ? "" : "s");
  if (!set_name.empty()) return fmt::format("the set {} ({})", set_name, count);
  const std::size_t listed = names.size() <= kMostNames + 1 ? names.size() : kMostNames;
  std::string list =
      fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(listed), ", "));
  if (listed < names.size()) list += fmt::format(" and {} more", names.size() - listed);
  return fmt::format("{} ({})", count, list);
}

AuditedFeatures audited_features(const FeatureSettings& settings, const market::MarketData& data,
                                 ThreadPool& pool, Observer& observer) {
  const auto set = std::make_shared<const features::FeatureSet>(settings.feature_set(data, observer));
  features::ComputeOptions options = settings.compute_options();
  options.refuse_short_history = false;
  options.keep_extras = false;  // audits look at the columns of the input themselves
  AuditedFeatures audited;
  audited.computation = [set, options, &pool](const market::MarketData& some) {
    return features::compute_features(some, *set, options, pool, silent_observer());
  };
  audited.set_name = name_of(*set);
  for (const features::Feature& feature : set->features()) audited.names.push_back(feature.name);
  return audited;
}

nlohmann::json with_audited_features(nlohmann::json report, const AuditedFeatures& audited) {
  report["feature_set"] =
      audited.set_name.empty() ? nlohmann::json(nullptr) : nlohmann::json(audited.set_name);
  report["feature_names"] = audited.names;
  return report;
}

}  // namespace regimetry::cli
