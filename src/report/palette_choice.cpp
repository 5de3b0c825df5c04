#include "report/palette_choice.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "regimes/model/palette.hpp"
#include "report/evenly_spaced_hues.hpp"

namespace regimetry::report {
namespace {

struct FixedPalette {
  std::string_view name;
  std::string_view colors;  // six digits each, without separators
};

// The published values: matplotlib 3 (tab), ColorBrewer 2 (Set to Pastel), seaborn 0.13 (deep, muted,
// colorblind).
constexpr std::array kFixed = {
    FixedPalette{"tab10", "1f77b4ff7f0e2ca02cd627289467bd8c564be377c27f7f7fbcbd2217becf"},
    FixedPalette{"tab20",
                 "1f77b4aec7e8ff7f0effbb782ca02c98df8ad62728ff98969467bdc5b0d5"
                 "8c564bc49c94e377c2f7b6d27f7f7fc7c7c7bcbd22dbdb8d17becf9edae5"},
    FixedPalette{"Set1", "e41a1c377eb84daf4a984ea3ff7f00ffff33a65628f781bf999999"},
    FixedPalette{"Set2", "66c2a5fc8d628da0cbe78ac3a6d854ffd92fe5c494b3b3b3"},
    FixedPalette{"Set3", "8dd3c7ffffb3bebadafb807280b1d3fdb462b3de69fccde5d9d9d9bc80bdccebc5ffed6f"},
    FixedPalette{"Dark2", "1b9e77d95f027570b3e7298a66a61ee6ab02a6761d666666"},
    FixedPalette{"Paired", "a6cee31f78b4b2df8a33a02cfb9a99e31a1cfdbf6fff7f00cab2d66a3d9affff99b15928"},
    FixedPalette{"Accent", "7fc97fbeaed4fdc086ffff99386cb0f0027fbf5b17666666"},
    FixedPalette{"Pastel1", "fbb4aeb3cde3ccebc5decbe4fed9a6ffffcce5d8bdfddaecf2f2f2"},
    FixedPalette{"deep", "4c72b0dd845255a868c44e528172b3937860da8bc38c8c8cccb97464b5cd"},
    FixedPalette{"muted", "4878d0ee854a6acc64d65f5f956cb48c613cdc7ec0797979d5bb6782c6e2"},
    FixedPalette{"colorblind", "0173b2de8f05029e73d55e00cc78bcca9161fbafe4949494ece13356b4e9"}};

std::vector<std::string> fixed_colors(std::string_view name) {
  std::vector<std::string> colors;
  if (name == "regimetry") {
    for (int id = 0; id < regimes::kPaletteSize; ++id) colors.emplace_back(regimes::regime_color(id));
    return colors;
  }
  const auto* const found = std::ranges::find(kFixed, name, &FixedPalette::name);
  for (std::size_t i = 0; i < found->colors.size(); i += 6)
    colors.push_back(fmt::format("#{}", found->colors.substr(i, 6)));
  return colors;
}

}  // namespace

const std::vector<std::string>& palette_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names = {"regimetry"};
    for (const FixedPalette& palette : kFixed) names.emplace_back(palette.name);
    names.insert(names.end(), {"husl", "hls"});
    return names;
  }();
  return kNames;
}

std::optional<std::string> palette_problem(std::string_view name) {
  const std::vector<std::string>& names = palette_names();
  if (std::ranges::find(names, name) != names.end()) return std::nullopt;
  const auto near = nearest_word(name, names);
  return fmt::format("there is no palette '{}'{}; the palettes are {}", name,
                     near ? fmt::format(" (did you mean '{}'?)", *near) : "", fmt::join(names, ", "));
}

std::vector<std::string> palette_colors(std::string_view name, int count) {
  if (const auto problem = palette_problem(name)) throw Error(ErrorKind::kUsage, *problem);
  if (name == "husl") return husl_hues(count);
  if (name == "hls") return hls_hues(count);
  std::vector<std::string> colors = fixed_colors(name);
  const int missing = count - static_cast<int>(colors.size());
  if (missing > 0) std::ranges::copy(husl_hues(missing), std::back_inserter(colors));
  colors.resize(static_cast<std::size_t>(std::max(count, 0)));
  return colors;
}

}  // namespace regimetry::report
