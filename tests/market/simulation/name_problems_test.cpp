#include "market/simulation/name_problems.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(NameProblems, OrdinaryNamesOfAnyLanguagePass) {
  EXPECT_THAT(name_problems("regime_names", {"quiet_bull", "quiet bear", "kr\xc3\xadze", "r-2.5"}),
              IsEmpty());
}

TEST(NameProblems, EqualNamesAreRefusedWhateverTheirCase) {
  EXPECT_THAT(name_problems("regime_names", {"a", "b", "a"}),
              ElementsAre(HasSubstr("'a' (name 3) is the same as 'a' (name 1)")));
  EXPECT_THAT(name_problems("regime_names", {"Bull", "bull"}), ElementsAre(HasSubstr("same as 'Bull'")));
}

TEST(NameProblems, WhatBreaksFilesIsRefused) {
  for (const char* name : {"", "a\nb", "a\rb", "a\tb", "a,b", "a;b", "a|b", "a\"b", "a'b", " a", "a ", "\x7f",
                           "\xff", "\xc3", "\xc2\x85", "\xed\xa0\x80"}) {
    EXPECT_TRUE(name_problem("regime_names", name)) << testing::PrintToString(name);
  }
  EXPECT_TRUE(name_problem("regime_names", std::string("a\0b", 3)));
  EXPECT_TRUE(name_problem("regime_names", std::string(65, 'a')));
  EXPECT_FALSE(name_problem("regime_names", std::string(64, 'a')));
}

TEST(NameProblems, MessagesNameTheKeyAndShowNoRawBytes) {
  EXPECT_EQ(name_problem("symbol_prefix", "\x1b[2J")->find("symbol_prefix: '\\x1b[2J' holds"), 0U);
}

TEST(NameProblems, EveryProblemIsListed) {
  EXPECT_THAT(name_problems("regime_names", {"", "a,b", "c", "c"}), testing::SizeIs(3));
}

}  // namespace
}  // namespace regimetry::market
