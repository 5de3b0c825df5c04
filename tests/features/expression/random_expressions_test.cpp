// Expressions put together at random: each is refused with a word to the user, or runs.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/rng.hpp"
#include "features/graph/series_runner.hpp"
#include "features/sets/feature_set.hpp"

namespace regimetry::features {
namespace {

const std::vector<std::string> kPieces = {
    "rsi",   "(",      ")",    "14",    ",",       "close",
    "+",     "-",      "*",    "/",     "lag",     "ema_ratio(12,26)",
    "<",     ">=",     "if",   "`",     "x",       "period",
    "=",     "1e9",    "0",    " ",     "sma(20)", "across_rank",
    "clip(", "\n",     ";",    "-1)",   "mfi",     "own_series",
    "low",   "0.5,2",  "(((",  ")))",   "$",       "\xff",
    "hurst", ".",      "_",    "max",   "a=",      "spread",
    "1",     "volume", "fill", "diff(", "3)",      "bollinger_width(20,2)"};

std::string random_expression(RngStream& stream) {
  std::string text;
  const int pieces = 1 + static_cast<int>(stream.uniform() * 9);
  for (int i = 0; i < pieces; ++i)
    text += kPieces[static_cast<std::size_t>(stream.uniform() * static_cast<double>(kPieces.size()))];
  return text;
}

TEST(RandomExpressions, AreRefusedAsUsageOrRun) {
  RngStream stream = Rng(17).stream("test.expressions");
  const std::vector<std::string> columns{"x"};
  const std::vector<double> ones(8, 1.0);
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    FeatureSpecification specification;
    specification.features = {random_expression(stream)};
    specification.define = {{"spread", "ema(12) - ema(26)"}};
    try {
      const FeatureSet set(specification, columns);
      ++accepted;
      if (set.pass_count() > 1 || set.warmup() > 1'000) continue;
      SeriesRunner runner(set.pass(0), 8);
      const std::vector<const double*> sources(set.graph().sources().size(), ones.data());
      runner.run(sources.data(), 8);
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), ErrorKind::kUsage) << specification.features[0];
    }
  }
  EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace regimetry::features
