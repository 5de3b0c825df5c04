#include "regimes/model/novelty_gauge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/expect_error.hpp"
#include "core/rng.hpp"
#include "regimes/model/memory_length.hpp"

namespace regimetry::regimes {
namespace {

struct Sample {
  MatrixF values;
  std::vector<IndexRange> sequences;
  [[nodiscard]] RegimeRows rows() const { return {values, sequences}; }
};

Sample normal_rows(std::int64_t count, std::int64_t width) {
  Sample sample{MatrixF(count, width), {{0, count}}};
  RngStream stream(5);
  for (std::int64_t i = 0; i < sample.values.size(); ++i)
    sample.values.data()[i] = static_cast<float>(stream.normal());
  return sample;
}

std::vector<float> row_of(std::int64_t width, float value) {
  return std::vector<float>(static_cast<std::size_t>(width), value);
}

TEST(NoveltyGauge, MeasuresTheDistanceToTheNearestLandmark) {
  ThreadPool pool(1);
  const Sample sample{(MatrixF(3, 2) << 0, 0, 10, 0, 0, 10).finished(), {{0, 3}}};
  const NoveltyGauge gauge(sample.rows(), {}, pool);
  EXPECT_EQ(gauge.landmark_count(), 3);
  EXPECT_DOUBLE_EQ(gauge.distance(std::vector<float>{0, 0}), 0);
  EXPECT_DOUBLE_EQ(gauge.distance(std::vector<float>{13, 4}), 5);
}

TEST(NoveltyGauge, AgreesWithAPlainSearchForAnyNumberOfLandmarks) {
  ThreadPool pool(2);
  for (const std::int64_t count : {1, 63, 64, 65, 300}) {
    const Sample sample = normal_rows(count, 5);
    const NoveltyGauge gauge(sample.rows(), {}, pool);
    RngStream stream(9);
    for (int question = 0; question < 20; ++question) {
      std::vector<float> row(5);
      for (float& value : row) value = static_cast<float>(stream.normal());
      const Eigen::Map<const Eigen::RowVectorXf> view(row.data(), 5);
      const double plain =
          std::sqrt((sample.values.rowwise() - view).cast<double>().rowwise().squaredNorm().minCoeff());
      EXPECT_NEAR(gauge.distance(row), plain, 1e-5) << count;
    }
  }
}

TEST(NoveltyGauge, CallsOnlyFarRowsUnlikeTraining) {
  ThreadPool pool(2);
  const Sample sample = normal_rows(3000, 4);
  const NoveltyGauge gauge(sample.rows(), {}, pool);
  const double near = gauge.distance(row_of(4, 0.1F)), far = gauge.distance(row_of(4, 20));
  EXPECT_FALSE(gauge.is_unlike_training(near));
  EXPECT_LT(gauge.share_nearer(near), 0.5);
  EXPECT_TRUE(gauge.is_unlike_training(far));
  EXPECT_EQ(gauge.share_nearer(far), 1);
  int unlike = 0;
  for (std::int64_t row = 0; row < 3000; ++row) {
    const Eigen::RowVectorXf values = sample.values.row(row);
    unlike += gauge.is_unlike_training(gauge.distance({values.data(), 4})) ? 1 : 0;
  }
  EXPECT_EQ(unlike, 0) << "rows of the training are like the training";
}

TEST(NoveltyGauge, DoesNotTakeNeighboursInTimeForEvidence) {
  // Rows move on by one; those within 50 rows of each other do not count.
  ThreadPool pool(1);
  Sample sample{MatrixF(400, 1), {{0, 400}}};
  for (int row = 0; row < 400; ++row) sample.values(row, 0) = static_cast<float>(row);
  const NoveltyGauge gauge(sample.rows(), {.most_landmarks = 400, .rows_apart = 50}, pool);
  EXPECT_EQ(gauge.share_nearer(49), 0);
  EXPECT_EQ(gauge.share_nearer(51), 1);
  // Another sequence is evidence, however near it stands in the matrix.
  sample.sequences = {{0, 200}, {200, 400}};
  for (int row = 200; row < 400; ++row) sample.values(row, 0) = static_cast<float>(row - 200);
  EXPECT_EQ(NoveltyGauge(sample.rows(), {.most_landmarks = 400, .rows_apart = 50}, pool).share_nearer(0.5),
            1);
}

// Rows of a table of features with `memory` rows of autocorrelation (AR(1) columns; 1: noise).
Sample rows_with_memory(std::int64_t count, double memory) {
  constexpr std::int64_t kWidth = 4;
  const double keep = memory > 1 ? std::exp(-1 / memory) : 0;
  Sample sample{MatrixF(count, kWidth), {{0, count}}};
  RngStream stream(17);
  std::vector<double> state(kWidth, 0.0);
  for (std::int64_t row = 0; row < count; ++row)
    for (std::int64_t column = 0; column < kWidth; ++column) {
      double& value = state[static_cast<std::size_t>(column)];
      value = keep * value + std::sqrt(1 - keep * keep) * stream.normal();
      sample.values(row, column) = static_cast<float>(value);
    }
  return sample;
}

TEST(NoveltyGauge, SpreadsNewRowsOfTheSameProcessEvenly) {
  ThreadPool pool(2);
  for (const double memory : {1.0, 10.0, 25.0}) {
    const Sample all = rows_with_memory(8000, memory);
    const Sample first{all.values.topRows(4000), {{0, 4000}}};
    const NoveltyGauge gauge(first.rows(), {.rows_apart = memory_length(first.rows())}, pool);
    std::vector<double> shares;
    for (std::int64_t row = 4000; row < 8000; ++row) {
      const Eigen::RowVectorXf values = all.values.row(row);
      shares.push_back(gauge.share_nearer(gauge.distance({values.data(), 4})));
    }
    std::sort(shares.begin(), shares.end());
    EXPECT_GT(shares[2000], 0.35) << memory;
    EXPECT_LT(shares[2000], 0.65) << memory;
    EXPECT_LT(shares[3800], 0.98) << memory << ": at most a twentieth is unusual";
  }
}

TEST(NoveltyGauge, IsTheSameWithAnyNumberOfThreadsAndAfterReading) {
  ThreadPool one(1), two(2);
  const Sample sample = normal_rows(2000, 6);
  TensorFile first, second;
  NoveltyGauge(sample.rows(), {}, one).add_to(first);
  const NoveltyGauge gauge(sample.rows(), {}, two);
  gauge.add_to(second);
  for (const auto& [name, tensor] : first.tensors)
    EXPECT_EQ(tensor.data, second.tensors.at(name).data) << name;
  const NoveltyGauge read(first, 6);
  EXPECT_EQ(read.distance(row_of(6, 0.3F)), gauge.distance(row_of(6, 0.3F)));
  EXPECT_EQ(read.share_nearer(1.5), gauge.share_nearer(1.5));
}

TEST(NoveltyGauge, RefusesDamagedFiles) {
  ThreadPool pool(1);
  TensorFile file;
  NoveltyGauge(normal_rows(100, 3).rows(), {}, pool).add_to(file);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { NoveltyGauge(file, 4); }),
              testing::HasSubstr("has 3 rows; one per column of the data are 4"));
  file.tensors.erase("novelty.usual_distances");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { NoveltyGauge(file, 3); }), testing::HasSubstr("is missing"));
}

}  // namespace
}  // namespace regimetry::regimes
