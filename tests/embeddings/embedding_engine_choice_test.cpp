#include "embeddings/embedding_engine_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"

namespace regimetry::embeddings {
namespace {

using models::Precision;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

models::RegimeEncoderWeights small_weights() {
  models::RegimeEncoderOptions options;
  options.feature_count = 4;
  options.window_size = 3;
  options.head_size = 8;
  return models::initial_weights(options, Rng(1));
}

TEST(EmbeddingEngineChoice, TakesTheRowsEngineWhereverItCan) {
  const ChosenEngine automatic = choose_embedding_engine(small_weights(), {}, silent_observer());
  EXPECT_THAT(automatic.engine->description(), HasSubstr("rows engine"));
  EXPECT_EQ(automatic.record, "rows engine, float32");
  const ChosenEngine rows =
      choose_embedding_engine(small_weights(), {.engine = EngineChoice::kRows}, silent_observer());
  EXPECT_EQ(rows.engine->description(), automatic.engine->description());
  const ChosenEngine rounded =
      choose_embedding_engine(small_weights(), {.precision = Precision::kBfloat16}, silent_observer());
  EXPECT_EQ(rounded.record, rounded.engine->description());
}

TEST(EmbeddingEngineChoice, SaysWhyTheRowsEngineCannotBeHad) {
  models::RegimeEncoderWeights weights = small_weights();
  weights.options.activation = models::Activation::kGelu;
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           static_cast<void>(choose_embedding_engine(weights, {.engine = EngineChoice::kRows},
                                                                     silent_observer()));
                         }),
              HasSubstr("activation is gelu"));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           static_cast<void>(choose_embedding_engine(
                               weights, {.precision = Precision::kBfloat16}, silent_observer()));
                         }),
              HasSubstr("precision bf16 is the rows engine's, which cannot be used here"));
}

struct NoteTaker final : Observer {
  void on_note(std::string_view note) override { notes.emplace_back(note); }
  std::vector<std::string> notes;
};

TEST(EmbeddingEngineChoice, SaysThatADeviceTakesTheReference) {
  NoteTaker observer;
  // No such device anywhere, or no library to look for it.
  EXPECT_THROW(static_cast<void>(choose_embedding_engine(small_weights(), {.device = "cuda:93"}, observer)),
               Error);
  EXPECT_THAT(observer.notes,
              ElementsAre(HasSubstr("the reference engine is used, for the device is cuda:93")));
}

TEST(EmbeddingEngineChoice, IsJudgedBeforeThereAreWeights) {
  models::RegimeEncoderOptions options = small_weights().options;
  EXPECT_NO_THROW(require_engine(options, {}));
  EXPECT_THROW(require_engine(options, {.device = "cuda:93"}), Error);
  options.pre_norm = true;
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { require_engine(options, {.engine = EngineChoice::kRows}); }),
      HasSubstr("pre_norm is on"));
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { require_engine(options, {.precision = Precision::kBfloat16}); }),
      HasSubstr("precision bf16 is the rows engine's"));
}

TEST(EmbeddingEngineChoice, NamesPrecisionsAsSettingsDo) {
  EXPECT_EQ(precision_name(Precision::kFloat32), "fp32");
  EXPECT_EQ(precision_name(Precision::kBfloat16), "bf16");
}

TEST(EmbeddingEngineChoice, ListsWhatDoesNotGoTogether) {
  EXPECT_THAT(EngineOptions{}.problems(), IsEmpty());
  EXPECT_THAT((EngineOptions{.device = "cuda:1"}).problems(), IsEmpty());
  EXPECT_THAT((EngineOptions{.device = "tpu"}).problems(),
              ElementsAre(HasSubstr("device is 'tpu'; it must be cpu, cuda or cuda:N")));
  EXPECT_THAT((EngineOptions{.engine = EngineChoice::kRows, .device = "cuda"}).problems(),
              ElementsAre(HasSubstr("the rows engine computes on the CPU")));
  EXPECT_THAT(
      (EngineOptions{.engine = EngineChoice::kReference, .precision = Precision::kBfloat16}).problems(),
      ElementsAre(HasSubstr("precision bf16 is the rows engine's")));
}

}  // namespace
}  // namespace regimetry::embeddings
