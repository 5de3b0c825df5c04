#include "embeddings/embed_windows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <utility>

#include "core/expect_error.hpp"
#include "core/rng.hpp"
#include "embeddings/support/sum_engine.hpp"
#include "models/regime_encoder/encoder_weights.hpp"
#include "models/support/encoder_cases.hpp"
#include "models/support/encoder_definition.hpp"
#include "windows/support/feature_samples.hpp"

namespace regimetry::embeddings {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::AllOf;
using testing::HasSubstr;
using windows::MissingRule;
using windows::open_gap;
using windows::plain_table;
using windows::random_features;
using windows::Windows;

void expect_sums(const FeatureData& data, const Windows& windows, const Embeddings& embeddings) {
  ASSERT_EQ(embeddings.size(), windows.size());
  for (std::int64_t n = 0; n < windows.size(); ++n) {
    const windows::Window window = windows.window(n);
    const FeatureTable& table = data.instruments[static_cast<std::size_t>(window.instrument)];
    ASSERT_EQ(embeddings.timestamps[static_cast<std::size_t>(n)], window.stamp);
    for (std::int64_t f = 0; f < windows.feature_count(); ++f) {
      ASSERT_EQ(embeddings.values(n, f), plain_sum(table, window.rows.begin, windows.window_size(), f))
          << n << " " << f;
    }
  }
}

TEST(EmbedWindows, GivesEachWindowItsOwnForAnyDataAndThreads) {
  RngStream random = Rng(1).stream("embeddings");
  for (int trial = 0; trial < 60; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = windows::between(random, 1, 6),
                                 .stride = windows::between(random, 1, 9),  // also beyond the window
                                 .max_gap_bars = 6});
    const SumEngine engine(windows.feature_count(), windows.window_size());
    ThreadPool one(1), two(2);
    const Embeddings embeddings = embed_windows(windows, engine, one, silent_observer());
    expect_sums(data, windows, embeddings);
    EXPECT_EQ(embed_windows(windows, engine, two, silent_observer()).values, embeddings.values);
    ASSERT_EQ(embeddings.instruments.size(), data.instruments.size());
    for (std::size_t i = 0; i < data.instruments.size(); ++i) {
      const IndexRange expected = windows.windows_of(static_cast<std::int64_t>(i));
      EXPECT_EQ(embeddings.instruments[i].symbol, data.instruments[i].symbol);
      EXPECT_EQ(embeddings.instruments[i].windows.begin, expected.begin);
      EXPECT_EQ(embeddings.instruments[i].windows.end, expected.end);
    }
  }
}

struct ProgressCounter final : Observer {
  void on_progress(std::string_view stage, std::int64_t done, std::int64_t total) override {
    EXPECT_EQ(stage, "embed");
    EXPECT_GT(done, last);
    last = done;
    all = total;
    ++calls;
  }
  std::int64_t last = 0, all = 0;
  int calls = 0;
};

TEST(EmbedWindows, CutLongRunsAndJoinShortOnesSoThatProgressShows) {
  FeatureTable table = plain_table(20'010, 1);
  const Windows windows(table, {.window_size = 11});
  const SumEngine engine(1, 11);
  ThreadPool pool(2);
  ProgressCounter observer;
  const Embeddings embeddings = embed_windows(windows, engine, pool, observer);
  EXPECT_EQ(observer.all, 20'000);
  EXPECT_EQ(observer.last, 20'000);
  EXPECT_EQ(observer.calls, 3);
  EXPECT_EQ(engine.call_count(), 3);
  FeatureData data;
  data.instruments = {std::move(table)};
  expect_sums(data, Windows(data, {.window_size = 11}), embeddings);
}

TEST(EmbedWindows, EqualTheDefinitionWithTheRowsEngine) {
  RngStream random = Rng(2).stream("embeddings");
  const FeatureData data = random_features(random);
  const Windows windows(data, {.window_size = 4, .stride = 2, .max_gap_bars = 5});
  models::RegimeEncoderOptions options;
  options.feature_count = windows.feature_count();
  options.window_size = 4;
  options.embedding_dim = 8;
  options.num_heads = 2;
  options.head_size = 5;
  options.ff_dim = 12;
  const models::RegimeEncoderWeights weights = models::initial_weights(options, Rng(42));
  const auto engine = models::make_rows_engine(weights);
  ThreadPool pool(2);
  const Embeddings embeddings = embed_windows(windows, *engine, pool, silent_observer());
  for (std::int64_t n = 0; n < windows.size(); ++n) {
    const Windows::View view = windows.values(n);
    const std::vector<double> defined =
        models::define_embedding(weights, {view.data(), static_cast<std::size_t>(view.size())});
    const float* const found = embeddings.values.data() + n * 8;
    ASSERT_LT(models::relative_difference({found, found + 8}, defined), 1e-5) << n;
  }
}

TEST(EmbedWindows, NamesTheWindowWhoseEmbeddingOverflows) {
  FeatureTable table = plain_table(20, 2);
  table.values(7, 1) = 3.4e38F;
  table.values(8, 1) = 3.4e38F;
  const Windows windows(table, {.window_size = 3});
  ThreadPool pool(2);
  EXPECT_THAT(
      message_of(
          ErrorKind::kData,
          [&] { static_cast<void>(embed_windows(windows, SumEngine(2, 3), pool, silent_observer())); }),
      AllOf(HasSubstr("the embedding of the window of AAA that ends at 1970-01-08"),
            HasSubstr("overflow float32. Use --transform standard")));
}

// Sums of 4,000 windows and of a hundred: the pieces that threads take are the same whatever the pool.
TEST(EmbedWindows, CutsALongSliceBesideShortOnes) {
  FeatureData data;
  data.instruments = {plain_table(4'000, 1), plain_table(100, 1)};
  data.instruments[1].symbol = "BBB";
  const Windows windows(data, {.window_size = 5});
  const SumEngine engine(1, 5);
  ThreadPool pool(2);
  expect_sums(data, windows, embed_windows(windows, engine, pool, silent_observer()));
  EXPECT_EQ(engine.call_count(), 5);
}

TEST(EmbedWindows, RefuseWindowsThatTheEncoderDoesNotTake) {
  const FeatureTable table = plain_table(20, 2);
  const Windows windows(table, {.window_size = 5});
  ThreadPool pool(1);
  EXPECT_THAT(
      message_of(
          ErrorKind::kUsage,
          [&] { static_cast<void>(embed_windows(windows, SumEngine(2, 6), pool, silent_observer())); }),
      HasSubstr("takes windows of 6 rows; these have 5. Give window_size 6"));
  EXPECT_THAT(
      message_of(
          ErrorKind::kUsage,
          [&] { static_cast<void>(embed_windows(windows, SumEngine(3, 5), pool, silent_observer())); }),
      HasSubstr("takes 3 features; the windows have 2"));
}

TEST(EmbedWindows, RefuseKeptMissingValuesWhereAWindowHoldsThem) {
  FeatureTable table = plain_table(20, 2);
  table.values(7, 1) = windows::kMissing;
  ThreadPool pool(1);
  const auto embed = [&](std::int64_t stride) {
    const Windows windows(table, {.window_size = 2, .stride = stride, .missing = MissingRule::kKeep});
    return embed_windows(windows, SumEngine(2, 2), pool, silent_observer()).size();
  };
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { static_cast<void>(embed(1)); }),
              AllOf(HasSubstr("feature 'f1' of AAA is missing at 1970-01-08"), HasSubstr("(row 7)")));
  EXPECT_EQ(embed(5), 4);  // rows 0, 1, 5, 6, 10, ...: row 7 is in no window
}

}  // namespace
}  // namespace regimetry::embeddings
