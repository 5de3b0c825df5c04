#include "cli/shell_word.hpp"

#include <gtest/gtest.h>

namespace regimetry::cli {
namespace {

TEST(ShellWord, LeavesPlainWordsAlone) {
  EXPECT_EQ(shell_word("demo/features.parquet"), "demo/features.parquet");
  EXPECT_EQ(shell_word("2024-01-05T00:00:00Z"), "2024-01-05T00:00:00Z");
}

TEST(ShellWord, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_word("my data/x.csv"), "'my data/x.csv'");
  EXPECT_EQ(shell_word("a;rm b"), "'a;rm b'");
  EXPECT_EQ(shell_word("~x"), "'~x'");
  EXPECT_EQ(shell_word("$HOME"), "'$HOME'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(ShellWord, QuotesQuotes) {
  EXPECT_EQ(shell_word("it's"), R"('it'\''s')");
}

}  // namespace
}  // namespace regimetry::cli
