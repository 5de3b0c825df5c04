// The setting of every command that maps rows: which maps to make.
#pragma once

#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "labelling/regime_maps.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class MapSettings {
 public:
  // --projection
  void declare(SettingSchema& schema);

  [[nodiscard]] const labelling::RegimeMapOptions& options() const noexcept { return options_; }

 private:
  std::vector<std::string> settle();

  std::vector<std::string> words_ = {"pca", "tsne", "umap"};
  labelling::RegimeMapOptions options_;
};

}  // namespace regimetry::cli
