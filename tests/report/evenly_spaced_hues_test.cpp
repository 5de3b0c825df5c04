#include "report/evenly_spaced_hues.hpp"

#include <gmock/gmock.h>

#include <set>

namespace regimetry::report {
namespace {

// seaborn.color_palette("hls", 8).as_hex() and ("husl", 8), as its documentation shows them.
TEST(EvenlySpacedHues, HlsIsThatOfSeaborn) {
  EXPECT_THAT(hls_hues(8), testing::ElementsAre("#db5f57", "#dbc257", "#91db57", "#57db80", "#57d3db",
                                                "#5770db", "#a157db", "#db57b2"));
}

TEST(EvenlySpacedHues, HuslIsThatOfSeaborn) {
  EXPECT_THAT(husl_hues(8), testing::ElementsAre("#f77189", "#ce9032", "#97a431", "#32b166", "#36ada4",
                                                 "#39a7d0", "#a48cf4", "#f561dd"));
}

TEST(EvenlySpacedHues, AllDifferAndNoneIsAskedForNone) {
  for (const int count : {1, 2, 24, 60}) {
    const std::vector<std::string> hues = husl_hues(count);
    EXPECT_EQ(std::set<std::string>(hues.begin(), hues.end()).size(), static_cast<std::size_t>(count));
  }
  EXPECT_TRUE(husl_hues(0).empty());
  EXPECT_TRUE(hls_hues(0).empty());
}

}  // namespace
}  // namespace regimetry::report
