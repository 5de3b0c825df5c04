#include "features/transform/feature_columns.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ChooseFeatureColumns : public testing::Test {
 protected:
  FeatureColumns choose(const RawFeatures& raw, const FeatureColumnOptions& options = {}) {
    return choose_feature_columns(input_table(raw), raw.features, options, pool_);
  }
  ThreadPool pool_{2};
};

market::Column time_column(std::string name, std::vector<TimestampNs> times) {
  market::Column column;
  column.name = std::move(name);
  column.kind = market::ColumnKind::kTime;
  column.times = std::move(times);
  return column;
}

RawFeatures mixed() {
  return raw_features(
      {number_column("Unnamed: 0", {0, 1, 2, 3}), number_column("close", {10, 11, 12, 11}),
       number_column("stop", {9.5, 10.2, 11, 10}), number_column("rsi", {40, 90, 20, 11}),
       number_column("up", {1, 0, kNaN, 1}, market::ColumnKind::kBoolean),
       word_column("mood", {"calm", "wild", "", "calm"}),
       word_column("source", {"feed", "feed", "feed", "feed"}), word_column("remark", {"a", "b", "c", "d"}),
       number_column("nothing", {kNaN, kNaN, INFINITY, kNaN}), time_column("exchange_time", {1, 2, 3, 4})});
}

TEST_F(ChooseFeatureColumns, FindsFeaturesAndSaysWhatItLeftOut) {
  const FeatureColumns chosen = choose(mixed(), {.max_categories = 3});
  EXPECT_THAT(chosen.names, ElementsAre("close", "stop", "rsi", "up", "mood"));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("count rows"), HasSubstr("Unnamed: 0"))));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("times"), HasSubstr("exchange_time"))));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("no value"), HasSubstr("nothing"))));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("one word"), HasSubstr("source"))));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("more than 3"), HasSubstr("remark"))));
}

TEST_F(ChooseFeatureColumns, NotesPriceLevels) {
  EXPECT_THAT(choose(mixed()).notes, Contains(AllOf(HasSubstr("price levels"), HasSubstr("close, stop"))));
  EXPECT_THAT(choose(mixed(), {.feature_columns = {"rsi"}}).notes, IsEmpty());
}

TEST_F(ChooseFeatureColumns, LeavesTheAnswersOfASimulatedMarketOut) {
  RawFeatures raw =
      raw_features({number_column("rsi", {40, 90, 20, 11}), number_column("true_regime", {0, 1, 1, 0}),
                    number_column("oracle_p_up", {0.1, 0.4, 0.2, 0.3})});
  EXPECT_THAT(choose(raw).names, ElementsAre("rsi", "true_regime", "oracle_p_up"));
  raw.metadata = {{"simulation", {{"preset", "daily"}}}};
  const FeatureColumns chosen = choose(raw);
  EXPECT_THAT(chosen.names, ElementsAre("rsi"));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("answers of a simulated market"),
                                           HasSubstr("true_regime, oracle_p_up"))));
  // Who names them gets them, and a feature may be called so.
  EXPECT_THAT(choose(raw, {.feature_columns = {"true_*"}}).names, ElementsAre("true_regime"));
  raw.features = {"rsi", "true_regime"};
  EXPECT_THAT(choose(raw).names, ElementsAre("rsi", "true_regime"));
}

TEST_F(ChooseFeatureColumns, TakesWhatTheWriterCalledFeatures) {
  RawFeatures raw = mixed();
  raw.features = {"rsi", "nothing"};
  const FeatureColumns chosen = choose(raw);
  EXPECT_THAT(chosen.names, ElementsAre("rsi"));
  EXPECT_THAT(chosen.notes, Contains(AllOf(HasSubstr("calls them no features"), HasSubstr("close"))));
}

TEST_F(ChooseFeatureColumns, AddsNamesToAutoAndTakesExclusionsOut) {
  RawFeatures raw = mixed();
  raw.features = {"rsi"};
  EXPECT_THAT(choose(raw, {.feature_columns = {"auto", "up"}}).names, ElementsAre("rsi", "up"));
  EXPECT_THAT(
      choose(mixed(), {.feature_columns = {"*o*"}, .exclude_columns = {"s*", "n*", "ex*", "rem*"}}).names,
      ElementsAre("close", "mood"));
}

TEST_F(ChooseFeatureColumns, RefusesNamesThatNoColumnHas) {
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)choose(mixed(), {.feature_columns = {"rsj"}}); }),
              AllOf(HasSubstr("feature_columns"), HasSubstr("'rsj'"), HasSubstr("did you mean 'rsi'?")));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)choose(mixed(), {.exclude_columns = {"zzz*"}}); }),
              AllOf(HasSubstr("exclude_columns"), HasSubstr("'zzz*'")));
}

TEST_F(ChooseFeatureColumns, NotesNamesToLeaveOutThatNoColumnHas) {
  const FeatureColumns chosen =
      choose(mixed(), {.feature_columns = {"rsi"}, .exclude_columns = {"Hour", "rsj"}});
  EXPECT_THAT(chosen.names, ElementsAre("rsi"));
  EXPECT_THAT(chosen.notes, Contains(HasSubstr("'Hour', which no column is called")));
  EXPECT_THAT(chosen.notes, Contains(HasSubstr("'rsj', which no column is called; did you mean 'rsi'?")));
}

TEST_F(ChooseFeatureColumns, RefusesTimesAndNothing) {
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { (void)choose(mixed(), {.feature_columns = {"exchange_time"}}); }),
      HasSubstr("holds times"));
  EXPECT_THAT(
      message_of(ErrorKind::kUsage,
                 [&] { (void)choose(mixed(), {.feature_columns = {"rsi"}, .exclude_columns = {"rsi"}}); }),
      HasSubstr("no column is left"));
}

}  // namespace
}  // namespace regimetry::features
