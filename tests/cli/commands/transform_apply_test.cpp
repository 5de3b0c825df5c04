// `regimetry transform apply` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/temporary_folder.hpp"
#include "features/files/read_features.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class TransformApplyCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    input_ =
        folder_
            .write("table.csv",
                   "timestamp,x,mood,note\n2024-01-01,1,calm,a\n2024-01-02,3,wild,b\n2024-01-03,5,new,c\n"
                   "2024-01-04,,calm,d\n")
            .string();
    transform_ = (folder_ / "scaler.json").string();
    output_ = (folder_ / "out.csv").string();
    const BinaryRun fitted = run_binary({"transform", "fit", input_, "--until", "2024-01-02",
                                         "--feature-columns", "x,mood", "-o", transform_});
    ASSERT_EQ(fitted.exit_code, 0) << fitted.err;
  }
  BinaryRun apply(const std::vector<std::string>& words) {
    std::vector<std::string> all{"transform", "apply", input_, "--transform", transform_, "-o", output_};
    all.insert(all.end(), words.begin(), words.end());
    return run_binary(all);
  }
  TemporaryFolder folder_;
  std::string input_, transform_, output_;
};

TEST_F(TransformApplyCommandTest, ScalesLaterRowsAndLetsOtherColumnsPass) {
  const BinaryRun run = apply({"--from", "2024-01-03"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(TemporaryFolder::read(output_),
            "timestamp,symbol,x,mood=calm,mood=wild,note\n2024-01-03T00:00:00Z,,3,0,0,c\n"
            "2024-01-04T00:00:00Z,,0,1,0,d\n");
  EXPECT_THAT(run.out, AllOf(HasSubstr("2 rows of 1 instrument became 3 features"), HasSubstr("missing: 1"),
                             HasSubstr("unknown words: 1")));
  EXPECT_THAT(run.err, HasSubstr("mood (1 of 2 rows)"));
}

TEST_F(TransformApplyCommandTest, LeavesOtherColumnsOutOnRequest) {
  EXPECT_EQ(apply({"--from", "2024-01-03", "--no-keep-other-columns"}).exit_code, 0);
  EXPECT_THAT(TemporaryFolder::read(output_), Not(HasSubstr("note")));
}

TEST_F(TransformApplyCommandTest, RefusesRowsThatWouldKnowTheirFuture) {
  const BinaryRun run = apply({});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr("2 of 4 rows (2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z)"),
                             HasSubstr("--from 2024-01-03T00:00:00Z"), HasSubstr("--in-sample allow")));
  EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(TransformApplyCommandTest, DescribesThemOnRequestAndSaysSo) {
  const BinaryRun run = apply({"--in-sample", "allow"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("2 of them lie inside or before the fitted range"));
  const auto metadata = nlohmann::json::parse(TemporaryFolder::read(output_ + ".meta.json"));
  EXPECT_EQ(metadata["transform"]["purpose"], "description");
  EXPECT_EQ(metadata["transform"]["in_sample_rows"], 2);
  EXPECT_EQ(metadata["config"]["command"], "transform apply");
}

TEST_F(TransformApplyCommandTest, ReportsAsJson) {
  const BinaryRun run = apply({"--from", "2024-01-03", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["rows"], 2);
  EXPECT_EQ(json["in_sample_rows"], 0);
  EXPECT_EQ(json["columns"][1]["unknown"], 1);
  EXPECT_EQ(json["transform"]["sha256"], nlohmann::json::parse(TemporaryFolder::read(transform_))["sha256"]);
}

TEST_F(TransformApplyCommandTest, GivesTheSameNumbersInEveryFormat) {
  ThreadPool pool(1);
  std::vector<features::MatrixF> found;
  for (const char* name : {"a.parquet", "a.jsonl", "a.csv.gz", "a.npy"}) {
    output_ = (folder_ / name).string();
    ASSERT_EQ(apply({"--from", "2024-01-03"}).exit_code, 0) << name;
    found.push_back(features::read_features(output_, {}, pool, silent_observer()).instruments.at(0).values);
    EXPECT_EQ(found.back(), found.front()) << name;
  }
}

TEST_F(TransformApplyCommandTest, RefusesItsOwnOutput) {
  ASSERT_EQ(apply({"--from", "2024-01-03"}).exit_code, 0);
  const std::string once = output_, again = (folder_ / "again.csv").string();
  const BinaryRun applied = run_binary(
      {"transform", "apply", once, "--transform", transform_, "-o", again, "--in-sample", "allow"});
  EXPECT_EQ(applied.exit_code, 2);
  EXPECT_THAT(applied.err, AllOf(HasSubstr("out.csv"), HasSubstr("already transformed, by standard")));
  EXPECT_FALSE(std::filesystem::exists(again));
  const BinaryRun fitted = run_binary({"transform", "fit", once, "-o", (folder_ / "again.json").string()});
  EXPECT_EQ(fitted.exit_code, 2);
  EXPECT_THAT(fitted.err, HasSubstr("already transformed"));
}

TEST_F(TransformApplyCommandTest, NamesColumnsThatDoNotFit) {
  const std::string other = folder_.write("other.csv", "timestamp,y,mood\n2024-01-03,1,7\n").string();
  const BinaryRun run = run_binary({"transform", "apply", other, "--transform", transform_, "-o", output_});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("other.csv"), HasSubstr("'x' is missing"), HasSubstr("'mood' holds number")));
}

TEST_F(TransformApplyCommandTest, RefusesADamagedTransform) {
  std::string text = TemporaryFolder::read(transform_);
  text.replace(text.find("\"mean\": 2.0"), 11, "\"mean\": 3.0");
  folder_.write("scaler.json", text);
  const BinaryRun run = apply({"--from", "2024-01-03"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, AllOf(HasSubstr("scaler.json"), HasSubstr("it was changed")));
  std::filesystem::remove(transform_);
  EXPECT_THAT(apply({}).err, HasSubstr("scaler.json"));
}

TEST_F(TransformApplyCommandTest, NeverWritesOverItsInputs) {
  output_ = input_;
  EXPECT_THAT(apply({"--from", "2024-01-03"}).err, HasSubstr("is the input itself"));
  output_ = (folder_ / "out.xlsx").string();
  const BinaryRun run = apply({"--from", "2024-01-03"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr(".npy"));
}

}  // namespace
}  // namespace regimetry::cli
