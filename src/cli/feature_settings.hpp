// The settings of every command that computes features: which, and from what.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "core/observer.hpp"
#include "features/compute_features.hpp"
#include "features/sets/feature_set.hpp"
#include "market/market_data.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class FeatureSettings {
 public:
  // --set, --features, --define, --exclude, --on-missing-column, --sectors, --sector-column
  void declare(SettingSchema& schema);

  // The set for this data: its further columns may be used by name, and features that the data has no columns
  // for are left out when the user said so. Throws Error (kUsage or kData).
  [[nodiscard]] features::FeatureSet feature_set(const market::MarketData& data, Observer& observer) const;
  // Reads the sector file if one is named. Throws Error (kData) naming it.
  [[nodiscard]] features::ComputeOptions compute_options() const;
  // Files that are read besides the data: no output may take their place.
  [[nodiscard]] std::vector<std::string> read_files() const;

 private:
  [[nodiscard]] features::FeatureSpecification specification() const;
  [[nodiscard]] features::FeatureSet default_set(const market::MarketData& data,
                                                 const std::vector<std::string>& extras,
                                                 Observer& observer) const;

  enum class MissingColumnPolicy { kError, kDrop };

  std::vector<std::string> sets_;
  std::vector<std::string> features_;
  std::map<std::string, std::string> define_;
  std::vector<std::string> exclude_;
  MissingColumnPolicy on_missing_column_ = MissingColumnPolicy::kError;
  std::optional<std::filesystem::path> sectors_;
  std::string sector_column_ = "sector";
};

}  // namespace regimetry::cli
