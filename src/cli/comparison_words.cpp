#include "cli/comparison_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "cli/text_table.hpp"

namespace regimetry::cli {
namespace {

using labelling::ComparedMethod;
using labelling::MethodComparison;
using regimes::method_name;

std::string number_or_blank(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : std::string();
}

std::string method_table(const MethodComparison& comparison) {
  TextTable table(
      {"method", "regimes", "penalty", "switches/year", "mean stay", "smallest", "as-of = final", ""});
  table.align_right({1, 2, 3, 4, 5, 6});
  for (const ComparedMethod& one : comparison.methods) {
    const std::string name(method_name(one.method));
    if (!one.failure.empty()) {
      table.add({name, "", "", "", "", "", "", one.failure});
      continue;
    }
    table.add({name, fmt::format("{}", one.regime_count),
               one.penalty ? fmt::format("{:.4g}", *one.penalty) : "",
               number_or_blank(one.switches_per_year, 1), fmt::format("{:.1f} rows", one.mean_stay_rows),
               fmt::format("{:.1f}%", 100 * one.smallest_share),
               one.asof_agreement ? fmt::format("{:.1f}%", 100 * *one.asof_agreement) : "",
               one.has_converged ? "" : "did not converge"});
  }
  return table.text();
}

std::string agreement_table(const MethodComparison& comparison) {
  std::vector<std::string> header = {"adjusted Rand index"};
  for (const ComparedMethod& one : comparison.methods) header.emplace_back(method_name(one.method));
  std::vector<std::size_t> numbers;
  for (std::size_t i = 1; i < header.size(); ++i) numbers.push_back(i);
  TextTable table(std::move(header));
  table.align_right(numbers);
  for (std::size_t i = 0; i < comparison.methods.size(); ++i) {
    std::vector<std::string> cells = {std::string(method_name(comparison.methods[i].method))};
    for (std::size_t j = 0; j < comparison.methods.size(); ++j)
      cells.push_back(number_or_blank(
          comparison.agreement(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), 2));
    table.add(std::move(cells));
  }
  return table.text();
}

}  // namespace

std::string comparison_words(const MethodComparison& comparison) {
  return method_table(comparison) + "\n" + agreement_table(comparison);
}

}  // namespace regimetry::cli
