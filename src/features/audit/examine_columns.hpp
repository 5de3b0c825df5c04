// Which columns look like what they should not know: later bars, or the answers of the simulator.
//
// Why: columns that come with the data cannot be recomputed, and a feature made of one moves with no cut.
// Which: the further columns of the bars, and the features of tables whose rows are the bars.
// Answers: in simulated data (metadata with the key "simulation") the columns true_... and oracle_... are
//        answers by design. They are listed, and only features that equal one are culprits. In any other data
//        such a name means nothing, and the column is judged like every other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "features/audit/future_likeness.hpp"
#include "features/audit/lookahead_report.hpp"
#include "features/feature_table.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

struct ColumnFindings {
  std::vector<Culprit> culprits;  // by instrument; further columns, then features
  std::int64_t judged = 0;        // columns held against later bars, over all instruments
  std::vector<UnjudgedColumn> not_judged;
  std::vector<std::string> answer_columns;  // sorted
};

[[nodiscard]] ColumnFindings examine_columns(const market::MarketData& data, const FeatureData& features,
                                             const FutureLikenessOptions& options, ThreadPool& pool);

}  // namespace regimetry::features
