#include "market/simulation/splits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace regimetry::market {

void apply_splits(Bars& bars, int count, RngStream stream) {
  constexpr std::array<double, 4> kRatios{2, 3, 4, 0.1};
  const auto size = static_cast<std::size_t>(bars.size());
  Column ratios{.name = "split_ratio",
                .kind = ColumnKind::kNumber,
                .numbers = std::vector<double>(size, 1.0),
                .codes = {},
                .categories = {},
                .times = {}};
  for (int placed = 0; placed < count;) {
    const auto bar = static_cast<std::size_t>(1 + stream.below(size - 1));
    const double ratio = kRatios[stream.below(kRatios.size())];
    if (ratios.numbers[bar] != 1) continue;
    ratios.numbers[bar] = ratio;
    ++placed;
  }
  double shares = 1;  // per share of the first bar
  for (std::size_t t = 0; t < size; ++t) {
    shares *= ratios.numbers[t];
    if (shares == 1) continue;
    for (auto column : {&Bars::open, &Bars::high, &Bars::low, &Bars::close}) (bars.*column)[t] /= shares;
    bars.volume[t] = std::max(1.0, std::nearbyint(bars.volume[t] * shares));
  }
  bars.extras.push_back(std::move(ratios));
}

}  // namespace regimetry::market
