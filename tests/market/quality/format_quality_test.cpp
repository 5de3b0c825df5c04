#include "market/quality/format_quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;

QualityReport report_of(int instrument_count) {
  MarketData data;
  for (int i = 0; i < instrument_count; ++i) {
    data.instruments.push_back(healthy_days());
    data.instruments.back().symbol = "S" + std::to_string(i);
    if (i == 0) continue;
    Bars& bars = data.instruments.back();
    bars.high[static_cast<std::size_t>(i)] = 50;
    bars.low[static_cast<std::size_t>(i)] = 60;
  }
  ThreadPool pool(1);
  return check_quality(data, {}, pool);
}

TEST(FormatQuality, SaysSoWhenThereIsNothingToSay) {
  EXPECT_EQ(format_quality(report_of(1)),
            "Health: 1 instrument checked, 1 without warnings; 0 errors, 0 warnings, 0 remarks.\n"
            "S0 1d, 600 rows, 2019-01-07 to 2021-04-23: nothing found\n");
}

TEST(FormatQuality, ShowsThePlaceAndTheValuesOfTheWorstExample) {
  const std::string text = format_quality(report_of(2));
  EXPECT_THAT(text, HasSubstr("high_below_low"));
  EXPECT_THAT(text, HasSubstr("2019-01-08 (line 3)"));
  EXPECT_THAT(text, HasSubstr("high 50 is below low 60"));
}

TEST(FormatQuality, SumsManyInstrumentsUpByCheck) {
  const std::string text = format_quality(report_of(10));
  EXPECT_THAT(text, HasSubstr("10 instruments checked, 1 without warnings; 9 errors"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'),
            3);  // the headline, the header, one line for the one check
}

TEST(QualityReportJson, CarriesEveryField) {
  const nlohmann::json json = to_json(report_of(2));
  EXPECT_EQ(json["errors"], 1);
  EXPECT_EQ(json["instruments"][0]["findings"].size(), 0U);
  const nlohmann::json& finding = json["instruments"][1]["findings"][0];
  EXPECT_EQ(finding["check"], "high_below_low");
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["first"]["line"], 3);
  EXPECT_EQ(finding["first"]["row"], 1);
  EXPECT_EQ(finding["first"]["stamp"], "2019-01-08T00:00:00Z");
  EXPECT_EQ(json["instruments"][1]["first_stamp"], "2019-01-07T00:00:00Z");
}

}  // namespace
}  // namespace regimetry::market
