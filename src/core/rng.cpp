#include "core/rng.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/philox.hpp"
#include "core/portable_math.hpp"
#include "core/sha256.hpp"

namespace regimetry {
namespace {

__extension__ using Uint128 = unsigned __int128;

// Draws made at a time by the fill functions: few enough to stay in the first-level cache from step to step.
constexpr std::size_t kTile = 1024;

// An odd multiple of 2^-53: the upper 52 bits become the fraction of a double in [1, 2), and both sums are
// exact.
inline double to_open_unit(std::uint64_t bits) noexcept {
  return (std::bit_cast<double>(bits >> 12 | 0x3ff0000000000000U) - 1.0) + 0x1p-53;
}

// log(1 + x) from log alone: the rounding error of 1 + x is divided out again (W. Kahan's correction).
double portable_log1p(double x) noexcept {
  const double sum = 1.0 + x;
  return sum == 1.0 ? x : portable_log(sum) * x / (sum - 1.0);
}

}  // namespace

void RngStream::refill() noexcept {
  detail::philox_blocks(key_, substream_, next_block_, kBufferBlocks, buffer_.data());
  next_block_ += kBufferBlocks;
  used_halves_ = 0;
}

std::uint32_t RngStream::next_u32() noexcept {
  if (used_halves_ == 4 * kBufferBlocks) refill();
  const std::uint64_t word = buffer_[used_halves_ / 2];
  return static_cast<std::uint32_t>(used_halves_++ % 2 == 0 ? word : word >> 32);
}

// As next_u64() once per element; long runs bypass the buffer.
void RngStream::fill_words(std::span<std::uint64_t> out) noexcept {
  used_halves_ += used_halves_ % 2;
  const std::size_t buffered = std::min(out.size(), 2 * kBufferBlocks - used_halves_ / 2);
  std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(used_halves_ / 2), buffered, out.begin());
  used_halves_ += 2 * buffered;
  out = out.subspan(buffered);

  const std::size_t block_count = out.size() / (2 * kBufferBlocks) * kBufferBlocks;
  detail::philox_blocks(key_, substream_, next_block_, block_count, out.data());
  next_block_ += block_count;
  for (std::uint64_t& word : out.subspan(2 * block_count)) word = next_u64();
}

double RngStream::uniform(double low, double high) noexcept {
  return low + (high - low) * uniform();
}

std::uint64_t RngStream::below(std::uint64_t bound) noexcept {
  assert(bound > 0);
  // The upper half of draw * bound is the answer; the draws whose lower half falls below 2^64 mod bound are
  // the surplus that would favour some answers, and are drawn again.
  Uint128 product = static_cast<Uint128>(next_u64()) * bound;
  if (static_cast<std::uint64_t>(product) < bound) {
    const std::uint64_t surplus = (0 - bound) % bound;
    while (static_cast<std::uint64_t>(product) < surplus) product = static_cast<Uint128>(next_u64()) * bound;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

double RngStream::normal() noexcept {
  return normal_quantile(uniform());
}

double RngStream::exponential() noexcept {
  return -portable_log(uniform());
}

double RngStream::gamma(double shape) noexcept {
  assert(shape > 0);
  // Below shape 1 the method does not hold; Gamma(a) is Gamma(a + 1) times U^(1/a).
  if (shape < 1.0) {
    const double larger = gamma(shape + 1.0);
    return larger * portable_exp(portable_log(uniform()) / shape);
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double z = normal();
    const double root = 1.0 + c * z;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double u = uniform();
    const double z2 = z * z;
    if (u < 1.0 - 0.0331 * z2 * z2) return d * v;  // a cheap bound that decides most cases
    if (portable_log(u) < 0.5 * z2 + d * (1.0 - v + portable_log(v))) return d * v;
  }
}

double RngStream::chi_squared(double degrees_of_freedom) noexcept {
  return 2.0 * gamma(0.5 * degrees_of_freedom);
}

double RngStream::student_t(double degrees_of_freedom) noexcept {
  const double z = normal();
  return z / std::sqrt(chi_squared(degrees_of_freedom) / degrees_of_freedom);
}

double RngStream::student_t_unit(double degrees_of_freedom) noexcept {
  assert(degrees_of_freedom > 2);
  return student_t(degrees_of_freedom) * std::sqrt((degrees_of_freedom - 2.0) / degrees_of_freedom);
}

std::int64_t RngStream::negative_binomial(int r, double p) noexcept {
  assert(r >= 1 && p > 0.0 && p <= 1.0);
  if (p == 1.0) return 0;
  const double log_failure = portable_log1p(-p);
  constexpr double kMost = 0x1p62;  // the sum saturates here, where a count has long lost its meaning
  double failures = 0.0;
  for (int success = 0; success < r; ++success) failures += std::floor(portable_log(uniform()) / log_failure);
  return static_cast<std::int64_t>(std::min(failures, kMost));
}

std::size_t RngStream::categorical(std::span<const double> weights) noexcept {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  assert(total > 0.0);
  const double target = uniform() * total;
  double below_here = 0.0;
  std::size_t last_possible = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0.0) continue;
    below_here += weights[i];
    last_possible = i;
    if (target < below_here) return i;
  }
  return last_possible;  // rounding may leave target == total
}

std::vector<std::int64_t> RngStream::permutation(std::int64_t count) {
  assert(count >= 0);
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[below(left)]);
  return order;
}

void RngStream::fill_uniform(std::span<double> out) noexcept {
  std::array<std::uint64_t, kTile> words;
  while (!out.empty()) {
    const std::size_t count = std::min(out.size(), kTile);
    fill_words(std::span(words).first(count));
    for (std::size_t i = 0; i < count; ++i) out[i] = to_open_unit(words[i]);
    out = out.subspan(count);
  }
}

void RngStream::fill_normal(std::span<double> out) noexcept {
  while (!out.empty()) {
    const auto tile = out.first(std::min(out.size(), kTile));
    fill_uniform(tile);
    normal_quantile(tile, tile);
    out = out.subspan(tile.size());
  }
}

void RngStream::fill_exponential(std::span<double> out) noexcept {
  while (!out.empty()) {
    const auto tile = out.first(std::min(out.size(), kTile));
    fill_uniform(tile);
    portable_log(tile, tile);
    for (double& value : tile) value = -value;
    out = out.subspan(tile.size());
  }
}

RngStream Rng::stream(std::string_view name, std::uint64_t substream) const {
  std::array<std::byte, 8> seed_bytes;
  for (std::size_t i = 0; i < 8; ++i) seed_bytes[i] = static_cast<std::byte>(seed_ >> (8 * i));
  const auto digest = Sha256().update("regimetry stream\n").update(seed_bytes).update(name).finish();
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key |= static_cast<std::uint64_t>(digest[i]) << (8 * i);
  return RngStream(key, substream);
}

}  // namespace regimetry
