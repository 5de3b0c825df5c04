#include "market/column_roles.hpp"

#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

TEST(ColumnRoles, KnowsTheNamesOfManyExports) {
  EXPECT_EQ(role_of("Adj Close**"), ColumnRole::kAdjustedClose);
  EXPECT_EQ(role_of("adjusted close"), ColumnRole::kAdjustedClose);
  EXPECT_EQ(role_of("Close*"), ColumnRole::kClose);
  EXPECT_EQ(role_of("<TICKVOL>"), ColumnRole::kTickVolume);
  EXPECT_EQ(role_of("tick volume"), ColumnRole::kTickVolume);
  EXPECT_EQ(role_of("real_volume"), ColumnRole::kVolume);
  EXPECT_EQ(role_of("Vol."), ColumnRole::kVolume);
  EXPECT_EQ(role_of("Volume BTC"), ColumnRole::kVolume);
  EXPECT_EQ(role_of("Zamkniecie"), ColumnRole::kClose);
  EXPECT_EQ(role_of("Zamkni\xC4\x99"
                    "cie"),
            ColumnRole::kClose);
  EXPECT_EQ(role_of("Najwy\xC5\xBCszy"), ColumnRole::kHigh);
  EXPECT_EQ(role_of("Schlu\xC3\x9Fkurs"), role_of("Schlusskurs"));
  EXPECT_EQ(role_of("St\xC3\xBC"
                    "cke"),
            ColumnRole::kVolume);
  EXPECT_EQ(role_of("Er\xC3\xB6"
                    "ffnung"),
            ColumnRole::kOpen);
  EXPECT_EQ(role_of("Gmt time"), ColumnRole::kTimestamp);
  EXPECT_EQ(role_of("Date"), ColumnRole::kDate);
  EXPECT_EQ(role_of("Datum"), ColumnRole::kDate);
  EXPECT_EQ(role_of("<DTYYYYMMDD>"), ColumnRole::kDate);
  EXPECT_EQ(role_of(" \"Ticker\" "), ColumnRole::kSymbol);
}

TEST(ColumnRoles, EveryRolesOwnNameMeansThatRole) {
  for (const ColumnRole role :
       {ColumnRole::kTimestamp, ColumnRole::kDate, ColumnRole::kTime, ColumnRole::kOpen, ColumnRole::kHigh,
        ColumnRole::kLow, ColumnRole::kClose, ColumnRole::kAdjustedClose, ColumnRole::kVolume,
        ColumnRole::kTickVolume, ColumnRole::kSymbol}) {
    EXPECT_EQ(role_of(role_name(role)), role) << role_name(role);
  }
}

TEST(ColumnRoles, LeavesOtherNamesAlone) {
  for (const char* header : {"", "OpenInt", "Open Interest", "Change %", "spread", "Signal", "quote_volume",
                             "close_1", "Volumetric flow"}) {
    EXPECT_EQ(role_of(header), std::nullopt) << header;
  }
}

TEST(ColumnRoles, RanksTheSurerNameFirst) {
  EXPECT_LT(match_role("symbol")->rank, match_role("name")->rank);
  EXPECT_LT(match_role("close")->rank, match_role("price")->rank);
  EXPECT_LT(match_role("volume")->rank, match_role("Volume USD")->rank);
  EXPECT_LT(match_role("open_time")->rank, match_role("close_time")->rank);
}

TEST(ColumnRoles, TakesSingleLettersOnlyWhereFourStandTogether) {
  const auto known = [](std::vector<std::string_view> headers) {
    std::size_t count = 0;
    for (const auto& match : match_roles(headers)) count += match ? 1 : 0;
    return count;
  };
  EXPECT_EQ(known({"t", "o", "h", "l", "c", "v"}), 6U);
  EXPECT_EQ(known({"T", "O", "H", "x", "C"}), 4U);
  EXPECT_EQ(known({"a", "b", "c", "d", "e", "f"}), 0U);
  EXPECT_EQ(known({"Date", "c", "c", "c", "c", "o"}), 1U);  // four different ones
  EXPECT_EQ(known({"Date", "h", "l", "c", "Volume"}), 2U);
}

TEST(ColumnRoles, TheSurestColumnSaysItsRoleMostPlainly) {
  const std::vector<std::string_view> headers = {"price", "name", "Adj Close", "close", "symbol", "Close"};
  EXPECT_EQ(surest_column(headers, ColumnRole::kClose), 3U) << "the first of equals, before a mere price";
  EXPECT_EQ(surest_column(headers, ColumnRole::kSymbol), 4U);
  EXPECT_EQ(surest_column(headers, ColumnRole::kVolume), std::nullopt);
  EXPECT_EQ(surest_column({}, ColumnRole::kClose), std::nullopt);
}

}  // namespace
}  // namespace regimetry::market
