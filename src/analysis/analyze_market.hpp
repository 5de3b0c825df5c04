// Market data of one or many instruments -> a folder of artifacts and a report for each.
//
// Shape:  one instrument: everything lies in the folder itself. Several: a folder below it for each, named
// after its
//         symbol, and an overview in the folder.
// Failure: what stops one instrument among several is recorded and the rest goes on.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/analyze_instrument.hpp"
#include "analysis/analyze_options.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"

namespace regimetry::analysis {

struct AnalyzedInstrument {
  std::string name;                 // its symbol; with its timeframe where a symbol stands at several
  std::string folder;               // relative to the folder of the run; empty: that folder itself
  std::string failure;              // why there is no report; empty: there is one
  std::vector<StageRecord> stages;  // what was done, in order
};

struct MarketAnalysis {
  std::vector<AnalyzedInstrument> instruments;  // in order of their names; failures that have no folder last
  [[nodiscard]] std::int64_t failure_count() const noexcept;
  // Whether no stage of any instrument had to run, and none failed.
  [[nodiscard]] bool was_unchanged() const noexcept;
};

// Makes the overview of several instruments in the folder of the run; returns the files that it wrote.
using OverviewWork =
    std::function<StageOutcome(const std::filesystem::path& folder, const MarketAnalysis& analysis)>;

struct ReportMakers {
  ReportWork report;
  OverviewWork overview;
};

// `folder` must exist. Files that earlier runs wrote into it are not read again where a folder or pattern
// that was given holds them. What belongs to instruments of an earlier run that are not there any more is
// removed. Throws Error when nothing can be read, when an input is a file that would be written, or when a
// single instrument fails. Instruments are analysed side by side, each by one thread, where there are
// several.
[[nodiscard]] MarketAnalysis analyze_market(const std::filesystem::path& folder,
                                            const AnalyzeOptions& options, const ReportMakers& makers,
                                            ThreadPool& pool, Observer& observer);

}  // namespace regimetry::analysis
