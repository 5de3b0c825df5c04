#include "core/nearest_word.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace regimetry {
namespace {

TEST(EditDistance, CountsSingleEdits) {
  EXPECT_EQ(edit_distance("", ""), 0);
  EXPECT_EQ(edit_distance("window", "window"), 0);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("abc", ""), 3);
  EXPECT_EQ(edit_distance("windw", "window"), 1);    // a letter left out
  EXPECT_EQ(edit_distance("windoow", "window"), 1);  // a letter too many
  EXPECT_EQ(edit_distance("wundow", "window"), 1);   // a wrong letter
  EXPECT_EQ(edit_distance("wnidow", "window"), 1);   // two neighbours swapped
}

TEST(EditDistance, KnowsTheTextbookPair) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

// The definition, without a table: the cheapest of the ways to deal with the last letters.
int plain_distance(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return static_cast<int>(a.size() + b.size());
  const auto cut = [](std::string_view text, std::size_t count) {
    return text.substr(0, text.size() - count);
  };
  int best = plain_distance(cut(a, 1), cut(b, 1)) + (a.back() == b.back() ? 0 : 1);
  best = std::min(best, plain_distance(cut(a, 1), b) + 1);
  best = std::min(best, plain_distance(a, cut(b, 1)) + 1);
  const bool is_swap = a.size() > 1 && b.size() > 1 && a[a.size() - 1] == b[b.size() - 2] &&
                       a[a.size() - 2] == b[b.size() - 1];
  return is_swap ? std::min(best, plain_distance(cut(a, 2), cut(b, 2)) + 1) : best;
}

TEST(EditDistance, AgreesWithItsDefinitionOnAllShortWords) {
  std::vector<std::string> words = {""};
  for (std::size_t from = 0; words[from].size() < 4; ++from) {
    for (const char letter : {'a', 'b', 'c'}) words.push_back(words[from] + letter);
  }
  for (const std::string& a : words) {
    for (const std::string& b : words) ASSERT_EQ(edit_distance(a, b), plain_distance(a, b)) << a << " " << b;
  }
}

const std::vector<std::string> kKnown = {"window-size", "stride", "seed", "symbol", "threads"};

TEST(NearestWord, FindsTheWordMeant) {
  EXPECT_EQ(nearest_word("windowsize", kKnown), "window-size");
  EXPECT_EQ(nearest_word("widnow-size", kKnown), "window-size");
  EXPECT_EQ(nearest_word("sede", kKnown), "seed");
  EXPECT_EQ(nearest_word("stride", kKnown), "stride");
}

TEST(NearestWord, OffersNothingThatIsNotASlip) {
  EXPECT_EQ(nearest_word("frobnicate", kKnown), std::nullopt);
  EXPECT_EQ(nearest_word("", kKnown), std::nullopt);
  EXPECT_EQ(nearest_word("seed", {}), std::nullopt);
  EXPECT_EQ(nearest_word("stripes", std::vector<std::string>{"string"}), std::nullopt);  // 3 edits, 2 allowed
}

TEST(NearestWord, DoesNotReplaceEveryLetter) {
  const std::vector<std::string> known = {"x", "ab"};
  EXPECT_EQ(nearest_word("y", known), std::nullopt);
  EXPECT_EQ(nearest_word("a", known), "ab");
}

TEST(NearestWord, PrefersTheNearestThenTheFirst) {
  const std::vector<std::string> known = {"trains", "train", "brain"};
  EXPECT_EQ(nearest_word("traim", known), "train");
  EXPECT_EQ(nearest_word("rain", known), "train");  // "brain" is as near
}

TEST(NearestWord, IsNotHeldUpByAnEndlessWord) {
  const std::string huge(100'000, 'x');
  EXPECT_EQ(nearest_word(huge, kKnown), std::nullopt);
}

}  // namespace
}  // namespace regimetry
