// The settings of every command that finds regimes: by which method, how many, and what was known when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "labelling/label_regimes.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class RegimeSettings {
 public:
  // --method, --n-clusters, --persistence, ..., and --asof with its schedule
  void declare(SettingSchema& schema);

  [[nodiscard]] const labelling::LabelOptions& options() const noexcept { return options_; }

 private:
  void declare_method(SettingSchema& schema);
  void declare_asof(SettingSchema& schema);
  std::vector<std::string> settle();

  labelling::LabelOptions options_;
  std::string regime_count_ = "auto";
  std::optional<std::string> persistence_;
  std::string scale_ = "standard";
};

}  // namespace regimetry::cli
