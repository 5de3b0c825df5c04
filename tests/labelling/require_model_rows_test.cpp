#include "labelling/require_model_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/expect_error.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/support/regime_walk.hpp"

namespace regimetry::labelling {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class RequireModelRowsTest : public testing::Test {
 protected:
  regimes::RegimeModel model() {
    LabelOptions options;
    options.regimes.method = regimes::RegimeMethod::kKMeans;
    options.regimes.regime_count = 3;
    options.with_asof = false;
    return label_regimes(walk_.source, walk_.returns, nullptr, options, Rng(1), pool_, silent_observer())
        .model;
  }
  std::string refusal(const RegimeSource& source) {
    return message_of(ErrorKind::kData, [&] { require_model_rows(model(), source); });
  }
  ThreadPool pool_{2};
  RegimeWalk walk_ = regime_walk(300);
};

TEST_F(RequireModelRowsTest, TakesMoreRowsOfTheSameKind) {
  EXPECT_NO_THROW(require_model_rows(model(), regime_walk(500).source));
}

TEST_F(RequireModelRowsTest, RefusesOtherRows) {
  RegimeSource fewer = walk_.source;
  fewer.values = walk_.source.values.leftCols(2);
  EXPECT_THAT(refusal(fewer), AllOf(HasSubstr("has 2 columns, and the model reads 3"), HasSubstr("x, y, z")));
  RegimeSource renamed = walk_.source;
  renamed.columns = {"x", "z", "y"};
  EXPECT_THAT(refusal(renamed),
              HasSubstr("holds the columns x, z, y, and the model was fitted on the columns x, y, z"));
  RegimeSource windows = walk_.source;
  windows.window_size = 30;
  EXPECT_THAT(refusal(windows), HasSubstr("windows of 30 bars, and the model of windows of 1"));
}

TEST_F(RequireModelRowsTest, RefusesEmbeddingsOfAnotherEncoder) {
  walk_.source.encoder_digest = "aaaaaaaaaa";
  RegimeSource other = walk_.source;
  other.encoder_digest = "bbbbbbbbbb";
  EXPECT_THAT(refusal(other), AllOf(HasSubstr("another encoder (bbbbbbbb)"), HasSubstr("(aaaaaaaa)")));
}

}  // namespace
}  // namespace regimetry::labelling
