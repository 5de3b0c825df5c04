#include "analysis/level_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace regimetry::analysis {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kBars = 1200;

class CheckLevels : public testing::Test {
 protected:
  // A price that swings up and down ten times, so that its level is not its date.
  CheckLevels() {
    RngStream noise = Rng(3).stream("noise");
    for (std::size_t t = 0; t < kBars; ++t) {
      stamps_.push_back(static_cast<TimestampNs>(t) * 86'400'000'000'000);
      close_.push_back(100 + 20 * std::sin(static_cast<double>(t) / 19.0));
      random_.push_back(noise.normal());
    }
  }

  [[nodiscard]] LevelCheck check(
      const std::vector<std::int32_t>& labels,
      std::vector<std::pair<std::string, std::vector<double>>> columns = {}) const {
    LevelCheckInput input;
    input.labels = labels;
    input.timestamps = stamps_;
    input.close = close_;
    for (auto& [name, values] : columns) {
      input.names.push_back(name);
      input.columns.push_back(std::move(values));
    }
    ThreadPool pool(2);
    return check_levels(input, {}, Rng(1), pool);
  }

  // Labels of stays of `stay` bars that know nothing.
  [[nodiscard]] static std::vector<std::int32_t> stays_of(std::size_t stay) {
    std::vector<std::int32_t> labels;
    for (std::size_t t = 0; t < kBars; ++t) labels.push_back(static_cast<std::int32_t>(t / stay % 2));
    return labels;
  }

  std::vector<TimestampNs> stamps_;
  std::vector<double> close_, random_;
};

TEST_F(CheckLevels, WarnsOfRegimesThatAreTheLevelOfThePrice) {
  std::vector<std::int32_t> labels;
  for (const double close : close_) labels.push_back(close > 100 ? 1 : 0);
  const LevelCheck found = check(labels);
  EXPECT_TRUE(found.follows_price);
  EXPECT_FALSE(found.follows_calendar);
  EXPECT_NEAR(found.with_price->share, 1, 0.02);
  EXPECT_THAT(found.warning, HasSubstr("may merely follow the level of the price"));
  EXPECT_THAT(to_json(found).dump(), HasSubstr("\"follows_price\":true"));
}

TEST_F(CheckLevels, SaysNothingOfRegimesThatComeAndGo) {
  const LevelCheck found = check(stays_of(37), {{"noise", random_}});
  EXPECT_FALSE(found.follows_price);
  EXPECT_FALSE(found.follows_calendar);
  EXPECT_THAT(found.columns, IsEmpty());
  EXPECT_EQ(found.warning, "");
}

TEST_F(CheckLevels, NamesColumnsThatAreLevelsOrCalendars) {
  std::vector<double> average, year, falling;
  for (std::size_t t = 0; t < kBars; ++t) {
    average.push_back(t == 0 ? std::nan("") : 0.5 * (close_[t] + close_[t - 1]));
    year.push_back(2000 + std::floor(static_cast<double>(t) / 100));
    falling.push_back(-close_[t]);
  }
  const LevelCheck found =
      check(stays_of(37), {{"average", average}, {"noise", random_}, {"year", year}, {"short", falling}});
  ASSERT_EQ(found.columns.size(), 3U);
  EXPECT_EQ(found.columns[0].name, "average");
  EXPECT_FALSE(found.columns[0].follows_calendar);
  EXPECT_EQ(found.columns[1].name, "year");
  EXPECT_TRUE(found.columns[1].follows_calendar);
  EXPECT_EQ(found.columns[2].name, "short");
  EXPECT_LT(found.columns[2].rank_correlation, -0.95);
  EXPECT_THAT(found.warning, HasSubstr("3 of the 4 columns"));
  EXPECT_THAT(found.warning, HasSubstr("could merely follow"));
}

TEST_F(CheckLevels, NeedsNoPrices) {
  close_.clear();
  const LevelCheck found = check(stays_of(37));
  EXPECT_FALSE(found.with_price.has_value());
  EXPECT_TRUE(found.with_calendar.has_value());
}

}  // namespace
}  // namespace regimetry::analysis
