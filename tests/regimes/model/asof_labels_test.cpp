#include "regimes/model/asof_labels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <vector>

#include "core/rng.hpp"
#include "regimes/support/band_regimes.hpp"

namespace regimetry::regimes {
namespace {

using testing::Each;
using testing::SizeIs;

// Several sequences of a wandering value, row by row in the order of their stamps within each.
struct Walks {
  MatrixF values;
  std::vector<IndexRange> sequences;
  std::vector<TimestampNs> timestamps;
  [[nodiscard]] AsofRows rows() const { return {{values, sequences}, timestamps, {}}; }
};

Walks walks(const std::vector<std::int64_t>& lengths, std::uint64_t key = 3) {
  Walks made;
  made.values.resize(std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0}), 2);
  std::int64_t row = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    RngStream stream(key, i);
    const std::int64_t begin = row;
    double level = 0;
    for (std::int64_t step = 0; step < lengths[i]; ++step, ++row) {
      level = 0.95 * level + stream.normal();
      made.values.row(row) << static_cast<float>(level), static_cast<float>(stream.normal());
      made.timestamps.push_back(step * 10);
    }
    made.sequences.push_back({begin, row});
  }
  return made;
}

// The first `length` stamps of every sequence.
Walks prefix(const Walks& whole, std::int64_t length) {
  Walks part;
  std::vector<std::int64_t> rows;
  for (const IndexRange& sequence : whole.sequences) {
    const auto begin = static_cast<std::int64_t>(rows.size());
    for (std::int64_t row = sequence.begin; row < std::min(sequence.end, sequence.begin + length); ++row) {
      rows.push_back(row);
      part.timestamps.push_back(whole.timestamps[static_cast<std::size_t>(row)]);
    }
    part.sequences.push_back({begin, static_cast<std::int64_t>(rows.size())});
  }
  part.values = whole.values(rows, Eigen::all);
  return part;
}

NamedFit fit(const RegimeRows& rows) {
  BandFit fitted = fit_bands(rows);
  return {std::move(fitted.fit), std::move(fitted.method)};
}

AsofLabels label(const Walks& data, const AsofOptions& options, int threads = 1) {
  ThreadPool pool(threads);
  return label_asof(data.rows(), true, options, fit, pool, silent_observer());
}

TEST(AsofLabels, AreAbsentBeforeTheFirstFit) {
  const AsofLabels labels = label(walks({300}), {.initial_stamps = 100});
  EXPECT_THAT(std::vector(labels.ids.begin(), labels.ids.begin() + 100), Each(kNoRegime));
  EXPECT_THAT(std::vector(labels.ids.begin() + 100, labels.ids.end()), Each(testing::Ge(0)));
  EXPECT_TRUE(std::isnan(labels.probabilities[99]));
  EXPECT_EQ(labels.probabilities[100], 1);
  EXPECT_THAT(label(walks({100}), {.initial_stamps = 100}).refits, SizeIs(0));
}

TEST(AsofLabels, OfALongerHistoryBeginWithThoseOfAShorterOne) {
  const Walks whole = walks({700, 500, 650});
  const AsofOptions options{.initial_stamps = 120};
  const AsofLabels all = label(whole, options);
  for (const std::int64_t length : {100, 121, 200, 499, 640}) {
    const Walks part = prefix(whole, length);
    const AsofLabels known = label(part, options);
    for (std::size_t i = 0; i < whole.sequences.size(); ++i) {
      const std::int64_t count = part.sequences[i].size();
      for (std::int64_t row = 0; row < count; ++row) {
        const auto here = static_cast<std::size_t>(part.sequences[i].begin + row);
        const auto there = static_cast<std::size_t>(whole.sequences[i].begin + row);
        ASSERT_EQ(known.ids[here], all.ids[there]) << length << " " << i << " " << row;
        ASSERT_EQ(std::memcmp(&known.probabilities[here], &all.probabilities[there], sizeof(double)), 0);
      }
    }
  }
}

TEST(AsofLabels, DoNotChangeWhenTheFutureDoes) {
  Walks data = walks({600});
  const AsofOptions options{.initial_stamps = 100, .refit_stamps = 50};
  const AsofLabels before = label(data, options);
  data.values.bottomRows(200).array() *= -50;
  const AsofLabels after = label(data, options);
  EXPECT_TRUE(std::equal(before.ids.begin(), before.ids.begin() + 400, after.ids.begin()));
  EXPECT_FALSE(std::equal(before.ids.begin() + 400, before.ids.end(), after.ids.begin() + 400));
}

TEST(AsofLabels, TellHowAlikeTheFitsAre) {
  const AsofLabels labels = label(walks({900}), {.initial_stamps = 200, .refit_stamps = 100});
  ASSERT_THAT(labels.refits, SizeIs(7));
  EXPECT_EQ(labels.stability.compared_pairs, 21);
  EXPECT_GT(labels.stability.agreement, 0.7);
  EXPECT_LT(labels.stability.agreement, 1) << "the level moves with every fit";
  EXPECT_THAT(labels.stability.regimes, SizeIs(2));
  EXPECT_EQ(label(walks({300}), {.initial_stamps = 299}).stability.compared_pairs, 0) << "one fit";
  EXPECT_EQ(label(walks({900}), {.initial_stamps = 100, .refit_stamps = 4}).stability.compared_pairs,
            24 * 23 / 2)
      << "24 of the 200 fits";
}

TEST(AsofLabels, AreTheSameWithAnyNumberOfThreads) {
  const Walks data = walks({400, 300, 350, 20});
  const AsofLabels one = label(data, {.initial_stamps = 100}, 1),
                   two = label(data, {.initial_stamps = 100}, 2);
  EXPECT_EQ(one.ids, two.ids);
  EXPECT_EQ(one.numbers.known(), two.numbers.known());
}

TEST(AsofLabels, KeepTheirNumbersWhenAFitSwapsItsLabels) {
  const Walks data = walks({800});
  int fits = 0;
  // Every second fit calls regime 0 what the others call 1.
  const FitFunction swapping = [&](const RegimeRows& rows) {
    NamedFit named = fit(rows);
    if (++fits % 2 == 0) {
      class Swapped final : public FittedRegimes {
       public:
        explicit Swapped(std::shared_ptr<const FittedRegimes> inner) : inner_(std::move(inner)) {}
        [[nodiscard]] std::string_view method() const noexcept override { return "swapped"; }
        [[nodiscard]] int regime_count() const noexcept override { return 2; }
        [[nodiscard]] std::int64_t width() const noexcept override { return inner_->width(); }
        [[nodiscard]] TensorFile to_tensors() const override { return {}; }
        [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override {
          class Online final : public OnlineRegimes {
           public:
            explicit Online(std::unique_ptr<OnlineRegimes> inner) : inner_(std::move(inner)) {}
            Answer push(std::span<const float> row) override {
              const Answer answer = inner_->push(row);
              swapped_ = {answer.probabilities[1], answer.probabilities[0]};
              return {1 - answer.label, swapped_};
            }

           private:
            std::unique_ptr<OnlineRegimes> inner_;
            std::array<double, 2> swapped_{};
          };
          return std::make_unique<Online>(inner_->start());
        }

       private:
        std::shared_ptr<const FittedRegimes> inner_;
      };
      for (std::int32_t& one : named.fit.labels) one = 1 - one;
      named.method = std::make_shared<Swapped>(named.method);
    }
    return named;
  };
  ThreadPool pool(1);
  const AsofOptions options{.initial_stamps = 200, .refit_stamps = 100};
  const AsofLabels swapped = label_asof(data.rows(), true, options, swapping, pool, silent_observer());
  EXPECT_GE(fits, 4);
  EXPECT_EQ(swapped.ids, label(data, options).ids);
  for (const AsofRefit& refit : swapped.refits) EXPECT_GT(refit.agreement, 0.8);
}

}  // namespace
}  // namespace regimetry::regimes
