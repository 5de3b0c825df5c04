// Fitted transforms as numbers for a graph: the same bits as the transforms themselves give.
#include "cli/onnx_input_steps.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/expect_error.hpp"
#include "features/support/transform_samples.hpp"
#include "models/onnx/plain_input_steps.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::features;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A graph sees float32, so that is what the transform is given too.
RawFeatures random_floats(std::int64_t rows, std::uint64_t seed) {
  RawFeatures raw = random_raw(2, rows, seed);
  for (RawInstrument& instrument : raw.instruments) {
    for (market::Column& column : instrument.columns) {
      for (double& value : column.numbers) value = static_cast<double>(static_cast<float>(value));
    }
  }
  return raw;
}

// A cell as a graph takes it.
float raw_value(const market::Column& column, std::int64_t row, const OnnxInput& input) {
  const auto i = static_cast<std::size_t>(row);
  if (column.kind != market::ColumnKind::kCategory) return static_cast<float>(column.numbers[i]);
  if (column.codes[i] == market::kMissingCode) return std::nanf("");
  const std::vector<std::string>& words = input.words.at(column.name);
  const auto found =
      std::find(words.begin(), words.end(), column.categories[static_cast<std::size_t>(column.codes[i])]);
  return found == words.end() ? 99.0F : static_cast<float>(found - words.begin());
}

void expect_features(const RawInstrument& raw, const FeatureTable& expected, const OnnxInput& input) {
  ASSERT_EQ(input.steps.steps.size(), expected.names.size());
  for (std::size_t f = 0; f < expected.names.size(); ++f) {
    const models::InputStep& step = input.steps.steps[f];
    EXPECT_EQ(step.feature, expected.names[f]);
    const market::Column& column = raw.columns[static_cast<std::size_t>(step.column)];
    EXPECT_EQ(input.steps.columns[static_cast<std::size_t>(step.column)], column.name);
    for (std::int64_t row = 0; row < expected.values.rows(); ++row) {
      const float got = models::plain_feature(step, raw_value(column, row, input));
      const float want = expected.values(row, static_cast<Eigen::Index>(f));
      ASSERT_TRUE(got == want || (std::isnan(got) && std::isnan(want)))
          << step.feature << " row " << row << ": " << got << " instead of " << want;
    }
  }
}

std::vector<TransformOptions> all_options() {
  std::vector<TransformOptions> all;
  for (const bool per_symbol : {false, true}) {
    for (const MissingPolicy missing : {MissingPolicy::kImpute, MissingPolicy::kKeep}) {
      for (const TransformMethod method :
           {TransformMethod::kStandard, TransformMethod::kRobust, TransformMethod::kRankGauss})
        all.push_back({.method = method, .missing = missing, .per_symbol = per_symbol, .max_knots = 40});
      for (const OutsidePolicy outside :
           {OutsidePolicy::kClip, OutsidePolicy::kExtend, OutsidePolicy::kMissing})
        all.push_back({.method = TransformMethod::kMinMax100,
                       .outside = outside,
                       .missing = missing,
                       .per_symbol = per_symbol});
    }
  }
  return all;
}

TEST(OnnxInput, GivesTheBitsOfEveryTransform) {
  ThreadPool pool{2};
  const RawFeatures train = random_floats(300, 1), later = random_floats(200, 2);
  for (const TransformOptions& options : all_options()) {
    SCOPED_TRACE(fmt::format("{} {} {} {}", method_name(options.method), outside_name(options.outside),
                             missing_name(options.missing), options.per_symbol));
    ColumnTransform transform(options);
    transform.fit(input_table(train), names_of(train), pool);
    const FeatureData expected =
        transform.apply(input_table(later), {.purpose = Purpose::kDescription}, pool).data;
    for (std::size_t i = 0; i < later.instruments.size(); ++i) {
      const OnnxInput input =
          onnx_input(transform.fitted(), options.per_symbol ? later.instruments[i].symbol : "");
      EXPECT_EQ(input.keeps_missing, options.missing == MissingPolicy::kKeep);
      EXPECT_THAT(input.steps.problems(static_cast<std::int64_t>(transform.fitted().outputs.size())),
                  IsEmpty());
      expect_features(later.instruments[i], expected.instruments[i], input);
    }
  }
}

FittedTransform fit(const RawFeatures& raw, const TransformOptions& options) {
  ThreadPool pool{1};
  return ColumnTransform(options).fit(input_table(raw), names_of(raw), pool).fitted();
}

TEST(OnnxInput, MakesZerosOfAConstantColumn) {
  const RawFeatures raw = raw_features({number_column("x", {5, 5, kNaN})});
  for (const TransformMethod method : {TransformMethod::kStandard, TransformMethod::kRobust,
                                       TransformMethod::kRankGauss, TransformMethod::kMinMax100}) {
    const OnnxInput input = onnx_input(fit(raw, {.method = method}), "");
    for (const float value : {5.0F, 7.0F, std::nanf("")})
      EXPECT_EQ(models::plain_feature(input.steps.steps.at(0), value), 0.0F);
  }
}

TEST(OnnxInput, NumbersWordsInSortedOrder) {
  const RawFeatures raw =
      raw_features({word_column("mood", {"wild", "calm", "calm"}), number_column("x", {1, 2, 3})});
  const OnnxInput input = onnx_input(fit(raw, {}), "");
  EXPECT_THAT(input.words.at("mood"), ElementsAre("calm", "wild"));
  EXPECT_THAT(input.steps.columns, ElementsAre("mood", "x"));
  EXPECT_EQ(models::plain_feature(input.steps.steps[0], 0), 1.0F);  // mood=calm
  EXPECT_EQ(models::plain_feature(input.steps.steps[0], 1), 0.0F);
  EXPECT_EQ(models::plain_feature(input.steps.steps[0], std::nanf("")), 1.0F);  // the more frequent
  EXPECT_EQ(models::plain_feature(input.steps.steps[1], 1), 1.0F);              // mood=wild
  EXPECT_EQ(models::plain_feature(input.steps.steps[1], 2), 0.0F);              // a word not seen before
}

TEST(OnnxInput, AsksForASymbolWhereEachHasItsOwnScale) {
  const RawFeatures raw = raw_features(std::vector{raw_instrument("EURUSD", {number_column("x", {1, 2})}),
                                                   raw_instrument("GBPUSD", {number_column("x", {3, 5})})});
  const FittedTransform each = fit(raw, {.per_symbol = true});
  const auto pick = [&](const std::string& symbol) {
    return message_of(ErrorKind::kUsage, [&] { static_cast<void>(onnx_input(each, symbol)); });
  };
  EXPECT_THAT(pick(""), HasSubstr("must be one of EURUSD, GBPUSD"));
  EXPECT_THAT(pick("EURUSB"), HasSubstr("did you mean 'EURUSD'?"));
  EXPECT_THAT(pick("x"), HasSubstr("'x' is none of EURUSD, GBPUSD"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { static_cast<void>(onnx_input(fit(raw, {}), "EURUSD")); }),
              HasSubstr("leave --symbol out"));
}

TEST(OnnxInput, RefusesAColumnThatIsAlwaysMissing) {
  const RawFeatures raw = raw_features(
      std::vector{raw_instrument("A", {number_column("x", {1, 2}), number_column("y", {kNaN, kNaN})}),
                  raw_instrument("B", {number_column("x", {3, 5}), number_column("y", {1, 2})})});
  const FittedTransform each = fit(raw, {.per_symbol = true});
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { static_cast<void>(onnx_input(each, "A")); }),
              AllOf(HasSubstr("'y'"), HasSubstr("--exclude-columns")));
  EXPECT_EQ(onnx_input(each, "B").steps.steps.size(), 2U);
}

}  // namespace
}  // namespace regimetry::cli
