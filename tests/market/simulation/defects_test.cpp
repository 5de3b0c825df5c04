#include "market/simulation/defects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/expect_error.hpp"
#include "market/simulation/simulate_market.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;

Bars clean_bars(std::int64_t count = 2000) {
  SimulationOptions options;
  options.preset = "hardy2-daily";
  options.bars = count;
  options.truth = false;
  ThreadPool pool(1);
  return simulate_market(options, 5, pool, silent_observer()).data.instruments.front();
}

DefectiveBars with(const std::string& kind, double rate = 0.002) {
  return inject_defects(clean_bars(), {kind}, rate, Rng(6).stream("defects"));
}

// Runs `check` on every record; demands round(.002 * 2000) = 4 of them.
void for_each_record(const std::string& kind,
                     const std::function<void(const Bars&, const DefectRecord&, std::size_t row)>& check) {
  const DefectiveBars defective = with(kind);
  EXPECT_EQ(defective.records.size(), 4U) << kind;
  for (const DefectRecord& record : defective.records) {
    EXPECT_EQ(record.kind, kind);
    EXPECT_EQ(record.symbol, "SIM0001");
    SCOPED_TRACE(kind + " at row " + std::to_string(record.row));
    check(defective.bars, record, static_cast<std::size_t>(record.row));
  }
}

TEST(Defects, ValuesAreBrokenWhereTheRecordSays) {
  for_each_record("missing_price", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_TRUE(std::isnan(b.close[row]));
  });
  for_each_record("non_finite_price", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_TRUE(std::isinf(b.high[row]));
  });
  for_each_record("non_positive_price",
                  [](const Bars& b, const DefectRecord&, std::size_t row) { EXPECT_LT(b.low[row], 0); });
  for_each_record("high_below_low", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_LT(b.high[row], b.low[row]);
  });
  for_each_record("high_below_body", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_LT(b.high[row], std::min(b.open[row], b.close[row]));
    EXPECT_GE(b.high[row], b.low[row]);
  });
  for_each_record("low_above_body", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_GT(b.low[row], std::max(b.open[row], b.close[row]));
    EXPECT_GE(b.high[row], b.low[row]);
  });
  for_each_record("zero_volume",
                  [](const Bars& b, const DefectRecord&, std::size_t row) { EXPECT_EQ(b.volume[row], 0); });
  for_each_record("negative_volume",
                  [](const Bars& b, const DefectRecord&, std::size_t row) { EXPECT_LT(b.volume[row], 0); });
  for_each_record("decimal_shift", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_GT(b.high[row] / b.low[row], 9);
  });
  for_each_record("frozen_price", [](const Bars& b, const DefectRecord& record, std::size_t row) {
    ASSERT_EQ(record.row_count, 15);
    for (std::size_t i = row; i < row + 15; ++i) {
      EXPECT_EQ(b.high[i], b.low[i]);
      EXPECT_EQ(b.close[i], b.close[row]);
    }
  });
}

TEST(Defects, LevelsMoveAndStay) {
  const Bars clean = clean_bars();
  for_each_record("jump", [&](const Bars& b, const DefectRecord&, std::size_t row) {
    const double move =
        std::log(b.close[row] / b.close[row - 1]) - std::log(clean.close[row] / clean.close[row - 1]);
    const double next =
        std::log(b.close[row + 1] / b.close[row]) - std::log(clean.close[row + 1] / clean.close[row]);
    EXPECT_GT(std::abs(move), 0.1);
    EXPECT_NEAR(next, 0, 1e-12);
  });
  for_each_record("split_like", [&](const Bars& b, const DefectRecord&, std::size_t row) {
    const double ratio = (clean.close[row] / clean.close[row - 1]) / (b.close[row] / b.close[row - 1]);
    EXPECT_NEAR(ratio, std::round(ratio), 1e-9);
    EXPECT_GE(ratio, 1.9);
    EXPECT_LE(ratio, 4.1);
  });
}

TEST(Defects, RowsAreRepeatedRemovedAndMovedWhereTheRecordSays) {
  const Bars clean = clean_bars();
  for_each_record("duplicate_exact", [](const Bars& b, const DefectRecord& record, std::size_t row) {
    EXPECT_EQ(b.timestamps[row], record.stamp);
    EXPECT_EQ(b.timestamps[row + 1], record.stamp);
    EXPECT_EQ(b.close[row], b.close[row + 1]);
    EXPECT_EQ(b.size(), 2004);
  });
  for_each_record("duplicate_conflict", [](const Bars& b, const DefectRecord&, std::size_t row) {
    EXPECT_EQ(b.timestamps[row], b.timestamps[row + 1]);
    EXPECT_NE(b.close[row], b.close[row + 1]);
    EXPECT_LE(b.close[row + 1], b.high[row + 1]);
    EXPECT_GE(b.close[row + 1], b.low[row + 1]);
  });
  for_each_record("missing_bars", [](const Bars& b, const DefectRecord& record, std::size_t row) {
    EXPECT_GT(b.timestamps[row], record.stamp);
    EXPECT_LT(b.timestamps[row - 1], record.stamp);
    EXPECT_EQ(b.size(), 1996);
  });
  for_each_record("gap", [](const Bars& b, const DefectRecord& record, std::size_t row) {
    EXPECT_EQ(record.row_count, 8);
    EXPECT_GE(b.timestamps[row] - b.timestamps[row - 1],
              11 * kNsPerDay);  // 8 business days and their weekend
    EXPECT_EQ(b.size(), 2000 - 4 * 8);
  });
  for_each_record("unordered", [](const Bars& b, const DefectRecord& record, std::size_t row) {
    EXPECT_EQ(b.timestamps[row], record.stamp);
    EXPECT_LT(b.timestamps[row], b.timestamps[row - 1]);
  });
  for_each_record("time_backwards", [](const Bars& b, const DefectRecord& record, std::size_t row) {
    EXPECT_EQ(b.timestamps[row], record.stamp);
    EXPECT_LT(b.timestamps[row], b.timestamps[row - 1]);
    for (std::size_t i = row + 1; i < row + 6; ++i) EXPECT_GT(b.timestamps[i], b.timestamps[i - 1]);
  });
}

TEST(Defects, RowsOutsideTheRecordsStayAsTheyWere) {
  const Bars clean = clean_bars();
  const DefectiveBars defective = with("high_below_low");
  std::set<std::int64_t> touched;
  for (const DefectRecord& record : defective.records) touched.insert(record.row);
  for (std::int64_t row = 0; row < clean.size(); ++row) {
    if (touched.contains(row)) continue;
    const auto i = static_cast<std::size_t>(row);
    ASSERT_EQ(defective.bars.high[i], clean.high[i]);
    ASSERT_EQ(defective.bars.timestamps[i], clean.timestamps[i]);
  }
}

TEST(Defects, AllMeansEveryKind) {
  const DefectiveBars defective = inject_defects(clean_bars(3000), {"all"}, 0.001, Rng(7).stream("defects"));
  std::map<std::string, int> counts;
  for (const DefectRecord& record : defective.records) ++counts[record.kind];
  EXPECT_EQ(counts.size(), defect_kinds().size());
  for (const auto& [kind, count] : counts) EXPECT_EQ(count, 3) << kind;
  EXPECT_TRUE(std::is_sorted(defective.records.begin(), defective.records.end(),
                             [](const auto& a, const auto& b) { return a.row < b.row; }));
}

TEST(Defects, ExtrasStayInStep) {
  SimulationOptions options;
  options.bars = 1500;
  options.defects = {"all"};
  ThreadPool pool(1);
  const SimulatedMarket market = simulate_market(options, 8, pool, silent_observer());
  const Bars& bars = market.data.instruments.front();
  for (const Column& extra : bars.extras) EXPECT_EQ(extra.row_count(), bars.size()) << extra.name;
  EXPECT_EQ(market.data.metadata["simulation"]["defects"].size(), market.defects.size());
}

TEST(Defects, UnknownKindsAreNamedWithTheNearest) {
  EXPECT_THAT(unknown_defects({"all", "gapp"}), testing::ElementsAre(HasSubstr("did you mean 'gap'?")));
  EXPECT_TRUE(unknown_defects({"gap", "jump"}).empty());
}

TEST(Defects, TooFewBarsAreAnError) {
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [] {
                           static_cast<void>(
                               inject_defects(clean_bars(10), {"frozen_price"}, 0.01, Rng(1).stream("x")));
                         }),
              HasSubstr("no room for 'frozen_price' among the 10 bars"));
}

}  // namespace
}  // namespace regimetry::market
