#include "features/support/slow_walk.hpp"

#include "core/rng.hpp"

namespace regimetry::features::testing {

std::vector<double> slow_walk(std::size_t count, std::uint64_t seed) {
  RngStream stream = Rng(seed).stream("test.slow_walk");
  std::vector<double> prices;
  prices.reserve(count);
  double price = 1e6;
  for (std::size_t i = 0; i < count; ++i) {
    prices.push_back(price);
    price += 0.01 * stream.normal();
  }
  return prices;
}

}  // namespace regimetry::features::testing
