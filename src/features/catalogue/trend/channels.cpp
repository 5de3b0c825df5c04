// Channels around the price: Bollinger's bands, Keltner's channel, Donchian's channel.
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/trend/trend.hpp"
#include "features/operators/rolling_moments.hpp"

namespace regimetry::features {
namespace {

// A middle and how far the two edges lie from it.
struct Channel {
  Series series, middle, half_width;
};
using MakeChannel = Channel (*)(SeriesGraph&, const FeatureArguments&);

FeatureParameter multiple(std::string name, std::string meaning) {
  return {std::move(name), 2, 0.01, 1'000, false, std::move(meaning)};
}

Channel bollinger_channel(SeriesGraph& graph, const FeatureArguments& arguments) {
  const Series series = series_or_close(graph, arguments);
  const int bars = arguments.whole(0);
  const Series mean = graph.add_all<RollingMoments>({series}, bars)[0];
  return {series, mean, scaled(graph, population_deviation(graph, series, bars), arguments.number(1))};
}

Channel keltner_channel(SeriesGraph& graph, const FeatureArguments& arguments) {
  return {graph.close(), exponential_average(graph, graph.close(), arguments.whole(0)),
          scaled(graph, average_true_range(graph, arguments.whole(1)), arguments.number(2))};
}

Series upper_edge(SeriesGraph& graph, const Channel& channel) {
  return sum(graph, channel.middle, channel.half_width);
}

Series lower_edge(SeriesGraph& graph, const Channel& channel) {
  return difference(graph, channel.middle, channel.half_width);
}

// Once nothing has moved for long, Wilder's average falls without end while the middle keeps its rounding: in
// a channel narrower than that, a position would be made of rounding alone.
constexpr double kNarrowestShare = 1e-12;

Series position(SeriesGraph& graph, const Channel& channel) {
  return graph.map("position in channel", std::array{channel.series, channel.middle, channel.half_width},
                   [](double x, double middle, double half_width) {
                     const bool is_narrow = half_width <= kNarrowestShare * std::abs(middle);
                     const double share = (x - middle) / (2 * (is_narrow ? 1.0 : half_width));
                     return 0.5 + (is_narrow ? 0.0 * share : share);
                   });
}

Series relative_width(SeriesGraph& graph, const Channel& channel) {
  return graph.map("2 a / b, 0 when b is 0", channel.half_width, channel.middle,
                   [](double a, double b) { return ratio_or(2 * a, b, 0); });
}

struct ChannelKind {
  std::string name, title, middle, edges;
  FeatureInput input;
  std::vector<FeatureParameter> parameters;
  MakeChannel channel;
};

std::vector<ChannelKind> channel_kinds() {
  return {{"bollinger",
           "Bollinger band",
           "sma(n)",
           "sma(n) +- deviations * the population deviation (divided by n) of the last n values",
           FeatureInput::kSeries,
           {period(20), multiple("deviations", "deviations from the middle to an edge")},
           bollinger_channel},
          {"keltner",
           "Keltner channel",
           "ema(average)",
           "ema(average) of the close +- multiple * the average true range over `range` bars (Wilder's "
           "smoothing)",
           FeatureInput::kBars,
           {period(20, 1, "average", "bars of the middle's exponential average"),
            period(10, 1, "range", "bars of the average true range"),
            multiple("multiple", "average true ranges from the middle to an edge")},
           keltner_channel}};
}

FeatureEntry edge_entry(const ChannelKind& kind, const std::string& side,
                        Series (*edge)(SeriesGraph&, const Channel&)) {
  const bool is_of_series = kind.input == FeatureInput::kSeries;
  return {.name = kind.name + "_" + side,
          .group = "trend",
          .meaning = "The " + side + " edge of the " + kind.title + ".",
          .formula = side + " edge of " + kind.edges,
          .unit = is_of_series ? "as its input" : "price",
          .range = "any",
          .scale = is_of_series ? FeatureScale::kOfInput : FeatureScale::kLevel,
          .input = kind.input,
          .parameters = kind.parameters,
          .problem = {},
          .build = [channel = kind.channel, edge](SeriesGraph& graph, const FeatureArguments& arguments) {
            return edge(graph, channel(graph, arguments));
          }};
}

FeatureEntry position_entry(const ChannelKind& kind, const std::string& suffix) {
  return {.name = kind.name + suffix,
          .group = "trend",
          .meaning = "Where the price stands in the " + kind.title + ": 0 on the lower edge, 1 on the upper.",
          .formula = "(value - lower) / (upper - lower) of " + kind.edges +
                     "; 0.5 when the edges lie within 1e-12 of the middle",
          .unit = "share of the channel",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = kind.input,
          .parameters = kind.parameters,
          .problem = {},
          .build = [channel = kind.channel](SeriesGraph& graph, const FeatureArguments& arguments) {
            return position(graph, channel(graph, arguments));
          }};
}

FeatureEntry width_entry(const ChannelKind& kind) {
  return {.name = kind.name + "_width",
          .group = "trend",
          .meaning = "How wide the " + kind.title + " is.",
          .formula = "(upper - lower) / " + kind.middle + " of " + kind.edges + "; 0 when the middle is 0",
          .unit = "share of the middle",
          .range = ">= 0 for prices",
          .scale = FeatureScale::kStationary,
          .input = kind.input,
          .parameters = kind.parameters,
          .problem = {},
          .build = [channel = kind.channel](SeriesGraph& graph, const FeatureArguments& arguments) {
            return relative_width(graph, channel(graph, arguments));
          }};
}

Series upper(SeriesGraph& graph, const FeatureArguments& arguments) {
  return highest_high(graph, arguments.whole(0));
}

Series lower(SeriesGraph& graph, const FeatureArguments& arguments) {
  return lowest_low(graph, arguments.whole(0));
}

FeatureEntry donchian_entry(std::string suffix, std::string meaning, std::string formula) {
  return {.name = "donchian_" + suffix,
          .group = "trend",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = "price",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = {}};
}

FeatureEntry donchian_upper() {
  FeatureEntry entry = donchian_entry("upper", "The upper edge of the Donchian channel.",
                                      "highest high of the last n bars, this one included");
  entry.build = upper;
  return entry;
}

FeatureEntry donchian_lower() {
  FeatureEntry entry = donchian_entry("lower", "The lower edge of the Donchian channel.",
                                      "lowest low of the last n bars, this one included");
  entry.build = lower;
  return entry;
}

FeatureEntry donchian_position() {
  FeatureEntry entry = donchian_entry(
      "position", "Where the close stands in the Donchian channel: 0 on the lower edge, 1 on the upper.",
      "(close - lowest low) / (highest high - lowest low) of the last n bars, limited to [0, 1]; 0.5 when "
      "they are equal");
  entry.unit = "share of the channel";
  entry.range = "[0, 1]";
  entry.scale = FeatureScale::kStationary;
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    return close_in_range(graph, arguments.whole(0));
  };
  return entry;
}

FeatureEntry donchian_width() {
  FeatureEntry entry = donchian_entry(
      "width", "How wide the Donchian channel is.",
      "(upper - lower) / ((upper + lower) / 2), upper and lower being the highest high and the lowest low of "
      "the last n bars; 0 when the middle is 0");
  entry.unit = "share of the middle";
  entry.range = ">= 0 for prices";
  entry.scale = FeatureScale::kStationary;
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    return graph.map("2 (a - b) / (a + b), 0 when a + b is 0", upper(graph, arguments),
                     lower(graph, arguments),
                     [](double top, double bottom) { return ratio_or(2 * (top - bottom), top + bottom, 0); });
  };
  return entry;
}

}  // namespace

std::vector<FeatureEntry> channel_features() {
  std::vector<FeatureEntry> entries;
  for (const ChannelKind& kind : channel_kinds()) {
    entries.push_back(edge_entry(kind, "upper", upper_edge));
    entries.push_back(edge_entry(kind, "lower", lower_edge));
    entries.push_back(position_entry(kind, kind.name == "bollinger" ? "_percent_b" : "_position"));
    entries.push_back(width_entry(kind));
  }
  entries.push_back(donchian_upper());
  entries.push_back(donchian_lower());
  entries.push_back(donchian_position());
  entries.push_back(donchian_width());
  return entries;
}

}  // namespace regimetry::features
