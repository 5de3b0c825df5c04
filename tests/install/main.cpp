// Uses one thing of each installed room, so that a missing header or library fails here and not at a user's.
#include <cstdio>

#include "core/rng.hpp"
#include "core/time.hpp"
#include "embeddings/embed_windows.hpp"
#include "features/compute_features.hpp"
#include "market/reading/read_market.hpp"
#include "windows/windows.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  regimetry::ThreadPool pool(1);
  const auto result = regimetry::market::read_market({argv[1]}, {}, pool, regimetry::silent_observer());
  std::printf("%lld bars of %s, last %s\n", static_cast<long long>(result.data.bar_count()),
              result.data.instruments.at(0).symbol.c_str(),
              regimetry::format_timestamp(result.data.instruments.at(0).timestamps.back()).c_str());
  regimetry::features::FeatureSpecification wanted;
  wanted.features = {"log_return(1)"};
  const regimetry::features::FeatureData features = regimetry::features::compute_features(
      result.data, regimetry::features::FeatureSet(wanted), {}, pool, regimetry::silent_observer());
  const regimetry::windows::Windows windows(features, {.window_size = 2});
  if (windows.size() == 0) return 1;
  regimetry::models::RegimeEncoderOptions options;
  options.feature_count = windows.feature_count();
  options.window_size = windows.window_size();
  const auto engine =
      regimetry::models::make_rows_engine(regimetry::models::initial_weights(options, regimetry::Rng(42)));
  const regimetry::embeddings::Embeddings embeddings =
      regimetry::embeddings::embed_windows(windows, *engine, pool, regimetry::silent_observer());
  if (embeddings.values.rows() != windows.size()) return 1;
  return regimetry::Rng(1).stream("stranger").uniform() < 1.0 ? 0 : 1;
}
