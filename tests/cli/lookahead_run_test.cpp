#include "cli/lookahead_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/error.hpp"

namespace regimetry::cli {
namespace {

using features::FeatureData;
using features::FeatureTable;
using features::kFewestPrefixes;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

// Keeps what a command prints.
class RecordingContext final : public CommandContext {
 public:
  [[nodiscard]] const CommonOptions& common() const override { return common_; }
  [[nodiscard]] ThreadPool& pool() override { return pool_; }
  [[nodiscard]] Observer& observer() override { return silent_observer(); }
  [[nodiscard]] const nlohmann::json& resolved_config() const override { return config_; }
  [[nodiscard]] std::filesystem::path output_path(const std::filesystem::path& path) const override {
    return path;
  }
  void print(std::string_view printed) override { text += printed; }
  void print_json(const nlohmann::json& result) override { json = result; }
  void finish(std::string_view /*wrote*/, std::string_view /*next_command*/) override {}

  std::string text;
  nlohmann::json json;

 private:
  CommonOptions common_;
  ThreadPool pool_{2};
  nlohmann::json config_;
};

market::MarketData rising_days(std::int64_t count) {
  market::Bars bars;
  bars.symbol = "A";
  bars.timeframe.nanoseconds = kNsPerDay;
  for (std::int64_t t = 0; t < count; ++t) {
    const double close = 100 + static_cast<double>(t * 7 % 31);
    bars.timestamps.push_back(t * kNsPerDay);
    bars.open.push_back(close), bars.close.push_back(close);
    bars.high.push_back(close + 1), bars.low.push_back(close - 1);
    bars.volume.push_back(1000);
  }
  market::MarketData data;
  data.instruments.push_back(std::move(bars));
  return data;
}

// The close `ahead` bars later.
AuditedFeatures close_ahead(std::int64_t ahead) {
  AuditedFeatures audited;
  audited.names = {"shifted"};
  audited.computation = features::over_panel([ahead](const market::Bars& bars) {
    FeatureTable table;
    table.names = {"shifted"};
    table.timestamps = bars.timestamps;
    table.values.setConstant(bars.size(), 1, std::numeric_limits<float>::quiet_NaN());
    for (std::int64_t row = 0; row + ahead < bars.size(); ++row)
      table.values(row, 0) = static_cast<float>(bars.close[static_cast<std::size_t>(row + ahead)]);
    return table;
  });
  return audited;
}

int run(const AuditedFeatures& audited, std::int64_t bars, RecordingContext& context) {
  return run_lookahead_audit(audited, rising_days(bars), {}, context);
}

TEST(LookaheadRun, BlindFeaturesExitWithZero) {
  RecordingContext context;
  EXPECT_EQ(run(close_ahead(0), 200, context), 0);
  EXPECT_THAT(context.text, StartsWith("No look-ahead found in 1 feature (shifted):"));
  EXPECT_EQ(context.json.at("verdict"), "none_found");
  EXPECT_EQ(context.json.at("feature_names"), nlohmann::json::array({"shifted"}));
  EXPECT_TRUE(context.json.at("feature_set").is_null());
}

TEST(LookaheadRun, AViewOfTheNextBarExitsWithOneAndIsNamed) {
  RecordingContext context;
  EXPECT_EQ(run(close_ahead(1), 200, context), 1);
  EXPECT_THAT(context.text, AllOf(StartsWith("Look-ahead found in 1 place, of 1 feature (shifted):"),
                                  HasSubstr("value moves"), HasSubstr("reads the next bar")));
  EXPECT_EQ(context.json.at("verdict"), "found");
  EXPECT_EQ(context.json.at("culprits").front().at("feature"), "shifted");
}

TEST(LookaheadRun, TooFewPrefixesExitWithOne) {
  RecordingContext few, enough;
  EXPECT_EQ(run(close_ahead(0), kFewestPrefixes, few), 1) << "one place less than bars";
  EXPECT_THAT(few.text, StartsWith("Unproven for 1 feature (shifted): the history is too short"));
  EXPECT_EQ(few.json.at("verdict"), "unproven");
  EXPECT_FALSE(few.json.at("is_clean").get<bool>());
  EXPECT_EQ(run(close_ahead(0), kFewestPrefixes + 1, enough), 0);
}

TEST(LookaheadRun, FeaturesWithoutAnyValueAreRefused) {
  RecordingContext context;
  EXPECT_THROW((void)run(close_ahead(500), 200, context), Error);
  EXPECT_EQ(context.text, "");
}

TEST(LookaheadRun, LongListsOfNamesAreCut) {
  AuditedFeatures audited;
  for (int k = 0; k < 30; ++k) audited.names.push_back("f" + std::to_string(k));
  EXPECT_EQ(audited.words(), "30 features (f0, f1, f2, f3, f4, f5, f6, f7 and 22 more)");
  audited.set_name = "own";
  EXPECT_EQ(audited.words(), "the set own (30 features)");
}

}  // namespace
}  // namespace regimetry::cli
