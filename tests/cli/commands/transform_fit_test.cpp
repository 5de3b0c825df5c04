// `regimetry transform fit` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/run_binary.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class TransformFitCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string text = "timestamp,symbol,x,up,mood,empty\n";
    for (int day = 1; day <= 9; ++day) {
      // From the fifth day on everything is other than before.
      const bool is_early = day <= 4;
      for (const char* symbol : {"A", "B"}) {
        text += "2024-01-0" + std::to_string(day) + "," + symbol + "," +
                (is_early ? std::to_string(day % 2 == 0 ? 3 : 1) : "1000") + "," +
                (is_early ? "true" : "false") + "," + (is_early ? (day == 1 ? "calm" : "wild") : "new") +
                ",\n";
      }
    }
    input_ = folder_.write("table.csv", text).string();
    output_ = (folder_ / "scaler.json").string();
  }
  BinaryRun fit(const std::vector<std::string>& words) {
    std::vector<std::string> all{"transform", "fit", input_, "-o", output_};
    all.insert(all.end(), words.begin(), words.end());
    return run_binary(all);
  }
  nlohmann::json stored() { return nlohmann::json::parse(TemporaryFolder::read(output_)); }
  TemporaryFolder folder_;
  std::string input_, output_;
};

TEST_F(TransformFitCommandTest, LearnsFromTheWholeOfTheLastDayAndNothingLater) {
  const BinaryRun run = fit({"--until", "2024-01-04"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              HasSubstr("standard over 2 symbols, 8 rows (2024-01-01 to 2024-01-04): 3 columns become 4"));
  EXPECT_THAT(run.err, AllOf(HasSubstr("no value: empty"), HasSubstr("constant"),
                             HasSubstr("--from 2024-01-05T00:00:00Z")));
  const nlohmann::json json = stored();
  EXPECT_EQ(json["groups"][0]["steps"][0]["mean"], 2.0);
  EXPECT_EQ(json["groups"][0]["steps"][0]["deviation"], 1.0);
  EXPECT_EQ(json["outputs"], (std::vector<std::string>{"x", "up", "mood=calm", "mood=wild"}));
  EXPECT_EQ(json["fitted"]["last"], "2024-01-04T00:00:00Z");
  EXPECT_EQ(json["symbols"], (std::vector<std::string>{"A", "B"}));
}

// The bar of December holds prices up to the 31st.
TEST_F(TransformFitCommandTest, LearnsFromAMonthOnlyWhenItIsOver) {
  std::string text = "timestamp,x\n";
  for (int month = 1; month <= 12; ++month)
    text += "2019-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-01," +
            std::to_string(month * month) + "\n";
  input_ = folder_.write("monthly.csv", text).string();
  ASSERT_EQ(fit({"--until", "2019-12-15"}).exit_code, 0);
  EXPECT_EQ(stored()["fitted"]["rows"], 11);
  EXPECT_EQ(stored()["fitted"]["known"], "2019-11-30T23:59:59.999999999Z");
  ASSERT_EQ(fit({"--until", "2019-12-31"}).exit_code, 0);
  EXPECT_EQ(stored()["fitted"]["rows"], 12);
}

TEST_F(TransformFitCommandTest, FitsEachSymbolOnRequest) {
  const BinaryRun run = fit(
      {"--until", "2024-01-04", "--from", "2024-01-02", "--per-symbol", "--method", "minmax100", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(nlohmann::json::parse(run.out)["rows"], 6);
  EXPECT_EQ(stored()["groups"].size(), 2U);
  EXPECT_EQ(stored()["options"]["method"], "minmax100");
}

TEST_F(TransformFitCommandTest, TakesTheColumnsThatItIsTold) {
  EXPECT_EQ(fit({"--feature-columns", "x,m*", "--exclude-columns", "mood"}).exit_code, 0);
  EXPECT_EQ(stored()["outputs"], std::vector<std::string>{"x"});
  const BinaryRun unknown = fit({"--feature-columns", "moood"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'mood'?"));
}

TEST_F(TransformFitCommandTest, SaysThatFittingOnEverythingLeavesNothingToPredictOn) {
  const BinaryRun run = fit({});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("--until keeps later rows out"), HasSubstr("--in-sample allow")));
  // What is offered next leaves rows to predict on.
  EXPECT_THAT(run.err, HasSubstr("regimetry transform fit " + input_ + " --until 2024-01-06 -o " + output_));
}

TEST_F(TransformFitCommandTest, OffersACommandThatAShellTakesApartRightly) {
  const std::string input = folder_.write("my table.csv", TemporaryFolder::read(input_)).string();
  const BinaryRun run = run_binary({"transform", "fit", input, "--until", "2024-01-04", "-o", output_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("regimetry transform apply '" + input + "' --transform " + output_ +
                                 " --from 2024-01-05T00:00:00Z"));
}

TEST_F(TransformFitCommandTest, GivesTheSameBytesOnAnyNumberOfThreads) {
  ASSERT_EQ(fit({"--threads", "1"}).exit_code, 0);
  const std::string one = TemporaryFolder::read(output_);
  ASSERT_EQ(fit({"--threads", "4"}).exit_code, 0);
  EXPECT_EQ(TemporaryFolder::read(output_), one);
}

TEST_F(TransformFitCommandTest, RefusesWhatCannotBeMeant) {
  const BinaryRun early = fit({"--until", "2023-12-31"});
  EXPECT_EQ(early.exit_code, 3);
  EXPECT_THAT(early.err, AllOf(HasSubstr("no row lies"), HasSubstr("2024-01-01 to 2024-01-09")));
  const BinaryRun stamp = fit({"--until", "soon"});
  EXPECT_EQ(stamp.exit_code, 2);
  EXPECT_THAT(stamp.err, HasSubstr("until is 'soon'"));
  output_ = (folder_ / "scaler.parquet").string();
  const BinaryRun extension = fit({});
  EXPECT_EQ(extension.exit_code, 2);
  EXPECT_THAT(extension.err, HasSubstr(".json"));
  output_ = input_;
  EXPECT_THAT(fit({}).err, HasSubstr("is the input itself"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "scaler.json"));
}

}  // namespace
}  // namespace regimetry::cli
