#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "core/portable_kernels.hpp"
#include "core/portable_math.hpp"

namespace regimetry {
namespace {

// Elements worked on at a time; the scratch arrays stay in the first-level cache.
constexpr std::size_t kTile = 512;

// The inputs of one tile that lie in the tails: about 15 % when they are uniform.
struct Tails {
  std::array<std::uint32_t, kTile> at;  // where in the tile
  std::array<double, kTile> p;
  std::array<double, kTile> root, quantile;
  std::size_t count = 0;
};

// Collects without a branch: one that is taken at random 15 % of the time would be mispredicted as often.
void collect_tails(const double* p, std::size_t count, Tails& tails) noexcept {
  std::size_t tail_count = 0;
  for (std::size_t i = 0; i < count; ++i) {
    tails.at[tail_count] = static_cast<std::uint32_t>(i);
    tails.p[tail_count] = p[i];
    tail_count += std::abs(p[i] - 0.5) > detail::kQuantileCentre ? 1U : 0U;
  }
  tails.count = tail_count;
}

void evaluate_tails(Tails& tails) noexcept {
  double largest_root = 0.0;
  for (std::size_t i = 0; i < tails.count; ++i) tails.root[i] = detail::quantile_tail_root(tails.p[i]);
  for (std::size_t i = 0; i < tails.count; ++i) {
    tails.quantile[i] = std::copysign(detail::quantile_tail(tails.root[i]), tails.p[i] - 0.5);
  }
  for (std::size_t i = 0; i < tails.count; ++i) {
    largest_root = tails.root[i] > largest_root ? tails.root[i] : largest_root;
  }
  if (largest_root <= detail::kQuantileTailSplit) return;
  for (std::size_t i = 0; i < tails.count; ++i) {  // one uniform input in 3.6e10
    if (tails.root[i] <= detail::kQuantileTailSplit) continue;
    tails.quantile[i] = std::copysign(detail::quantile_far_tail(tails.root[i]), tails.p[i] - 0.5);
  }
}

void quantiles_of_tile(const double* p, double* out, std::size_t count) noexcept {
  Tails tails;
  collect_tails(p, count, tails);  // before `out` is written, which may be `p`
  for (std::size_t i = 0; i < count; ++i) out[i] = detail::quantile_centre(p[i] - 0.5);
  evaluate_tails(tails);
  for (std::size_t i = 0; i < tails.count; ++i) out[tails.at[i]] = tails.quantile[i];
}

}  // namespace

double normal_quantile(double p) noexcept {
  const double q = p - 0.5;
  if (q >= -detail::kQuantileCentre && q <= detail::kQuantileCentre) return detail::quantile_centre(q);
  const double root = detail::quantile_tail_root(p);
  const double size =
      root > detail::kQuantileTailSplit ? detail::quantile_far_tail(root) : detail::quantile_tail(root);
  return std::copysign(size, q);
}

void normal_quantile(std::span<const double> p, std::span<double> out) noexcept {
  assert(p.size() == out.size());
  for (std::size_t begin = 0; begin < p.size(); begin += kTile) {
    quantiles_of_tile(p.data() + begin, out.data() + begin, std::min(kTile, p.size() - begin));
  }
}

}  // namespace regimetry
