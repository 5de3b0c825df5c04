// The driver itself must be able to fail, or everything it passes means nothing.
#include "hostile/hostile_runner.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <set>
#include <stdexcept>

#include "core/error.hpp"
#include "hostile/hostile_table.hpp"

namespace regimetry::hostile {
namespace {

constexpr const char* kGoodMessage = ": is bad. Give another file.";

Reader refusing() {
  return [](const std::filesystem::path& path) -> ExpectedBars {
    throw Error(ErrorKind::kData, path.string() + kGoodMessage);
  };
}
Reader yielding(ExpectedBars bars) {
  return [bars = std::move(bars)](const std::filesystem::path&) { return bars; };
}
HostileCases with(Expectation expectation) {
  return {csv_case("it", "something", std::move(expectation), "")};
}

TEST(HostileRunner, AcceptsWhatTheCaseAllows) {
  run_cases(with(fails()), refusing());
  run_cases(with(fails_or(plain_bars())), refusing());
  run_cases(with(fails_or(plain_bars())), yielding(plain_bars()));
  run_cases(with(gives(plain_bars())), yielding(plain_bars()));
  run_cases(with(survives()), yielding({}));
  run_cases(with(survives()), refusing());
}

TEST(HostileRunner, NoticesBarsOutOfNothing) {
  EXPECT_NONFATAL_FAILURE(run_cases(with(fails()), yielding(plain_bars())), "nothing right can be in it");
  EXPECT_NONFATAL_FAILURE(run_cases(with(fails()), yielding({})), "nothing right can be in it");
}

TEST(HostileRunner, NoticesEachKindOfWrongBar) {
  const std::vector<std::function<void(ExpectedBar&)>> changes{
      [](ExpectedBar& b) { b.stamp += 1; },       [](ExpectedBar& b) { b.open += 1e-12; },
      [](ExpectedBar& b) { b.high = 0; },         [](ExpectedBar& b) { b.low = std::nextafter(b.low, 0); },
      [](ExpectedBar& b) { b.close = -b.close; }, [](ExpectedBar& b) { b.volume = std::nan(""); }};
  for (const auto& change : changes) {
    const Reader reader = yielding(bars_with(change));
    EXPECT_NONFATAL_FAILURE(run_cases(with(fails_or(plain_bars())), reader), "bar 7 is");
  }
  ExpectedBars fewer = plain_bars();
  fewer.pop_back();
  EXPECT_NONFATAL_FAILURE(run_cases(with(fails_or(plain_bars())), yielding(fewer)), "15 bars, not 16");
}

TEST(HostileRunner, NoticesTheRefusalOfAGoodFile) {
  EXPECT_NONFATAL_FAILURE(run_cases(with(gives(plain_bars())), refusing()), "refused a good file");
  EXPECT_NONFATAL_FAILURE(run_cases(with(loads()), refusing()), "refused a good file");
}

TEST(HostileRunner, NoticesExceptionsThatAreNotForPeople) {
  const Reader reader = [](const std::filesystem::path&) -> ExpectedBars {
    throw std::out_of_range("vector");
  };
  EXPECT_NONFATAL_FAILURE(run_cases(with(survives()), reader), "not an Error: vector");
}

TEST(HostileRunner, SurvivesTheCrashOfACase) {
  const Reader reader = [](const std::filesystem::path&) -> ExpectedBars { std::abort(); };
  EXPECT_NONFATAL_FAILURE(run_cases(with(survives()), reader), "crashed");
}

TEST(HostileRunner, KeepsOpenFindingsApartAndNoticesWhenTheyAreMended) {
  run_cases(with(fails()), yielding({}), {.advice = Advice::kDemanded, .open_findings = {"it"}});
  run_cases(with(fails()), yielding({}), {.advice = Advice::kDemanded, .open_findings = {"i*"}});
  EXPECT_NONFATAL_FAILURE(
      run_cases(with(fails()), refusing(), {.advice = Advice::kDemanded, .open_findings = {"it"}}),
      "is mended");
}

TEST(HostileRunner, JudgesMessages) {
  EXPECT_EQ(message_flaw("/tmp/x.csv:7: column 'close' holds 'abc'. Correct the row.", "x.csv"), "");
  EXPECT_EQ(message_flaw("/tmp/x.csv: two readings; pass --date-order", "x.csv"), "");
  EXPECT_NE(message_flaw("column 'close' holds 'abc'. Correct the row.", "x.csv"), "") << "no file";
  EXPECT_NE(message_flaw("/tmp/x.csv: bad allocation", "x.csv"), "") << "no advice";
  EXPECT_NE(message_flaw("/tmp/x.csv: sadder passage", "x.csv"), "") << "verbs within words are no advice";
  EXPECT_NE(message_flaw("/tmp/x.csv: '\x1b[2J' is wrong. Correct it.", "x.csv"), "") << "an escape sequence";
  EXPECT_NE(message_flaw("x.csv: give " + std::string(5000, 'x'), "x.csv"), "") << "too long";
  EXPECT_EQ(message_flaw("is bad. Give another file.", "x\x1b.csv"), "") << "a name that cannot be shown";
}

TEST(HostileFiles, AreAtLeastThreeHundredWithStrictExpectations) {
  const HostileCases cases = all_cases();
  std::set<std::pair<Format, std::string>> names;
  std::size_t strict = 0;
  for (const HostileCase& hostile : cases) {
    EXPECT_TRUE(names.emplace(hostile.format, hostile.name).second) << hostile.name << " stands twice";
    EXPECT_FALSE(hostile.description.empty()) << hostile.name;
    if (hostile.expectation.may_fail && !hostile.expectation.any_content) ++strict;
  }
  EXPECT_GE(strict, 300U) << "good files and files that may turn out in any way do not count";
  EXPECT_GE(
      csv_path_cases().size() + csv_byte_cases().size() + csv_table_cases().size() + csv_value_cases().size(),
      140U);
  EXPECT_GE(parquet_cases().size(), 30U);
  EXPECT_GE(npy_cases().size(), 50U);
  EXPECT_GE(safetensors_cases().size(), 50U);
  EXPECT_GE(yaml_cases().size(), 40U);
}

}  // namespace
}  // namespace regimetry::hostile
