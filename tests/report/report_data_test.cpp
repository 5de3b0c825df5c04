#include "report/report_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>

#include "report/support/described_run.hpp"

namespace regimetry::report {
namespace {

// A decoder of our own, written from the definition, for columns of T values.
template <typename Value>
std::vector<Value> decoded(const nlohmann::ordered_json& column) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : column.at("data").get<std::string>()) {
    if (c == '=') break;
    held = held << 6U | static_cast<std::uint32_t>(digits.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 255U);
  }
  std::vector<Value> values(bytes.size() / sizeof(Value));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(Value));
  return values;
}

nlohmann::ordered_json data_of(const RegimeRun& run) {
  return report_data(run, summarise(run), {"#000000", "#ffffff"}, "1.2");
}

TEST(ReportData, CarriesBarsLabelsAndProbabilities) {
  RegimeRun run = described_run();
  run.asof_labels.ids.assign(600, 1);
  const nlohmann::ordered_json data = data_of(run);
  EXPECT_EQ(data.at("title"), "TEST 1d");
  const nlohmann::ordered_json& bars = data.at("bars");
  EXPECT_EQ(bars.at("count"), 600);
  EXPECT_EQ(bars.at("start_ms"), 1'577'836'800'000);  // 2020-01-01
  EXPECT_EQ(bars.at("unit_ms"), 86'400'000);
  const std::vector<std::int32_t> steps = decoded<std::int32_t>(bars.at("steps"));
  ASSERT_EQ(steps.size(), 600U);
  EXPECT_EQ(steps[0], 0);
  EXPECT_EQ(steps[1], 1);
  EXPECT_TRUE(bars.at("open").is_null());
  EXPECT_FLOAT_EQ(decoded<float>(bars.at("close"))[599], static_cast<float>(run.close[599]));
  ASSERT_EQ(data.at("labellings").size(), 2U);
  const nlohmann::ordered_json& final_labels = data.at("labellings").front();
  const std::vector<std::int16_t> ids = decoded<std::int16_t>(final_labels.at("ids"));
  EXPECT_EQ(ids[0], -1);
  EXPECT_EQ(ids[40], 1);
  const std::vector<std::uint8_t> chances = decoded<std::uint8_t>(final_labels.at("probability"));
  EXPECT_EQ(chances[0], 255);
  EXPECT_EQ(chances[599], 225);  // 0.9 of 250
  EXPECT_TRUE(data.at("labellings").at(1).at("probability").is_null());
}

TEST(ReportData, TakesTheLargestUnitThatAllStepsAreMultiplesOf) {
  RegimeRun run = described_run();
  run.timestamps[1] = run.timestamps[0] + 90 * kNsPerDay / 86'400;  // 90 seconds
  for (std::size_t i = 2; i < 600; ++i) run.timestamps[i] = run.timestamps[i - 1] + 60 * kNsPerDay / 86'400;
  const nlohmann::ordered_json data = data_of(run);
  EXPECT_EQ(data.at("bars").at("unit_ms"), 30'000);
  EXPECT_EQ(decoded<std::int32_t>(data.at("bars").at("steps"))[1], 3);
}

TEST(ReportData, CountsTheDigitsThatPricesNeed) {
  RegimeRun run = described_run();
  for (std::size_t i = 0; i < 600; ++i) run.close[i] = 1.1 + 0.00001 * static_cast<double>(i);
  EXPECT_EQ(data_of(run).at("bars").at("price_digits"), 5);
  for (std::size_t i = 0; i < 600; ++i) run.close[i] = 90 + 0.25 * static_cast<double>(i);
  EXPECT_EQ(data_of(run).at("bars").at("price_digits"), 2);
  for (std::size_t i = 0; i < 600; ++i) run.close[i] = 30'000 + std::sqrt(static_cast<double>(i));
  EXPECT_EQ(data_of(run).at("bars").at("price_digits"), 1);  // six digits that matter
}

TEST(ReportData, CountsColoursForEveryLabelling) {
  RegimeRun run = described_run();
  EXPECT_EQ(color_count(run), 2);
  run.truth.ids.assign(600, 4);
  EXPECT_EQ(color_count(run), 5);
}

}  // namespace
}  // namespace regimetry::report
