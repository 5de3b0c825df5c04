#include "regimes/model/regime_model_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "regimes/model/fit_method.hpp"

namespace regimetry::regimes {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Three groups in the plane, each row near the next.
MatrixF groups() {
  MatrixF values(300, 2);
  RngStream stream(4);
  for (int row = 0; row < 300; ++row) {
    const double center = 10.0 * (row / 50 % 3);
    values.row(row) << static_cast<float>(center + stream.normal()),
        static_cast<float>(100 + stream.normal());
  }
  return values;
}

class RegimeModelFilesTest : public testing::TestWithParam<RegimeMethod> {
 protected:
  RegimeModel model() {
    const MatrixF values = groups();
    const RowScaler scaler = RowScaler::fit(values);
    const MatrixF scaled = scaler.scale(values);
    const RegimeRows rows{scaled, sequences_};
    RegimeOptions options;
    options.method = GetParam();
    options.regime_count = 3;
    MethodFit fitted = fit_method(rows, options, Rng(1), pool_);
    std::vector<std::int32_t> ids = {5, 0, 2};
    ids.resize(static_cast<std::size_t>(fitted.method->regime_count()));
    return {scaler,
            fitted.method,
            ids,
            NoveltyGauge(rows, {}, pool_),
            {.columns = {"a", "b"},
             .encoder_digest = "e",
             .window_size = 1,
             .trained_rows = 300,
             .trained_last = 299,
             .settings = {{"starts", 10}},
             .version = "1.2"}};
  }
  void damage(const char* from, const char* to) {
    std::string text = TemporaryFolder::read(folder_ / "m/regime_model.json");
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    folder_.write("m/regime_model.json", text.replace(at, std::string(from).size(), to));
  }
  std::string read_error() {
    return message_of(ErrorKind::kData, [&] { (void)read_regime_model(folder_ / "m"); });
  }
  std::vector<IndexRange> sequences_ = {{0, 150}, {150, 300}};
  ThreadPool pool_{1};
  TemporaryFolder folder_;
};

TEST_P(RegimeModelFilesTest, ComeBackAndSayTheSameOfNewRows) {
  const RegimeModel written = model();
  write_regime_model(folder_ / "m", written);
  const RegimeModel read = read_regime_model(folder_ / "m");
  EXPECT_EQ(read.facts().columns, written.facts().columns);
  EXPECT_EQ(read.facts().settings, written.facts().settings);
  EXPECT_EQ(read.facts().trained_last, 299);
  RegimeAssigner before = written.start(), after = read.start();
  RngStream stream(8);
  for (int row = 0; row < 200; ++row) {
    const std::array<float, 2> values = {static_cast<float>(20 * stream.uniform()),
                                         static_cast<float>(100 + stream.normal())};
    const RegimeAssignment one = before.push(values), other = after.push(values);
    ASSERT_EQ(one.id, other.id);
    ASSERT_EQ(one.probability, other.probability);
    ASSERT_EQ(one.distance, other.distance);
  }
}

TEST_P(RegimeModelFilesTest, AreTheSameBytesForTheSameModel) {
  write_regime_model(folder_ / "m", model());
  write_regime_model(folder_ / "n", model());
  for (const char* name : {"regime_model.json", "regime_model.safetensors"})
    EXPECT_EQ(read_file(folder_ / "m" / name), read_file(folder_ / "n" / name)) << name;
}

TEST_P(RegimeModelFilesTest, NeverMixHalvesOfTwoModels) {
  write_regime_model(folder_ / "m", model());
  damage("\"tensors_sha256\": \"", "\"tensors_sha256\": \"0");
  EXPECT_THAT(read_error(),
              AllOf(HasSubstr("regime_model.json: tensors_sha256"), HasSubstr("write it again")));
}

TEST_P(RegimeModelFilesTest, RefuseWhatTheyCannotHold) {
  write_regime_model(folder_ / "m", model());
  damage("\"ids\": [\n    5,", "\"ids\": [\n    0,");
  EXPECT_THAT(read_error(), HasSubstr("names a regime twice"));
  write_regime_model(folder_ / "m", model());
  damage("\"width\": 2", "\"width\": 3");
  EXPECT_THAT(read_error(), HasSubstr("width is not 2"));
  folder_.write("m/regime_model.json", "{");
  EXPECT_THAT(read_error(), HasSubstr("is no JSON: it breaks off at line 1. It was damaged"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_regime_model(folder_ / "none"); }),
              HasSubstr("is no folder of a regime model"));
}

TEST_P(RegimeModelFilesTest, AreFoundInTheFolderAroundThem) {
  EXPECT_FALSE(has_regime_model(folder_.path()));
  EXPECT_EQ(find_regime_model(folder_.path()), folder_.path());
  write_regime_model(folder_ / "regime_model", model());
  EXPECT_EQ(find_regime_model(folder_.path()), folder_ / "regime_model");
  EXPECT_EQ(find_regime_model(folder_ / "regime_model"), folder_ / "regime_model");
  write_regime_model(folder_.path(), model());
  EXPECT_EQ(find_regime_model(folder_.path()), folder_.path());
}

INSTANTIATE_TEST_SUITE_P(Methods, RegimeModelFilesTest,
                         testing::ValuesIn(all_methods().begin(), all_methods().end()),
                         [](const auto& test) { return std::string(method_name(test.param)); });

}  // namespace
}  // namespace regimetry::regimes
