#include "embeddings/encoder_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "core/expect_error.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"
#include "features/files/write_features.hpp"
#include "features/transform/transform_file.hpp"
#include "features/transform/transform_input.hpp"

namespace regimetry::embeddings {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Notes final : Observer {
  void on_note(std::string_view text) override { notes.emplace_back(text); }
  void on_warning(std::string_view text) override { warnings.emplace_back(text); }
  std::vector<std::string> notes, warnings;
};

class EncoderInputTest : public testing::Test {
 protected:
  // Days from 2020-01-01 of one instrument.
  std::filesystem::path write_table(const std::vector<std::string>& cells, const std::string& header) {
    std::string text = "timestamp," + header + "\n";
    for (std::size_t i = 0; i < cells.size(); ++i)
      text += format_timestamp((18'262 + static_cast<std::int64_t>(i)) * kNsPerDay) + "," + cells[i] + "\n";
    return folder_.write("table.csv", text);
  }
  std::filesystem::path write_numbers() { return write_table({"1,10", "3,30", "2,20", "6,20"}, "a,b"); }
  EncoderInput read(const std::filesystem::path& path, const EncoderInputOptions& options = {}) {
    return read_encoder_input(path, options, {}, pool_, observer_);
  }
  TemporaryFolder folder_;
  ThreadPool pool_{2};
  Notes observer_;
};

TEST_F(EncoderInputTest, BringsTablesToOneScaleAndSaysThatItKnowsTheFuture) {
  const EncoderInput input = read(write_numbers());
  const features::MatrixF& values = input.data.instruments.at(0).values;
  EXPECT_THAT(input.data.instruments[0].names, ElementsAre("a", "b"));
  EXPECT_FLOAT_EQ(values(0, 0), static_cast<float>((1 - 3) / std::sqrt(3.5)));
  EXPECT_FLOAT_EQ(values(3, 0), static_cast<float>((6 - 3) / std::sqrt(3.5)));
  EXPECT_EQ(input.transform.at("method"), "standard");
  EXPECT_EQ(input.transform.at("source"), "fitted here");
  EXPECT_EQ(input.transform.at("descriptive"), true);
  EXPECT_EQ(input.transform.at("fitted_last"), "2020-01-04T00:00:00Z");
  EXPECT_TRUE(input.fitted);
  EXPECT_THAT(observer_.notes,
              Contains(HasSubstr("learned from all rows, so every embedding knows its future")));
}

TEST_F(EncoderInputTest, LearnsUpToTheStampItWasTold) {
  EncoderInputOptions options;
  options.fit_span.last = parse_iso_timestamp("2020-01-04");
  const EncoderInput input = read(write_numbers(), options);
  EXPECT_FLOAT_EQ(input.data.instruments.at(0).values(3, 0),
                  static_cast<float>((6 - 2) / std::sqrt(2.0 / 3)));
  EXPECT_EQ(input.transform.at("descriptive"), false);
  EXPECT_EQ(input.transform.at("in_sample_rows"), 3);
  EXPECT_THAT(observer_.notes, Contains(HasSubstr("3 of 4 rows lie inside or before the range")));
  options.fit_span.last = parse_iso_timestamp("2019-01-03");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { static_cast<void>(read(write_numbers(), options)); }),
              HasSubstr("nothing to learn the scale from"));
}

TEST_F(EncoderInputTest, TakesValuesAsTheyAreWhenAsked) {
  const EncoderInput input = read(write_numbers(), {.transform = kNoTransform});
  EXPECT_EQ(input.data.instruments.at(0).values(1, 1), 30.0F);
  EXPECT_EQ(input.transform.dump(), R"({"method":"none"})");
  EXPECT_FALSE(input.fitted);
}

TEST_F(EncoderInputTest, TakesArraysAsTheyAreAndSaysSo) {
  const std::filesystem::path path = folder_ / "matrix.npy";
  write_npy(path, std::vector<float>{1, 2, 4, 8, 3, 9}, std::array<std::int64_t, 2>{3, 2});
  const EncoderInput input = read(path);
  EXPECT_EQ(input.data.instruments.at(0).values(1, 1), 8.0F);
  EXPECT_THAT(observer_.notes, Contains(HasSubstr("values are taken as they are")));
  EXPECT_FLOAT_EQ(read(path, {.transform = kStandardTransform}).data.instruments.at(0).values(1, 1),
                  static_cast<float>((8 - 19.0 / 3) / std::sqrt((4 + 64 + 81) / 3.0 - 361.0 / 9)));
}

TEST_F(EncoderInputTest, NeverScalesTwice) {
  const std::filesystem::path table = write_numbers();
  EncoderInput scaled = read(table);
  scaled.data.metadata["transform"] = {{"method", "standard"}};
  const std::filesystem::path path = folder_ / "scaled.parquet";
  features::write_features(path, scaled.data, pool_, observer_);
  EXPECT_EQ(read(path).data.instruments.at(0).values, scaled.data.instruments.at(0).values);
  EXPECT_THAT(observer_.notes, Contains(HasSubstr("taken as they are, for a transform made them")));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] { static_cast<void>(read(path, {.transform = kStandardTransform})); }),
              HasSubstr("was already transformed"));
}

TEST_F(EncoderInputTest, LeavesMissingValuesMissing) {
  const EncoderInput input = read(write_table({",1", "1,2", ",3", "2,4"}, "a,b"));
  const features::MatrixF& values = input.data.instruments.at(0).values;
  EXPECT_TRUE(std::isnan(values(0, 0)));
  EXPECT_TRUE(std::isnan(values(2, 0)));
  EXPECT_FLOAT_EQ(values(1, 0), -1.0F);
}

TEST_F(EncoderInputTest, KeepsTheWarmUpOutThoughAFileImputes) {
  const std::filesystem::path table = write_table({",1", "1,2", ",3", "2,4"}, "a,b");
  features::ColumnTransform transform;  // imputes
  const auto raw = features::read_transform_input(table, {}, pool_, observer_);
  transform.fit(raw.table(), {"a", "b"}, pool_);
  const std::filesystem::path file = folder_ / "scaler.json";
  features::write_transform(file, transform.fitted());
  const EncoderInput input = read(table, {.transform = file.string()});
  const features::MatrixF& values = input.data.instruments.at(0).values;
  EXPECT_TRUE(std::isnan(values(0, 0)));
  EXPECT_TRUE(std::isnan(values(0, 1)));
  EXPECT_TRUE(std::isfinite(values(2, 0)));
  EXPECT_EQ(input.transform.at("source"), file.string());
}

TEST_F(EncoderInputTest, NamesOnlyTheRowOfABareMatrix) {
  const std::filesystem::path path = folder_ / "matrix.npy";
  write_npy(path, std::vector<float>{1, 2, 4, INFINITY, 3, 9}, std::array<std::int64_t, 2>{3, 2});
  const std::string message =
      message_of(ErrorKind::kData, [&] { static_cast<void>(read(path, {.transform = kNoTransform})); });
  EXPECT_THAT(message, AllOf(HasSubstr("is infinite in row 1."), Not(HasSubstr("1970"))));
}

TEST_F(EncoderInputTest, RefusesInfinityByPlace) {
  const std::filesystem::path table = write_table({"1,1", "2,2", "9,inf", "4,4"}, "a,b");
  for (const char* transform : {kStandardTransform, kNoTransform}) {
    EXPECT_THAT(
        message_of(ErrorKind::kData, [&] { static_cast<void>(read(table, {.transform = transform})); }),
        AllOf(HasSubstr("table.csv: column 'b'"), HasSubstr("is infinite at 2020-01-03"),
              HasSubstr("(row 2)")));
  }
  EncoderInputOptions without;
  without.columns.exclude_columns = {"b"};
  EXPECT_EQ(read(table, without).data.instruments.at(0).feature_count(), 1);
}

TEST_F(EncoderInputTest, ChoosesColumns) {
  const std::filesystem::path table =
      write_table({"1,1,x,true", "3,2,y,false", "2,3,x,true", "9,4,y,true"}, "rsi_1,other,word,flag");
  EncoderInputOptions options;
  options.columns.feature_columns = {"rsi_*"};
  EXPECT_THAT(read(table, options).data.instruments.at(0).names, ElementsAre("rsi_1"));
  options.columns.feature_columns = {"auto"};
  EXPECT_THAT(read(table, options).data.instruments.at(0).names, Contains("word=x"));
  options.transform = kNoTransform;
  EXPECT_THAT(read(table, options).data.instruments.at(0).names, Not(Contains("word")));
  EXPECT_THAT(observer_.notes,
              Contains(HasSubstr("columns of words are left out without a transform: word")));
  options.columns.feature_columns = {"word"};
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { static_cast<void>(read(table, options)); }),
              HasSubstr("column 'word' holds words"));
}

// A float holds 10^8 to the nearest 8.
TEST_F(EncoderInputTest, LearnsTheScaleOfADoubleMatrixFromItsDoubles) {
  const std::filesystem::path path = folder_ / "rows.npy";
  write_npy(path, std::vector<double>{1e8 + 1, 1e8 + 3, 1e8 + 1, 1e8 + 3}, std::array<std::int64_t, 2>{4, 1});
  const features::MatrixF values =
      read(path, {.transform = kStandardTransform}).data.instruments.at(0).values;
  for (Eigen::Index row = 0; row < 4; ++row) EXPECT_FLOAT_EQ(values(row, 0), row % 2 == 0 ? -1.0F : 1.0F);
}

TEST_F(EncoderInputTest, NamesTheMatrixWithANumberThatNoFloatHolds) {
  const std::filesystem::path path = folder_ / "rows.npy";
  write_npy(path, std::vector<double>{1, 3, 1e300, 4}, std::array<std::int64_t, 2>{4, 1});
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { static_cast<void>(read(path, {.transform = kNoTransform})); }),
      HasSubstr("rows.npy: column 'f0' holds 1e+300"));
}

TEST_F(EncoderInputTest, RefusesNumbersThatNoFloatHolds) {
  const std::filesystem::path table = write_table({"1", "3", "1e300", "4"}, "a");
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { static_cast<void>(read(table, {.transform = kNoTransform})); }),
      HasSubstr("column 'a' holds 1e+300 at 2020-01-03"));
}

TEST(EncoderInputOptions, SayWhatDoesNotGoTogether) {
  EXPECT_THAT(EncoderInputOptions{}.problems(), IsEmpty());
  EXPECT_THAT(
      (EncoderInputOptions{.transform = "robust"}).problems(),
      ElementsAre(HasSubstr("transform is 'robust'; it must be auto, standard, none, or a .json file")));
  EncoderInputOptions idle{.transform = "none"};
  idle.fit_span.last = 3;
  EXPECT_THAT(idle.problems(), ElementsAre(HasSubstr("no other uses it")));
}

}  // namespace
}  // namespace regimetry::embeddings
