// `regimetry resample` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/run_binary.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ResampleCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    input_ = (folder_.path() / "abc.csv").string();
    output_ = (folder_.path() / "out.csv").string();
    std::ofstream file(input_);
    file << "timestamp,open,high,low,close,volume\n";
    for (int hour = 0; hour < 9; ++hour) {
      file << "2024-01-02T0" << hour << ":00:00Z," << 10 + hour << "," << 20 + hour << "," << 5 + hour << ","
           << 11 + hour << ",100\n";
    }
  }
  TemporaryFolder folder_;
  std::string input_, output_;
};

TEST_F(ResampleCommandTest, WritesTheBarsAndMarksTheUnfinishedOne) {
  const BinaryRun run = run_binary({"resample", input_, "--to", "4h", "-o", output_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("9 bars became 3 bars of 4h; 1 at the ends"));
  EXPECT_THAT(text_of(output_), AllOf(HasSubstr("2024-01-02T00:00:00Z,abc,10,23,5,14,400,false"),
                                      HasSubstr("2024-01-02T04:00:00Z,abc,14,27,9,18,400,false"),
                                      HasSubstr("2024-01-02T08:00:00Z,abc,18,28,13,19,100,true")));
}

TEST_F(ResampleCommandTest, NeverWritesOverItsInput) {
  const std::string before = text_of(input_);
  const BinaryRun run = run_binary({"resample", input_, "--to", "4h", "-o", input_});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("is the input itself"));
  EXPECT_EQ(text_of(input_), before);
}

TEST_F(ResampleCommandTest, RefusesTwoTimeframesOfOneSymbol) {
  const std::string two_hours = (folder_.path() / "more/abc.csv").string();
  std::filesystem::create_directories(folder_.path() / "more");
  ASSERT_EQ(run_binary({"resample", input_, "--to", "2h", "-o", two_hours}).exit_code, 0);
  const BinaryRun run = run_binary({"resample", input_, two_hours, "--to", "4h", "-o", output_});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("abc is there as bars of 1h and of 2h"));
}

TEST_F(ResampleCommandTest, DropsTheUnfinishedOneOnRequest) {
  const BinaryRun run =
      run_binary({"resample", input_, "--to", "4h", "--partial", "drop", "-o", output_, "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(nlohmann::json::parse(run.out)["bars_written"], 2);
  EXPECT_THAT(text_of(output_), testing::Not(HasSubstr("is_partial")));
}

TEST_F(ResampleCommandTest, AnchorsSessionsWhereTheUserSays) {
  const BinaryRun run = run_binary({"resample", input_, "--to", "1d", "--anchor", "22:00", "--session-tz",
                                    "America/New_York", "-o", output_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(text_of(output_),
              AllOf(HasSubstr("2024-01-01T03:00:00Z,abc,10,"), HasSubstr("2024-01-02T03:00:00Z,abc,13,")));
}

// The six naive hours from 00:00 in Helsinki are 22:00 to 03:00 UTC (in January, two hours ahead).
TEST_F(ResampleCommandTest, TheZoneOfStampsIsNotTheZoneOfSessions) {
  const std::string naive = (folder_.path() / "naive.csv").string();
  std::ofstream file(naive);
  file << "timestamp,open,high,low,close,volume\n";
  for (int hour = 0; hour < 6; ++hour)
    file << "2024-01-02 0" << hour << ":00:00," << 10 + hour << ",20,5,11,100\n";
  file.close();
  const auto opens_of_days = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all = {"resample", naive, "--to", "1d", "-o", output_};
    all.insert(all.end(), words.begin(), words.end());
    const BinaryRun run = run_binary(all);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.err, testing::Not(HasSubstr("name no time zone"))) << run.err;
    return text_of(output_);
  };
  EXPECT_THAT(
      opens_of_days({"--tz", "Europe/Helsinki", "--session-tz", "UTC"}),
      AllOf(HasSubstr("2024-01-01T00:00:00Z,naive,10,"), HasSubstr("2024-01-02T00:00:00Z,naive,12,")));
  const std::string by_stamps = opens_of_days({"--tz", "Europe/Helsinki"});
  EXPECT_THAT(by_stamps, HasSubstr("2024-01-01T22:00:00Z,naive,10,"));
  EXPECT_EQ(by_stamps, opens_of_days({"--tz-offset", "+02:00"}));
}

TEST_F(ResampleCommandTest, ListsEveryWrongWord) {
  const BinaryRun run = run_binary(
      {"resample", input_, "--to", "7h", "--anchor", "25:00", "--extra-rule", "x=median", "-o", output_});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("7h"), HasSubstr("anchor is '25:00'"), HasSubstr("extra_rule x is 'median'")));
  EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(ResampleCommandTest, RefusesToInventBars) {
  const BinaryRun run = run_binary({"resample", input_, "--to", "15m", "-o", output_});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("cannot make 15m bars from 1h bars"));
}

}  // namespace
}  // namespace regimetry::cli
