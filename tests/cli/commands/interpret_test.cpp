// `regimetry interpret` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/atomic_file.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class InterpretCommandTest : public testing::Test {
 protected:
  BinaryRun interpret(const std::string& text, const std::vector<std::string>& words = {}) {
    const std::string input = write_text(folder_, "labels.csv", text);
    std::vector<std::string> all{"interpret", "--input-path", input, "--output-dir", folder_ + "/out"};
    all.insert(all.end(), words.begin(), words.end());
    return run_binary(all);
  }
  [[nodiscard]] std::string file(const std::string& name) const {
    return read_file(folder_ + "/out/" + name);
  }
  std::string folder_ = fresh_folder();
};

// Daily labels, with prices when there are some.
std::string daily(const std::vector<std::string>& labels,
                  const std::string& header = "timestamp,Cluster_ID") {
  std::string text = header + "\n";
  for (std::size_t n = 0; n < labels.size(); ++n)
    text += format_timestamp((10'000 + static_cast<std::int64_t>(n)) * kNsPerDay) + "," + labels[n] + "\n";
  return text;
}

TEST_F(InterpretCommandTest, WritesEveryFile) {
  const BinaryRun run = interpret(daily({"", "0", "0", "0", "1", "0"}));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(file("transition_matrix.csv"), "0,1\n0.6666666666666666,0.3333333333333333\n1.0,0.0\n");
  EXPECT_EQ(file("regime_decision_table.csv"),
            ",Stickiness,Most_Likely_Next,Next_Prob,Transition_Entropy,Volatile?,Strategy_Note\n"
            "Cluster 0,0.667,Cluster 1,0.333,0.637,Yes,\"⚠️ Transitional, exit fast\"\n"
            "Cluster 1,0.0,Cluster 0,1.0,0.0,No,\"⚠️ Transitional, exit fast\"\n");
  EXPECT_EQ(nlohmann::json::parse(file("regime_metadata.json"))["0"]["volatile"], true);
  EXPECT_THAT(file("cluster_role_summary.csv"),
              HasSubstr("C0,High-Risk / Choppy,High,0.667,❌ Avoid entries"));
  const nlohmann::json json = nlohmann::json::parse(file("structure.json"));
  EXPECT_EQ(json["label_column"], "Cluster_ID");
  EXPECT_EQ(json["labelled_rows"], 5);
  EXPECT_THAT(run.out, AllOf(HasSubstr("5 of 5 rows have a regime; 2 switches"),
                             HasSubstr("The table has no close, so nothing is said about returns.")));
}

TEST_F(InterpretCommandTest, ReadsTablesWithoutTime) {
  // As the Python tool writes them.
  const BinaryRun run = interpret(
      "Open,Close,Month,Year,Trend,Cluster_ID\n1.2,1.25,2,2018,Flat,\n"
      "1.2,1.26,2,2018,Bull,6\n1.2,1.27,3,2018,Flat,6\n1.2,1.24,3,2018,Flat,0\n");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("has no column of dates or times; its rows count as time"));
  EXPECT_EQ(nlohmann::json::parse(file("structure.json"))["bars_per_year"], nullptr);
  EXPECT_THAT(file("transition_matrix.csv"), HasSubstr("0.5,0.0,0.0,0.0,0.0,0.0,0.5"));
}

TEST_F(InterpretCommandTest, SeparatesInstruments) {
  const BinaryRun run = interpret(
      "timestamp,symbol,Cluster_ID\n2020-01-01,A,0\n2020-01-01,B,1\n"
      "2020-01-02,A,0\n2020-01-02,B,1\n");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(file("transition_matrix.csv"), "0,1\n1.0,0.0\n0.0,1.0\n");
}

TEST_F(InterpretCommandTest, MeasuresReturnsAndSaysWhatTheyAreWorth) {
  // Up and down by a thousandth in regime 0, by a tenth in regime 1; spells of odd lengths, so that no shift
  // brings labels and prices together again.
  std::vector<std::string> rows;
  double close = 100;
  for (int spell = 0; spell < 16; ++spell) {
    const double step = spell % 2 == 0 ? 1.001 : 1.1;
    for (int n = 0; n < 2 * (3 + spell * spell * 7 % 23); ++n) {
      close *= n % 2 == 0 ? step : 1 / step;
      rows.push_back(std::to_string(spell % 2) + "," + std::to_string(close));
    }
  }
  const BinaryRun run = interpret(daily(rows, "timestamp,Cluster_ID,close"), {"--replicates", "199"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("The regimes separate: volatility"), HasSubstr("is no forecast")));
  const nlohmann::json json = nlohmann::json::parse(file("structure.json"));
  EXPECT_EQ(json["separation"]["separates_volatility"], true);
  EXPECT_GT(json["regimes"][1]["returns"]["annual_volatility"],
            10 * json["regimes"][0]["returns"]["annual_volatility"].get<double>());
}

TEST_F(InterpretCommandTest, ReadsWhatWasKnownAtTheTimeWhenAsked) {
  const std::string text = daily({"0,1", "0,1", "0,0"}, "timestamp,Cluster_ID,Cluster_ID_asof");
  EXPECT_EQ(interpret(text, {"--labels", "asof"}).exit_code, 0);
  EXPECT_EQ(file("transition_matrix.csv"), "0,1\n0.0,0.0\n0.5,0.5\n");
  EXPECT_EQ(interpret(text).exit_code, 0);
  EXPECT_EQ(file("transition_matrix.csv"), "0\n1.0\n");
}

TEST_F(InterpretCommandTest, NumbersWordsByTheAlphabet) {
  const BinaryRun run =
      interpret(daily({"calm", "calm", "bust", "calm"}, "timestamp,state"), {"--label-column", "state"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(nlohmann::json::parse(file("structure.json"))["label_names"], nlohmann::json({"bust", "calm"}));
  EXPECT_EQ(file("transition_matrix.csv"), "0,1\n0.0,1.0\n0.5,0.5\n");
}

TEST_F(InterpretCommandTest, KeepsGapsInNumbersAndSaysSo) {
  const BinaryRun run = interpret(daily({"0", "1", "3", "0"}));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("no row carries 2"));
  EXPECT_THAT(file("transition_matrix.csv"), HasSubstr("0.0,0.0,0.0,0.0\n"));
}

TEST_F(InterpretCommandTest, WorksForASingleRowAndASingleRegime) {
  EXPECT_EQ(interpret(daily({"0"})).exit_code, 0);
  EXPECT_EQ(file("transition_matrix.csv"), "0\n0.0\n");
  EXPECT_EQ(interpret(daily({"0", "0", "0"})).exit_code, 0);
  EXPECT_EQ(file("transition_matrix.csv"), "0\n1.0\n");
}

TEST_F(InterpretCommandTest, SaysWhichColumnsThereAre) {
  const BinaryRun run = interpret(daily({"0"}, "timestamp,regime"));
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("has no column 'Cluster_ID'. It has: regime."), HasSubstr("--label-column")));
}

TEST_F(InterpretCommandTest, SaysWhyAColumnIsNotOneOfRegimes) {
  const BinaryRun stamps = interpret(daily({"0"}), {"--label-column", "timestamp"});
  EXPECT_EQ(stamps.exit_code, 3);
  EXPECT_THAT(stamps.err, AllOf(HasSubstr("reads 'timestamp' as the stamps of its rows, not as regimes"),
                                HasSubstr("Its other columns are: Cluster_ID.")));
  const BinaryRun asof = interpret(daily({"0"}), {"--labels", "asof"});
  EXPECT_EQ(asof.exit_code, 3);
  EXPECT_THAT(asof.err, AllOf(HasSubstr("has no column 'Cluster_ID_asof' of labels known at the time"),
                              HasSubstr("--no-asof"), HasSubstr("without '_asof' at its end")));
}

TEST_F(InterpretCommandTest, WarnsOfPricesThatAreNone) {
  const BinaryRun run =
      interpret(daily({"0,10", "0,11", "1,-1", "0,0", "0,12"}, "timestamp,Cluster_ID,close"));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("2 prices in column 'close' are not above zero, the first in row 3 (-1)"));
  const nlohmann::json json = nlohmann::json::parse(file("structure.json"));
  EXPECT_TRUE(json["regimes"][1]["returns"]["max_drawdown"].is_null());
  EXPECT_EQ(json["regimes"][0]["returns"]["max_drawdown"], 0);
}

TEST_F(InterpretCommandTest, LeavesGapsInNumbersOutOfItsTable) {
  const BinaryRun run = interpret(daily({"0", "0", "2", "0"}));
  EXPECT_THAT(run.out, AllOf(HasSubstr("\n  0 "), Not(HasSubstr("\n  1 ")), HasSubstr("\n  2 ")));
  EXPECT_THAT(run.err, HasSubstr("structure of 2 regimes"));
  EXPECT_THAT(interpret(daily({"0"})).err, HasSubstr("structure of 1 regime below"));
}

TEST_F(InterpretCommandTest, RefusesLabelsThatAreNoRegimes) {
  EXPECT_THAT(interpret(daily({"0", "1.5"})).err, HasSubstr("row 2 of column 'Cluster_ID' holds 1.5"));
  EXPECT_THAT(interpret(daily({"0", "1", "x"})).err, HasSubstr("row 3 of column 'Cluster_ID' holds 'x'"));
  EXPECT_THAT(interpret(daily({"0", "2018"})).err, HasSubstr("label 2018 is no regime"));
  const BinaryRun blank = interpret(daily({"", "-1"}));
  EXPECT_EQ(blank.exit_code, 3);
  EXPECT_THAT(blank.err, HasSubstr("column 'Cluster_ID': no row has a regime"));
}

TEST_F(InterpretCommandTest, ListsEveryProblemOfItsSettings) {
  const BinaryRun run = interpret(daily({"0"}), {"--replicates", "3", "--bars-per-year", "-2"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("bars_per_year is -2"));
  EXPECT_THAT(interpret(daily({"0"}), {"--horizons", "0,1.5"}).err, HasSubstr("horizons has 1.5"));
  EXPECT_THAT(interpret(daily({"0"}), {"--horizons", "0"}).err,
              HasSubstr("horizons has 0; a horizon is at least 1"));
}

TEST_F(InterpretCommandTest, GivesTheSameBytesForAnyThreadCount) {
  std::vector<std::string> rows;
  for (int n = 0; n < 300; ++n)
    rows.push_back(std::to_string(n * n / 50 % 3) + "," + std::to_string(100 + n % 7));
  const std::string text = daily(rows, "timestamp,Cluster_ID,close");
  EXPECT_EQ(interpret(text, {"--threads", "1"}).exit_code, 0);
  const std::string one = file("structure.json");
  EXPECT_EQ(interpret(text, {"--threads", "2", "--save-csv", "--save-json", "--save-heatmap"}).exit_code, 0);
  EXPECT_EQ(file("structure.json"), one);
}

}  // namespace
}  // namespace regimetry::cli
