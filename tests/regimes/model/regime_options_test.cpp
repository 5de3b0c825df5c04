#include "regimes/model/regime_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(RegimeOptions, AreUsableAsTheyCome) {
  EXPECT_THAT(RegimeOptions().problems(), IsEmpty());
}

TEST(RegimeOptions, NameEveryProblem) {
  RegimeOptions options;
  options.regime_count = 0;
  options.most_regimes = 1;
  options.starts = 0;
  options.neighbor_count = 1;
  EXPECT_THAT(options.problems(), ElementsAre(HasSubstr("n_clusters"), HasSubstr("most_clusters"),
                                              HasSubstr("starts"), HasSubstr("neighbors")));
}

TEST(RegimeOptions, FindNoMoreRegimesThanTheMethodTakes) {
  RegimeOptions options;
  options.regime_count = 100;
  EXPECT_THAT(options.problems(), IsEmpty());
  options.regime_count = 101;
  EXPECT_THAT(options.problems(),
              ElementsAre(HasSubstr("n_clusters is 101: spectral clustering finds at most 100")));
  options.method = RegimeMethod::kHiddenMarkov;
  options.regime_count = 65;
  EXPECT_THAT(options.problems(), ElementsAre(HasSubstr("at most 64")));
  options.regime_count = {};
  options.most_regimes = 65;
  EXPECT_THAT(options.problems(), ElementsAre(HasSubstr("most_clusters is 65")));
}

TEST(RegimeOptions, RefuseAPenaltyWhereNoneIsPaid) {
  RegimeOptions options;
  options.persistence = Persistence{Persistence::Kind::kGiven, 50};
  for (const RegimeMethod method : all_methods()) {
    options.method = method;
    const bool has_penalty = method == RegimeMethod::kJump || method == RegimeMethod::kSpectral;
    EXPECT_EQ(options.problems().empty(), has_penalty) << method_name(method);
  }
}

TEST(RegimeOptions, ChooseThePenaltyOfAJumpModelUnlessToldOtherwise) {
  RegimeOptions options;
  EXPECT_EQ(options.settled_persistence().kind, Persistence::Kind::kOff);
  options.method = RegimeMethod::kJump;
  EXPECT_EQ(options.settled_persistence().kind, Persistence::Kind::kAuto);
  options.persistence = Persistence{};
  EXPECT_EQ(options.settled_persistence().kind, Persistence::Kind::kOff);
}

TEST(Persistence, IsReadFromAWordAndWrittenBack) {
  for (const char* word : {"off", "auto", "50", "0", "0.25"}) {
    const auto persistence = parse_persistence(word);
    ASSERT_TRUE(persistence) << word;
    EXPECT_EQ(persistence_word(*persistence), word);
  }
  for (const char* word : {"", "-1", "nan", "inf", "50x", "Auto", " 5"})
    EXPECT_FALSE(parse_persistence(word)) << word;
}

}  // namespace
}  // namespace regimetry::regimes
