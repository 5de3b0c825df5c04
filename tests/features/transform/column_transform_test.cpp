#include "features/transform/column_transform.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/transform_samples.hpp"
#include "features/transform/transform_file.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr ApplyOptions kDescribe{.purpose = Purpose::kDescription};

class ColumnTransformTest : public testing::Test {
 protected:
  ColumnTransform fit(const RawFeatures& raw, const TransformOptions& options = {}) {
    return ColumnTransform(options, "1.2.3").fit(input_table(raw), names_of(raw), pool_);
  }
  FeatureTable describe(const ColumnTransform& transform, const RawFeatures& raw) {
    return transform.apply(input_table(raw), kDescribe, pool_).data.instruments.at(0);
  }
  ThreadPool pool_{2};
};

std::vector<TransformOptions> all_options() {
  std::vector<TransformOptions> all;
  for (const TransformMethod method : {TransformMethod::kStandard, TransformMethod::kMinMax100,
                                       TransformMethod::kRobust, TransformMethod::kRankGauss}) {
    for (const bool per_symbol : {false, true}) {
      all.push_back({.method = method, .per_symbol = per_symbol, .max_knots = 40});
    }
  }
  return all;
}

TEST_F(ColumnTransformTest, TurnsColumnsOfEveryKindIntoFeatures) {
  const RawFeatures raw =
      raw_features({number_column("x", {1, 3}), number_column("up", {1, 0}, ColumnKind::kBoolean),
                    word_column("color", {"red", "blue"})});
  const FeatureTable table = describe(fit(raw), raw);
  EXPECT_THAT(table.names, ElementsAre("x", "up", "color=blue", "color=red"));
  MatrixF expected(2, 4);
  expected << -1, 1, 0, 1, 1, 0, 1, 0;
  EXPECT_EQ(bits_of(table.values), bits_of(expected));
  EXPECT_EQ(table.timestamps, raw.instruments[0].timestamps);
}

// The whole of `standard` from the definition, in long double.
TEST_F(ColumnTransformTest, StandardAgreesWithTheDefinition) {
  const RawFeatures raw = random_raw(3, 400, 11);
  std::vector<long double> imputed;
  for (const RawInstrument& instrument : raw.instruments) {
    for (const double x : instrument.columns[0].numbers) imputed.push_back(x);
  }
  std::vector<long double> present;
  for (const long double x : imputed) {
    if (!std::isnan(x)) present.push_back(x);
  }
  const long double fill = plain_quantile(present, 0.5L);
  for (long double& x : imputed) x = std::isnan(x) ? fill : x;
  const long double mean = plain_mean(imputed), deviation = plain_deviation(imputed);
  const FeatureData data = fit(raw).apply(input_table(raw), kDescribe, pool_).data;
  std::size_t i = 0;
  for (const FeatureTable& table : data.instruments) {
    for (Eigen::Index row = 0; row < table.values.rows(); ++row, ++i) {
      EXPECT_NEAR(table.values(row, 0), static_cast<double>((imputed[i] - mean) / deviation), 1e-6);
    }
  }
}

TEST_F(ColumnTransformTest, NeverSeesRowsOutsideTheTrainingRows) {
  RawFeatures raw = random_raw(2, 60, 5);
  for (const TransformOptions& options : all_options()) {
    const auto digest = [&] {
      const InputTable train = rows_between(input_table(raw), days(std::nullopt, 39));
      return digest_of(ColumnTransform(options).fit(train, names_of(raw), pool_).fitted());
    };
    const std::string before = digest();
    RawFeatures changed = raw;
    for (RawInstrument& instrument : changed.instruments) {
      for (std::size_t row = 40; row < 60; ++row) {
        for (std::size_t c = 0; c < 3; ++c) instrument.columns[c].numbers[row] = c == 2 ? 1 : 1e9;
        instrument.columns[3].categories.push_back("never seen");
        instrument.columns[3].codes[row] =
            static_cast<std::int32_t>(instrument.columns[3].categories.size()) - 1;
      }
    }
    std::swap(raw, changed);
    EXPECT_EQ(digest(), before) << method_name(options.method);
    std::swap(raw, changed);
  }
}

TEST_F(ColumnTransformTest, IsTheSameOnAnyNumberOfThreads) {
  const RawFeatures raw = random_raw(5, 9'000, 7);
  ThreadPool one(1), four(4);
  for (const TransformOptions& options : all_options()) {
    const ColumnTransform a = ColumnTransform(options).fit(input_table(raw), names_of(raw), one);
    const ColumnTransform b = ColumnTransform(options).fit(input_table(raw), names_of(raw), four);
    EXPECT_EQ(to_json(a.fitted()), to_json(b.fitted()));
    expect_same(a.apply(input_table(raw), kDescribe, one).data,
                b.apply(input_table(raw), kDescribe, four).data);
  }
}

TEST_F(ColumnTransformTest, TransformsEachRowByItself) {
  const RawFeatures raw = random_raw(2, 50, 9);
  const ColumnTransform transform = fit(raw);
  const InputTable all = input_table(raw);
  const FeatureData whole = transform.apply(all, kDescribe, pool_).data;
  const FeatureData part = transform.apply(rows_between(all, days(20, std::nullopt)), kDescribe, pool_).data;
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(bits_of(part.instruments[i].values), bits_of(whole.instruments[i].values.bottomRows(30)));
  }
}

TEST_F(ColumnTransformTest, RefusesRowsInsideAndBeforeTheFittedRange) {
  const RawFeatures raw = random_raw(2, 30, 1);
  const InputTable all = input_table(raw);
  const ColumnTransform transform =
      ColumnTransform().fit(rows_between(all, days(5, 9)), names_of(raw), pool_);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)transform.apply(all, {}, pool_); }),
              AllOf(HasSubstr("table.csv"), HasSubstr("20 of 60 rows"),
                    HasSubstr("2020-01-01T00:00:00Z to 2020-01-10"), HasSubstr("--from 2020-01-11T00:00:00Z"),
                    HasSubstr("--in-sample allow"), HasSubstr("their own future")));
  const InputTable before = rows_between(all, days(std::nullopt, 0));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)transform.apply(before, {}, pool_); }),
              AllOf(HasSubstr("2 of 2 rows"), HasSubstr("no later row")));
  const InputTable later = rows_between(all, days(10, std::nullopt));
  const ApplyResult clean = transform.apply(later, {}, pool_);
  EXPECT_EQ(clean.report.in_sample_rows, 0);
  EXPECT_EQ(clean.data.metadata["transform"]["purpose"], "prediction");
  const ApplyResult described = transform.apply(all, kDescribe, pool_);
  EXPECT_EQ(described.report.in_sample_rows, 20);
  EXPECT_EQ(described.data.metadata["transform"]["in_sample_rows"], 20);
  EXPECT_EQ(described.data.metadata["transform"]["purpose"], "description");
}

// Words, empty columns and the choice of columns are learned from all symbols, also where each is scaled by
// itself, so the last training row of any of them decides.
TEST_F(ColumnTransformTest, JudgesEverySymbolByTheLastTrainingRowOfAny) {
  RawFeatures raw = random_raw(2, 30, 1);
  InputTable train = input_table(raw);
  train.segments[1] = rows_between(train, days(std::nullopt, 4)).segments[1];
  train.segments[0] = rows_between(train, days(std::nullopt, 19)).segments[0];
  const InputTable middle = rows_between(input_table(raw), days(5, 9));
  InputTable only_second = middle;
  only_second.segments.erase(only_second.segments.begin());
  const ColumnTransform each = ColumnTransform({.per_symbol = true}).fit(train, names_of(raw), pool_);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)each.apply(only_second, {}, pool_); }),
              AllOf(HasSubstr("5 of 5 rows"), HasSubstr("of B")));
  const InputTable later = rows_between(input_table(raw), days(20, std::nullopt));
  EXPECT_EQ(each.apply(later, {}, pool_).report.in_sample_rows, 0);
  const ColumnTransform pooled = ColumnTransform().fit(train, names_of(raw), pool_);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)pooled.apply(only_second, {}, pool_); }),
              HasSubstr("5 of 5 rows"));
}

// Fitted up to the middle of December on days and months: neither the month that goes on nor a day that the
// training bars already knew gets through.
TEST_F(ColumnTransformTest, JudgesBarsOfAnyLengthByTheirEnd) {
  RawInstrument daily = raw_instrument("D", {number_column("x", std::vector<double>(400, 1))});
  RawInstrument monthly = raw_instrument("M", {number_column("x", std::vector<double>(12, 1))});
  monthly.timeframe = market::Timeframe{0, 1};
  for (int month = 1; month <= 12; ++month)
    monthly.timestamps[static_cast<std::size_t>(month) - 1] =
        to_timestamp({.year = 2020, .month = month}).value();
  const RawFeatures raw = raw_features({daily, monthly});
  const InputTable all = input_table(raw);
  const std::int64_t middle = 349, end = 366;  // 15 December 2020, 1 January 2021
  const ColumnTransform transform =
      ColumnTransform().fit(rows_between(all, days({}, middle)), names_of(raw), pool_);
  EXPECT_EQ(transform.fitted().range.row_count, middle + 1 + 11);
  const ColumnTransform whole = ColumnTransform().fit(
      rows_between(InputTable{all.source, all.origin, all.columns, {all.segments[1]}}, days({}, end - 1)),
      names_of(raw), pool_);
  EXPECT_EQ(whole.fitted().range.row_count, 12);
  const InputTable december = rows_between(all, days(middle + 1, end - 1));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)whole.apply(december, {}, pool_); }),
              HasSubstr("16 of 16 rows"));
  EXPECT_EQ(whole.apply(rows_between(all, days(end, {})), {}, pool_).report.in_sample_rows, 0);
}

TEST_F(ColumnTransformTest, FitsEachSymbolByItselfOnRequest) {
  const RawFeatures raw =
      raw_features({raw_instrument("A", {number_column("x", {1, 3}), word_column("w", {"a", "a"})}),
                    raw_instrument("B", {number_column("x", {100, 300}), word_column("w", {"b", ""})})});
  const ColumnTransform transform = fit(raw, {.per_symbol = true});
  const FeatureData data = transform.apply(input_table(raw), kDescribe, pool_).data;
  MatrixF a(2, 3), b(2, 3);
  a << -1, 1, 0, 1, 1, 0;
  b << -1, 0, 1, 1, 0, 1;
  EXPECT_EQ(bits_of(data.instruments[0].values), bits_of(a));
  EXPECT_EQ(bits_of(data.instruments[1].values), bits_of(b));
}

TEST_F(ColumnTransformTest, RefusesAnUnknownSymbolWhenFittedPerSymbol) {
  const ColumnTransform transform = fit(random_raw(2, 10, 1), {.per_symbol = true});
  const RawFeatures other = random_raw(3, 10, 1);
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { (void)transform.apply(input_table(other), kDescribe, pool_); }),
      AllOf(HasSubstr("does not know 'C'"), HasSubstr("per symbol")));
}

TEST_F(ColumnTransformTest, KeepsWhatOneSymbolLacksMissing) {
  const RawFeatures raw =
      raw_features({raw_instrument("A", {number_column("x", {1, 3}), number_column("y", {1, 2})}),
                    raw_instrument("B", {number_column("x", {kNaN, kNaN}), number_column("y", {1, 2})})});
  const ColumnTransform transform = fit(raw, {.per_symbol = true});
  const FeatureData data = transform.apply(input_table(raw), kDescribe, pool_).data;
  EXPECT_EQ(data.instruments[0].values(0, 0), -1.0F);
  EXPECT_TRUE(std::isnan(data.instruments[1].values(0, 0)));
  EXPECT_EQ(data.instruments[1].values(0, 1), -1.0F);
  EXPECT_THAT(transform.report().columns[0].empty_in, ElementsAre("B"));
  EXPECT_THAT(transform.report().warnings(),
              Contains(AllOf(HasSubstr("stay missing"), HasSubstr("x (1 symbol)"))));
}

TEST_F(ColumnTransformTest, DropsEmptyColumnsAndReportsOddOnes) {
  const RawFeatures raw =
      raw_features({number_column("x", {1, 3, 2}), number_column("nothing", {kNaN, INFINITY, kNaN}),
                    number_column("same", {4, 4, kNaN}), number_column("wild", {1, -INFINITY, 7}),
                    word_column("none", {"", "", ""})});
  const ColumnTransform transform = fit(raw);
  EXPECT_THAT(transform.fitted().outputs, ElementsAre("x", "same", "wild"));
  const FeatureTable table = describe(transform, raw);
  EXPECT_TRUE((table.values.col(1).array() == 0).all());
  EXPECT_EQ(transform.report().columns[3].infinite, 1);
  EXPECT_THAT(transform.report().warnings(),
              Contains(AllOf(HasSubstr("dropped"), HasSubstr("nothing, none"))));
  EXPECT_THAT(transform.report().warnings(), Contains(AllOf(HasSubstr("constant"), HasSubstr("same"))));
  EXPECT_THAT(transform.report().warnings(),
              Contains(AllOf(HasSubstr("infinite"), HasSubstr("wild (1 of 3 rows)"))));
}

TEST_F(ColumnTransformTest, RefusesAnAllEmptyTable) {
  const RawFeatures raw = raw_features({number_column("x", {kNaN, kNaN})});
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)fit(raw); }), HasSubstr("none of the 1 columns"));
  const InputTable none = rows_between(input_table(raw), days(9, std::nullopt));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)ColumnTransform().fit(none, {"x"}, pool_); }),
              HasSubstr("no row to fit on"));
}

TEST_F(ColumnTransformTest, NamesEveryColumnThatDoesNotFit) {
  const ColumnTransform transform = fit(raw_features(
      {number_column("rsi", {1, 2}), number_column("atr", {1, 2}), word_column("mood", {"a", "b"})}));
  const RawFeatures other = raw_features(
      {number_column("rsi_14", {1, 2}), word_column("atr", {"x", "y"}), number_column("mood", {1, 2})});
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { (void)transform.apply(input_table(other), kDescribe, pool_); }),
      AllOf(HasSubstr("'rsi' is missing"), HasSubstr("'atr' holds category values"),
            HasSubstr("'mood' holds number values"), HasSubstr("fit it again")));
}

TEST_F(ColumnTransformTest, TakesColumnsInAnyOrderAndEmptyOnesOfAnyKind) {
  const RawFeatures raw = raw_features({number_column("x", {1, 3}), word_column("w", {"a", "b"}),
                                        number_column("up", {1, 0}, ColumnKind::kBoolean)});
  const ColumnTransform transform = fit(raw);
  const RawFeatures other = raw_features(
      {number_column("up", {1, kNaN}), word_column("x", {"", ""}), number_column("w", {kNaN, kNaN})});
  const FeatureTable table = describe(transform, other);
  MatrixF expected(2, 4);  // the median 2 becomes 0, the most frequent words and booleans are a and false
  expected << 0, 1, 0, 1, 0, 1, 0, 0;
  EXPECT_EQ(bits_of(table.values), bits_of(expected));
}

TEST_F(ColumnTransformTest, PassesOtherColumnsThrough) {
  const RawFeatures raw = raw_features({number_column("x", {1, 3}), number_column("close", {10, 11})});
  const ColumnTransform transform = ColumnTransform().fit(input_table(raw), {"x"}, pool_);
  const FeatureTable table = describe(transform, raw);
  ASSERT_EQ(table.extras.size(), 1U);
  expect_same(table.extras[0], raw.instruments[0].columns[1]);
  const ApplyOptions bare{.purpose = Purpose::kDescription, .keep_other_columns = false};
  EXPECT_THAT(transform.apply(input_table(raw), bare, pool_).data.instruments[0].extras, IsEmpty());
}

TEST_F(ColumnTransformTest, RefusesTwoFeaturesOfOneName) {
  const RawFeatures raw = raw_features({word_column("c", {"x", "y"}), number_column("c=x", {1, 2})});
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)fit(raw); }), HasSubstr("'c=x'"));
}

TEST_F(ColumnTransformTest, CountsUnknownWordsPerColumn) {
  const ColumnTransform transform = fit(raw_features({word_column("mood", {"a", "b"})}));
  const RawFeatures other = raw_features({word_column("mood", {"z", "a"})});
  const ApplyReport report = transform.apply(input_table(other), kDescribe, pool_).report;
  EXPECT_EQ(report.total().unknown, 1);
  EXPECT_THAT(report.warnings(), Contains(HasSubstr("mood (1 of 2 rows)")));
}

TEST_F(ColumnTransformTest, GivesAFeatureMatrixTheSameAsItsColumns) {
  FeatureData data;
  data.instruments = {random_features("A", 40, 3, 1), random_features("B", 30, 3, 2)};
  const InputTable table = input_table(data, "matrix");
  const ColumnTransform transform = ColumnTransform().fit(table, data.instruments[0].names, pool_);
  const FeatureData scaled = transform.apply(table, kDescribe, pool_).data;
  // Pooled and imputed, each feature has mean 0 and deviation 1.
  for (Eigen::Index f = 0; f < 3; ++f) {
    std::vector<long double> values;
    for (const FeatureTable& one : scaled.instruments) {
      for (Eigen::Index row = 0; row < one.values.rows(); ++row) values.push_back(one.values(row, f));
    }
    EXPECT_NEAR(static_cast<double>(plain_mean(values)), 0, 1e-6);
    EXPECT_NEAR(static_cast<double>(plain_deviation(values)), 1, 1e-6);
  }
}

TEST_F(ColumnTransformTest, RefusesWhatWasTransformedBefore) {
  const RawFeatures raw = random_raw(1, 30, 1);
  const ColumnTransform transform = fit(raw);
  RawFeatures scaled = raw;
  scaled.metadata = transform.apply(input_table(raw), kDescribe, pool_).data.metadata;
  const auto refusal = AllOf(HasSubstr("already transformed, by standard fitted on 2020-01-01T00:00:00Z"),
                             HasSubstr("Give the features from before"));
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { (void)transform.apply(input_table(scaled), kDescribe, pool_); }),
      refusal);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)fit(scaled); }), refusal);
}

TEST_F(ColumnTransformTest, SpeaksOfRowNumbersWhereThereIsNoTime) {
  RawFeatures raw = random_raw(1, 30, 1);
  raw.metadata = {{"time", "row numbers"}};
  const ColumnTransform transform = fit(raw);
  const std::string message =
      message_of(ErrorKind::kUsage, [&] { (void)transform.apply(input_table(raw), {}, pool_); });
  EXPECT_THAT(message,
              AllOf(HasSubstr("known by number alone"), HasSubstr("30 of 30"), HasSubstr("(30 rows)"),
                    HasSubstr(".timestamps.npy"), HasSubstr("--in-sample allow")));
  EXPECT_THAT(message, Not(HasSubstr("--from")));
  EXPECT_THAT(message, Not(HasSubstr("2020")));
}

TEST_F(ColumnTransformTest, CannotBeUsedBeforeItIsFitted) {
  const RawFeatures raw = random_raw(1, 3, 1);
  EXPECT_THAT(message_of(ErrorKind::kInternal,
                         [&] { (void)ColumnTransform().apply(input_table(raw), kDescribe, pool_); }),
              HasSubstr("before it was fitted"));
}

}  // namespace
}  // namespace regimetry::features
