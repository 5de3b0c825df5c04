// The overview of many instruments: one line each, with the regime it is in now and a strip of its history.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::report {

struct OverviewRow {
  std::string name;
  std::string link;                // of its report, relative to the page; empty: there is none
  nlohmann::ordered_json summary;  // regime_summary.json; null where it failed
  std::string failure;             // why; empty: it did not
};

// A page of its own without scripts; opens from disk. The same rows give the same bytes.
[[nodiscard]] std::string overview_page(const std::vector<OverviewRow>& rows, std::string_view palette);

}  // namespace regimetry::report
