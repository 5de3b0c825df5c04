#include "cli/structure_words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "core/printable.hpp"
#include "regimes/structure/decision_table.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::regimes;

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f}%", 100 * share) : "-";
}

std::string name_of(std::size_t regime, const std::vector<std::string>& names) {
  if (regime >= names.size()) return std::to_string(regime);
  return fmt::format("{} {}", regime, printable(names[regime], 24));
}

std::string next_words(const TransitionProfile& profile, const std::vector<std::string>& names) {
  if (!profile.next) return "-";
  return fmt::format("{} ({})", name_of(static_cast<std::size_t>(*profile.next), names),
                     percent(profile.next_probability));
}

// Bars from one change of regime to the next, the spells that the ends of the data cut off included: the mean
// of whole spells leaves out the longest ones, and would contradict how often the regime stays.
std::string mean_bars(const Structure& structure, Eigen::Index regime) {
  const std::int64_t exits = structure.counts.row(regime).sum() - structure.counts(regime, regime);
  if (exits == 0) return "-";
  const std::int64_t rows = structure.rows_of[static_cast<std::size_t>(regime)];
  return fmt::format("{:.1f}", static_cast<double>(rows) / static_cast<double>(exits));
}

std::string table_words(const Structure& structure, const std::vector<std::string>& names) {
  const bool has_returns = !structure.returns.empty();
  std::vector<std::string> header{"Regime", "Rows", "Stays", "95% interval", "Mean bars", "Next", "Role"};
  if (has_returns) header.insert(header.end(), {"Return/y", "Vol/y", "Drawdown"});
  TextTable table(header);
  table.align_right(has_returns ? std::vector<std::size_t>{1, 2, 3, 4, 7, 8, 9}
                                : std::vector<std::size_t>{1, 2, 3, 4});
  for (std::size_t k = 0; k < structure.rows_of.size(); ++k) {
    if (structure.rows_of[k] == 0) continue;
    const auto i = static_cast<Eigen::Index>(k);
    const double low = structure.intervals.low(i, i), high = structure.intervals.high(i, i);
    std::vector<std::string> cells{
        name_of(k, names),
        grouped_number(structure.rows_of[k]),
        percent(structure.matrix(i, i)),
        std::isfinite(low) ? fmt::format("{:.1f}-{:.1f}%", 100 * low, 100 * high) : "-",
        mean_bars(structure, i),
        next_words(structure.profiles[k], names),
        std::string(advise(structure.profiles[k]).role)};
    if (has_returns) {
      const RegimeReturns& returns = structure.returns[k];
      cells.insert(cells.end(), {percent(returns.annual_return), percent(returns.annual_volatility),
                                 percent(returns.max_drawdown)});
    }
    table.add(std::move(cells));
  }
  return table.text();
}

std::string order_words(const MarkovOrderTest& test) {
  if (!test.bootstrap_p_value) return {};
  constexpr double kSignificant = 0.05;
  return fmt::format("Memory: {} (p = {:.3f}).\n",
                     *test.bootstrap_p_value < kSignificant
                         ? "the regime before the present one says something about the next"
                         : "no sign that more than the present regime matters for the next",
                     *test.bootstrap_p_value);
}

std::string p_value_words(const std::optional<SeparationTest>& test) {
  return test ? fmt::format("{:.3f}", test->p_value) : "-";
}

std::string separation_words(const Separation& separation) {
  std::string text = fmt::format("The regimes separate: {}.\n", separation.words);
  for (const Separation::Horizon& one : separation.horizons) {
    if (!one.absolute) continue;
    text += fmt::format("  {} {} ahead: p = {} for the size of the move, {} for its sign and size\n",
                        one.horizon_bars, one.horizon_bars == 1 ? "bar" : "bars", p_value_words(one.absolute),
                        p_value_words(one.signed_return));
  }
  return text;
}

}  // namespace

std::string structure_words(const Structure& structure, const std::vector<std::string>& names) {
  std::string text = fmt::format(
      "{} of {} {} a regime; {} {}{}.\n", grouped_number(structure.labelled_rows),
      counted(structure.row_count, "row"), structure.labelled_rows == 1 ? "has" : "have",
      grouped_number(structure.switches), structure.switches == 1 ? "switch" : "switches",
      std::isfinite(structure.switches_per_year) ? fmt::format(", {:.1f} a year", structure.switches_per_year)
                                                 : std::string());
  text += table_words(structure, names);
  text += order_words(structure.order);
  if (!structure.dependence.empty()) text += structure.dependence + "\n";
  if (structure.separation) text += separation_words(*structure.separation);
  return text;
}

}  // namespace regimetry::cli
