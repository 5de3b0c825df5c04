// All figures of one run as files, under the names that users of the Python tool look for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

struct FigureOptions {
  // Colours of regimes, one of palette_names() (report/palette_choice.hpp).
  std::string palette = "regimetry";
  // Width of the SVG in pixels, 300 to 4,000; a PNG has twice as many. Letters and lines grow along, so a
  // larger width gives more detail in print, not more room.
  int width_px = 1400;
  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Writes each figure that the run has data for, whole or not at all, as .png and .svg into `folder`, which
// must exist: price_overlay_mplot, price_overlay_last150_mplot, timeline_mplot, cluster_distribution_mplot,
// transition_matrix_heatmap, pca_mplot, tsne_mplot, umap_mplot. Returns what was written, in this order. The
// same run gives the same bytes whatever the pool. Throws Error: kUsage for unusable options, kInternal when
// a file cannot be written.
std::vector<std::filesystem::path> write_figures(const std::filesystem::path& folder, const RegimeRun& run,
                                                 const FigureOptions& options, ThreadPool& pool);

// Every path that write_figures() might write: what it did not return is left from an earlier run and shows
// other labels.
[[nodiscard]] std::vector<std::filesystem::path> figure_paths(const std::filesystem::path& folder);

}  // namespace regimetry::report
