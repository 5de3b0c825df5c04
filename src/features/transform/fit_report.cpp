#include "features/transform/fit_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>

#include "core/printable.hpp"

namespace regimetry::features {
namespace {

// "a, b, c and 14 more"
std::string short_list(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNames = 8;
  if (names.size() <= kMostNames) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + kMostNames, ", "),
                     names.size() - kMostNames);
}

std::string in_symbols(const ColumnReport& column, const std::vector<std::string>& symbols,
                       bool is_per_symbol) {
  std::string name = printable(column.name);
  if (!is_per_symbol) return name;
  return fmt::format("{} ({} {})", name, symbols.size(), symbols.size() == 1 ? "symbol" : "symbols");
}

}  // namespace

std::vector<std::string> FitReport::warnings() const {
  std::vector<std::string> found;
  const auto tell = [&](const char* what, const std::function<std::string(const ColumnReport&)>& word_of) {
    std::vector<std::string> names;
    for (const ColumnReport& column : columns) {
      if (std::string word = word_of(column); !word.empty()) names.push_back(std::move(word));
    }
    if (!names.empty()) found.push_back(fmt::format("{}: {}", what, short_list(names)));
  };
  tell("dropped, because no training row has a value",
       [](const ColumnReport& c) { return c.is_dropped ? printable(c.name) : ""; });
  tell("without a value for some symbols, for which they stay missing", [&](const ColumnReport& c) {
    return c.is_dropped || c.empty_in.empty() ? "" : in_symbols(c, c.empty_in, is_per_symbol);
  });
  tell("constant over the training rows, so they say nothing and numbers become 0",
       [&](const ColumnReport& c) {
         return c.constant_in.empty() ? "" : in_symbols(c, c.constant_in, is_per_symbol);
       });
  tell("with equal quartiles, so their deviation stands in for the interquartile range",
       [&](const ColumnReport& c) {
         return c.without_quartile_spread_in.empty()
                    ? ""
                    : in_symbols(c, c.without_quartile_spread_in, is_per_symbol);
       });
  tell("with infinite values, which count as missing", [](const ColumnReport& c) {
    return c.infinite == 0 ? "" : fmt::format("{} ({} of {} rows)", printable(c.name), c.infinite, c.rows);
  });
  return found;
}

StepCounts ApplyReport::total() const {
  StepCounts total;
  for (const AppliedColumn& column : columns) total += column.counts;
  return total;
}

std::vector<std::string> ApplyReport::warnings() const {
  std::vector<std::string> found;
  const auto tell = [&](const char* what, std::int64_t StepCounts::*count) {
    std::vector<std::string> names;
    for (const AppliedColumn& column : columns) {
      if (column.counts.*count == 0) continue;
      names.push_back(fmt::format("{} ({} of {} rows)", printable(column.name), column.counts.*count, rows));
    }
    if (!names.empty()) found.push_back(fmt::format("{}: {}", what, short_list(names)));
  };
  tell("words that were not there when fitting, which are 0 in all their columns", &StepCounts::unknown);
  tell("infinite values, which count as missing", &StepCounts::infinite);
  return found;
}

nlohmann::json to_json(const FitReport& report) {
  nlohmann::json columns = nlohmann::json::array();
  for (const ColumnReport& column : report.columns) {
    nlohmann::json entry = {
        {"name", column.name},         {"kind", std::string(market::kind_name(column.kind))},
        {"rows", column.rows},         {"missing", column.missing},
        {"infinite", column.infinite}, {"is_dropped", column.is_dropped}};
    if (report.is_per_symbol) {
      entry["constant_in"] = column.constant_in;
      entry["empty_in"] = column.empty_in;
      entry["without_quartile_spread_in"] = column.without_quartile_spread_in;
    } else {
      entry["is_constant"] = !column.constant_in.empty();
      entry["has_quartile_spread"] = column.without_quartile_spread_in.empty();
    }
    columns.push_back(std::move(entry));
  }
  return {{"columns", std::move(columns)}, {"warnings", report.warnings()}};
}

nlohmann::json to_json(const ApplyReport& report) {
  nlohmann::json columns = nlohmann::json::array();
  for (const AppliedColumn& column : report.columns) {
    columns.push_back({{"name", column.name},
                       {"missing", column.counts.missing},
                       {"infinite", column.counts.infinite},
                       {"outside", column.counts.outside},
                       {"unknown", column.counts.unknown}});
  }
  return {{"rows", report.rows},
          {"in_sample_rows", report.in_sample_rows},
          {"columns", std::move(columns)},
          {"warnings", report.warnings()}};
}

}  // namespace regimetry::features
