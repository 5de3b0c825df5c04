#include "market/bars.hpp"

#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

TEST(TakeRows, KeepsEveryColumnInStep) {
  Bars bars;
  bars.symbol = "ABC";
  bars.timestamps = {10, 20, 30};
  bars.open = {1, 2, 3};
  bars.high = {2, 3, 4};
  bars.low = {0.5, 1.5, 2.5};
  bars.close = {1.5, 2.5, 3.5};
  bars.volume = {100, 200, 300};
  bars.extras = {{.name = "side",
                  .kind = ColumnKind::kCategory,
                  .numbers = {},
                  .codes = {0, 1, 0},
                  .categories = {"buy", "sell"},
                  .times = {}}};
  bars.origin.first_line = 2;

  const Bars taken = take_rows(bars, {2, 0});

  EXPECT_EQ(taken.symbol, "ABC");
  EXPECT_EQ(taken.timestamps, (std::vector<TimestampNs>{30, 10}));
  EXPECT_EQ(taken.close, (std::vector<double>{3.5, 1.5}));
  EXPECT_EQ(taken.extras[0].codes, (std::vector<std::int32_t>{0, 0}));
  EXPECT_EQ(taken.origin.line_of(0), 4);  // line 2 is row 0, so row 2 is line 4
  EXPECT_EQ(taken.origin.line_of(1), 2);
}

}  // namespace
}  // namespace regimetry::market
