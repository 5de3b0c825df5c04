#include "cli/structure_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string words_of(const std::vector<std::int32_t>& labels, const std::vector<double>& close,
                     const std::vector<std::string>& names = {}) {
  ThreadPool pool(1);
  const std::vector<IndexRange> one{{0, std::ssize(labels)}};
  return structure_words(
      regimes::describe_structure({labels, one, close, 252}, {.replicates = 99}, Rng(1), pool), names);
}

TEST(StructureWords, SayWhoFollowsWhom) {
  EXPECT_THAT(words_of({0, 0, 0, 1, 0, -1}, {}, {"calm", "storm"}),
              AllOf(HasSubstr("5 of 6 rows have a regime; 2 switches, 126.0 a year."), HasSubstr("0 calm"),
                    HasSubstr("66.7%"), HasSubstr("1 storm (33.3%)"), Not(HasSubstr("separate"))));
}

TEST(StructureWords, LeaveOutRegimesThatDoNotOccurAndTestsThatWereNotMade) {
  const std::string words = words_of({2, 2, 2}, {1, 2, 3});
  EXPECT_THAT(words,
              AllOf(HasSubstr("nothing can be said"), Not(HasSubstr("bar ahead")), HasSubstr("\n  2 ")));
  EXPECT_THAT(words, Not(HasSubstr("\n  1 ")));
}

TEST(StructureWords, CountSpellsThatTheEndsCutOff) {
  std::vector<std::int32_t> labels(100, 0);
  labels[50] = 1;
  // 99 bars in regime 0 and one way out of it, though its spells are never whole.
  EXPECT_THAT(words_of(labels, {}), AllOf(HasSubstr("; 2 switches"), HasSubstr(" 99.0 ")));
  labels.assign(100, 0);
  labels[99] = 1;
  EXPECT_THAT(words_of(labels, {}), AllOf(HasSubstr("; 1 switch,"), HasSubstr(" 99.0 "), HasSubstr(" - ")));
}

TEST(StructureWords, SayNothingOfReturnsThatThereAreNot) {
  // The only bar with a regime of its own has no price; regime 0 has no return either.
  EXPECT_THAT(words_of({0, 1, 0}, {1, -2, 3}), Not(HasSubstr("  0.0%\n")));
}

TEST(StructureWords, WarnOfIntervalsOverSeveralInstruments) {
  ThreadPool pool(1);
  const std::vector<std::int32_t> labels{0, 1, 0, 1};
  const std::vector<IndexRange> two{{0, 2}, {2, 4}};
  EXPECT_THAT(structure_words(
                  regimes::describe_structure({labels, two, {}, 0}, {.replicates = 99}, Rng(1), pool), {}),
              HasSubstr("intervals are too narrow"));
  EXPECT_THAT(words_of(labels, {}), Not(HasSubstr("too narrow")));
}

}  // namespace
}  // namespace regimetry::cli
