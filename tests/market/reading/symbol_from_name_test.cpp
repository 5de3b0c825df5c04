#include "market/reading/symbol_from_name.hpp"

#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

TEST(SymbolFromName, DropsFoldersExtensionsAndWordsThatSayNothing) {
  EXPECT_EQ(symbol_from_name("data/EURUSD_M15.csv.gz"), "EURUSD");
  EXPECT_EQ(symbol_from_name("gs.us.txt"), "gs");
  EXPECT_EQ(symbol_from_name("ADBE_yfinance.csv"), "ADBE");
  EXPECT_EQ(symbol_from_name("BTC-1d-data.parquet"), "BTC");
}

TEST(SymbolFromName, KeepsWhatBelongsToASymbol) {
  EXPECT_EQ(symbol_from_name("BRK-B.csv"), "BRK-B");
  EXPECT_EQ(symbol_from_name("^GSPC.csv"), "^GSPC");
  EXPECT_EQ(symbol_from_name("daily.csv"), "daily");  // nothing else is there
  EXPECT_EQ(name_without_extensions("x/EURUSD_M15.csv.gz"), "EURUSD_M15");
}

}  // namespace
}  // namespace regimetry::market
