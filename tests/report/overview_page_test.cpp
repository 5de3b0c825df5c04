#include "report/overview_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "report/summary_files.hpp"
#include "report/support/described_run.hpp"

namespace regimetry::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(OverviewPage, ShowsEveryInstrumentAndWhyOneFailed) {
  const RegimeRun run = described_run();
  const std::string page = overview_page({{"TEST", "TEST/report.html", summary_json(run, summarise(run)), ""},
                                          {"BAD <b>", "", nullptr, "line 3: high below low & more"}},
                                         "regimetry");
  EXPECT_THAT(
      page,
      AllOf(HasSubstr("2 instruments, 1 of which failed"), HasSubstr("<a href=\"TEST/report.html\">TEST</a>"),
            HasSubstr("very calm, rising"), HasSubstr("2021-07-14"), HasSubstr("BAD &lt;b&gt;"),
            HasSubstr("high below low &amp; more"), Not(HasSubstr("<b>")), Not(HasSubstr("<script"))));
}

// 15 stays of at least 20 of 580 bars: each is wide enough to be seen.
TEST(OverviewPage, DrawsTheHistoryOfEachStayInItsColour) {
  const RegimeRun run = described_run();
  const std::string page = overview_page({{"TEST", "", summary_json(run, summarise(run)), ""}}, "regimetry");
  std::size_t count = 0;
  for (std::size_t at = page.find("<rect"); at != std::string::npos; at = page.find("<rect", at + 1)) ++count;
  EXPECT_EQ(count, 15U);
  EXPECT_THAT(page, HasSubstr("<rect x=\"0.0\" width=\"34.5\" height=\"20\" fill=\"#0072b2\"/>"));
}

TEST(OverviewPage, DrawsStaysTooShortToSeeWithTheirNeighbours) {
  const RegimeRun run = described_run(1, 4000);
  const std::string page = overview_page({{"TEST", "", summary_json(run, summarise(run)), ""}}, "regimetry");
  EXPECT_LT(page.size(), 200'000U);
}

}  // namespace
}  // namespace regimetry::report
