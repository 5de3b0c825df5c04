#include "report/figures/run_title.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "report/figures/number_text.hpp"

namespace regimetry::report {

std::string run_title(const RegimeRun& run, std::string_view what) {
  std::string name = run.symbol.empty() ? std::filesystem::path(run.source).filename().string() : run.symbol;
  if (!run.timeframe.empty()) name += (name.empty() ? "" : " ") + run.timeframe;
  return name.empty() ? std::string(what) : fmt::format("{} \u2014 {}", name, what);
}

std::string span_words(const RegimeRun& run, std::int64_t first) {
  const std::int64_t count = run.size() - first;
  if (count == 0) return "no bars";
  return fmt::format("{} to {} UTC \u00b7 {} bar{}",
                     format_timestamp_short(run.timestamps[static_cast<std::size_t>(first)]),
                     format_timestamp_short(run.timestamps.back()), count_text(count), count == 1 ? "" : "s");
}

}  // namespace regimetry::report
