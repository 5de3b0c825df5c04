#include "report/figures/write_figures.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "report/figures/cluster_distribution.hpp"
#include "report/figures/embedding_map.hpp"
#include "report/figures/figure_style.hpp"
#include "report/figures/price_overlay.hpp"
#include "report/figures/regime_shares.hpp"
#include "report/figures/timeline.hpp"
#include "report/figures/transition_heatmap.hpp"
#include "report/palette_choice.hpp"

namespace regimetry::report {
namespace {

constexpr int kNarrowest = 300, kWidest = 4000;  // wider PNGs would take gigabytes of memory
constexpr std::int64_t kRecentBars = 150;        // of price_overlay_last150_mplot

struct FormatName {
  FigureFormat format;
  std::string_view ending;
};
constexpr std::array kFormats = {FormatName{FigureFormat::kPng, ".png"},
                                 FormatName{FigureFormat::kSvg, ".svg"}};

std::optional<Figure> map_figure(const RegimeRun& run, const FigureStyle& style, std::string_view method) {
  const auto map = std::ranges::find(run.maps, method, &PlacedMap::method);
  return map == run.maps.end() ? std::nullopt : embedding_map(run, *map, style);
}

struct NamedFigure {
  std::string_view name;  // of its files, without the ending
  std::optional<Figure> (*make)(const RegimeRun&, const FigureStyle&);
};
constexpr std::array kFigures = {
    NamedFigure{"price_overlay_mplot", price_overlay},
    NamedFigure{"price_overlay_last150_mplot",
                [](const RegimeRun& run, const FigureStyle& style) {
                  return recent_price_overlay(run, style, kRecentBars);
                }},
    NamedFigure{"timeline_mplot", timeline},
    NamedFigure{"cluster_distribution_mplot", cluster_distribution},
    NamedFigure{"transition_matrix_heatmap", transition_heatmap},
    NamedFigure{"pca_mplot",
                [](const RegimeRun& run, const FigureStyle& style) { return map_figure(run, style, "pca"); }},
    NamedFigure{"tsne_mplot", [](const RegimeRun& run,
                                 const FigureStyle& style) { return map_figure(run, style, "tsne"); }},
    NamedFigure{"umap_mplot", [](const RegimeRun& run, const FigureStyle& style) {
                  return map_figure(run, style, "umap");
                }}};

std::filesystem::path path_of(const std::filesystem::path& folder, std::string_view name,
                              const FormatName& format) {
  return folder / fmt::format("{}{}", name, format.ending);
}

}  // namespace

std::vector<std::string> FigureOptions::problems() const {
  std::vector<std::string> problems;
  if (auto problem = palette_problem(palette)) problems.push_back(std::move(*problem));
  if (width_px < kNarrowest || width_px > kWidest) {
    problems.push_back(
        fmt::format("width_px is {}; it must be between {} and {}", width_px, kNarrowest, kWidest));
  }
  return problems;
}

std::vector<std::filesystem::path> write_figures(const std::filesystem::path& folder, const RegimeRun& run,
                                                 const FigureOptions& options, ThreadPool& pool) {
  if (const auto problems = options.problems(); !problems.empty())
    throw Error(ErrorKind::kUsage, fmt::format("figures: {}", fmt::join(problems, "; ")));
  const FigureStyle style = make_figure_style(options.palette, regime_count(run));
  struct Job {
    const Figure* figure;
    FigureFormat format;
    std::filesystem::path path;
  };
  std::vector<std::optional<Figure>> figures;
  for (const NamedFigure& one : kFigures) figures.push_back(one.make(run, style));
  std::vector<Job> jobs;
  std::vector<std::filesystem::path> written;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (!figures[i]) continue;
    for (const FormatName& format : kFormats) {
      jobs.push_back({&*figures[i], format.format, path_of(folder, kFigures[i].name, format)});
      written.push_back(jobs.back().path);
    }
  }
  pool.parallel_for(static_cast<std::int64_t>(jobs.size()), /*grain=*/1, [&](IndexRange part) {
    const Job& job = jobs[static_cast<std::size_t>(part.begin)];
    write_file_atomically(job.path, render(*job.figure, job.format, options.width_px));
  });
  return written;
}

std::vector<std::filesystem::path> figure_paths(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const NamedFigure& one : kFigures) {
    for (const FormatName& format : kFormats) paths.push_back(path_of(folder, one.name, format));
  }
  return paths;
}

}  // namespace regimetry::report
