#include "cli/progress_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "cli/text_layout.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ProgressLine, ShowsBarPercentRateAndTimeLeft) {
  // Half of 2,000 units in 10 s: 100 per second, 10 s left, half the bar of 30.
  const ProgressState state{
      .stage = "reading", .done = 1'000, .total = 2'000, .elapsed_ns = 10 * kNsPerSecond};
  EXPECT_EQ(progress_line(state, 100), "reading  [###############---------------]   50 %  100/s  10 s left");
}

TEST(ProgressLine, AnUnknownTotalShowsTheCount) {
  const ProgressState state{.stage = "reading", .done = 1'234'567, .total = 0, .elapsed_ns = kNsPerSecond};
  EXPECT_EQ(progress_line(state, 100), "reading  1,234,567  1.23M/s");
}

TEST(ProgressLine, NeverWiderThanTheTerminal) {
  const ProgressState state{
      .stage = "a long name of a stage", .done = 1, .total = 3, .elapsed_ns = kNsPerSecond};
  for (int width = 0; width <= 120; ++width) {
    EXPECT_LE(static_cast<int>(display_width(progress_line(state, width))), width) << width;
  }
}

TEST(ProgressLine, OddNumbersDoNoHarm) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(progress_line({.stage = "s", .done = 5, .total = 3, .elapsed_ns = 1}, 100), HasSubstr("100 %"));
  EXPECT_THAT(progress_line({.stage = "s", .done = -5, .total = 3, .elapsed_ns = 1}, 100), HasSubstr("0 %"));
  EXPECT_THAT(progress_line({.stage = "s", .done = 0, .total = 3, .elapsed_ns = 0}, 100),
              Not(HasSubstr("left")));
  EXPECT_THAT(progress_line({.stage = "s", .done = 1, .total = most, .elapsed_ns = most}, 100),
              Not(HasSubstr("left")));
}

}  // namespace
}  // namespace regimetry::cli
