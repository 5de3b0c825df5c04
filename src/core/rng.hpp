// Random numbers that are the same everywhere: named, counter-based streams (Philox4x32-10) and our own
// distributions.
//
// Why: `std::` distributions differ between libraries and a shared generator ties every draw to the order of
// the calls. Here the key of a stream is made of the run's seed and the stream's name: the first 8 bytes,
// least significant first, of the SHA-256 of "regimetry stream\n", the seed's 8 bytes (least significant
// first) and the name. Its n-th block of 128 bits depends on (key, substream, n) only. Adding a stage, a
// thread or an instrument changes no other draw.
//
//   const Rng rng(42);
//   RngStream noise = rng.stream("simulate.returns", instrument_idx);
//   const double z = noise.normal();
//
// A stream is a cursor: copying it copies the position. All arithmetic is our own (core/portable_math.hpp),
// so bits agree across compilers, processors and C libraries.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace regimetry {

// The Philox4x32-10 block function of Salmon et al. (2011), checked against their known-answer vectors.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                                         std::array<std::uint32_t, 2> key) noexcept;

class RngStream {
 public:
  explicit RngStream(std::uint64_t key, std::uint64_t substream = 0) noexcept
      : key_(key), substream_(substream), buffer_() {}

  [[nodiscard]] std::uint32_t next_u32() noexcept;
  // The next aligned half of a block: a single next_u32() before it leaves a word behind, which is skipped.
  [[nodiscard]] std::uint64_t next_u64() noexcept;
  // An odd multiple of 2^-53 in the open interval (0, 1), all equally likely: never 0 and never 1, so log()
  // and quantiles are always finite, and u and 1 - u have the same distribution.
  [[nodiscard]] double uniform() noexcept;
  [[nodiscard]] double uniform(double low, double high) noexcept;
  // 0 .. bound-1 without bias (Lemire's method); bound must be positive.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept;
  // Standard normal, by inversion of one uniform (Wichura's AS 241): one draw of 64 bits each.
  [[nodiscard]] double normal() noexcept;
  // Standard exponential by inversion.
  [[nodiscard]] double exponential() noexcept;
  // Gamma(shape, scale 1), shape > 0 (Marsaglia and Tsang 2000).
  [[nodiscard]] double gamma(double shape) noexcept;
  [[nodiscard]] double chi_squared(double degrees_of_freedom) noexcept;
  // Student-t with its own variance dof/(dof-2); see student_t_unit for variance one.
  [[nodiscard]] double student_t(double degrees_of_freedom) noexcept;
  // Student-t scaled to variance one; degrees_of_freedom must exceed 2.
  [[nodiscard]] double student_t_unit(double degrees_of_freedom) noexcept;
  // Failures before the r-th success, success probability p in (0, 1], integer r >= 1: a sum of r geometrics.
  [[nodiscard]] std::int64_t negative_binomial(int r, double p) noexcept;
  // Index drawn with the given probabilities (non-negative, need not be normalised; at least one positive).
  [[nodiscard]] std::size_t categorical(std::span<const double> weights) noexcept;
  // A uniformly random order of 0 .. count-1 (Fisher-Yates).
  [[nodiscard]] std::vector<std::int64_t> permutation(std::int64_t count);

  // Same values as calling the scalar form once per element from the current position; several times faster.
  void fill_uniform(std::span<double> out) noexcept;
  void fill_normal(std::span<double> out) noexcept;
  void fill_exponential(std::span<double> out) noexcept;

 private:
  void refill() noexcept;
  void fill_words(std::span<std::uint64_t> out) noexcept;

  // Blocks are made several at a time, which costs little more than one; each is two 64-bit words.
  static constexpr std::size_t kBufferBlocks = 32;

  std::uint64_t key_;
  std::uint64_t substream_;
  std::uint64_t next_block_ = 0;  // the first block not yet in buffer_
  std::array<std::uint64_t, 2 * kBufferBlocks> buffer_;
  std::size_t used_halves_ = 4 * kBufferBlocks;  // 32-bit words of buffer_ already handed out
};

// Here, because both are called once per draw and do almost nothing.
inline std::uint64_t RngStream::next_u64() noexcept {
  used_halves_ += used_halves_ % 2;
  if (used_halves_ == 4 * kBufferBlocks) refill();
  const std::uint64_t word = buffer_[used_halves_ / 2];
  used_halves_ += 2;
  return word;
}

inline double RngStream::uniform() noexcept {
  // The upper 52 bits become the fraction of a double in [1, 2); both sums are exact.
  return (std::bit_cast<double>(next_u64() >> 12 | 0x3ff0000000000000U) - 1.0) + 0x1p-53;
}

class Rng {
 public:
  explicit Rng(std::uint64_t seed) noexcept : seed_(seed) {}
  [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
  // The stream of that name; `substream` tells apart the members of a family, such as instruments.
  [[nodiscard]] RngStream stream(std::string_view name, std::uint64_t substream = 0) const;

 private:
  std::uint64_t seed_;
};

}  // namespace regimetry
