#include "cli/map_settings.hpp"

#include <fmt/format.h>

#include "core/printable.hpp"

namespace regimetry::cli {

using labelling::MapMethod;

void MapSettings::declare(SettingSchema& schema) {
  schema.add("projection", words_, "Maps of the rows to write: pca, tsne, umap; none for none.",
             {.placeholder = "NAME"});
  schema.add_check([this] { return settle(); });
}

std::vector<std::string> MapSettings::settle() {
  std::vector<std::string> problems;
  options_.methods.clear();
  for (const std::string& word : words_) {
    bool is_known = word == "none" && words_.size() == 1;
    for (const MapMethod method : {MapMethod::kPca, MapMethod::kTsne, MapMethod::kUmap}) {
      if (word != map_name(method)) continue;
      options_.methods.push_back(method);
      is_known = true;
    }
    if (!is_known)
      problems.push_back(
          fmt::format("projection has '{}'; it is pca, tsne, umap, or none alone", printable(word)));
  }
  return problems;
}

}  // namespace regimetry::cli
