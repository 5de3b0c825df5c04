#include "report/report_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"
#include "report/base64.hpp"
#include "report/gzip.hpp"

namespace regimetry::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(ReportPage, FillsTitleAndData) {
  const std::string page =
      report_page("<title>{{REGIMETRY_TITLE}}</title><i>{{REGIMETRY_DATA}}</i>", "A & <B>", {{"a", 1}});
  EXPECT_EQ(page, "<title>A &amp; &lt;B&gt;</title><i>" + base64(gzip("{\"a\":1}")) + "</i>");
}

TEST(ReportPage, RefusesATemplateWithoutAPlace) {
  EXPECT_THROW((void)report_page("{{REGIMETRY_TITLE}}", "", nullptr), Error);
}

TEST(ReportPage, HasATemplateThatNeedsNoNetwork) {
  const std::string page(report_template());
  EXPECT_THAT(page, AllOf(HasSubstr("{{REGIMETRY_TITLE}}"), HasSubstr("{{REGIMETRY_DATA}}"),
                          HasSubstr("default-src 'none'"), Not(HasSubstr("src=\"http")),
                          Not(HasSubstr("href=\"http"))));
  EXPECT_LT(page.size(), 1'000'000U);
}

TEST(HtmlText, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(html_text("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

}  // namespace
}  // namespace regimetry::report
