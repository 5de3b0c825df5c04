// Sixteen floats at a time, on whatever registers the file that includes this is compiled for.
//
// Why sixteen everywhere: sums over lanes then have one order, so AVX-512 and AVX2 give the same bits. Only
// processors without fused multiply-add (before 2013) round products separately and differ in the last bits.
//
// Included by row_kernels_<level>.cpp alone. No function of the standard library may be used here or there:
// its inline code, compiled for a newer processor, could be the copy that the linker keeps for all others.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#ifndef REGIMETRY_KERNEL_LEVEL
#error "define REGIMETRY_KERNEL_LEVEL, a namespace, before including this"
#endif

namespace regimetry::nn::REGIMETRY_KERNEL_LEVEL {

inline constexpr int kLaneCount = 16;

#if defined(__AVX512F__)

struct Lanes {
  __m512 v;
  static Lanes zero() { return {_mm512_setzero_ps()}; }
  static Lanes all(float x) { return {_mm512_set1_ps(x)}; }
  static Lanes load(const float* p) { return {_mm512_loadu_ps(p)}; }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
};
inline Lanes operator+(Lanes a, Lanes b) {
  return {_mm512_add_ps(a.v, b.v)};
}
inline Lanes operator-(Lanes a, Lanes b) {
  return {_mm512_sub_ps(a.v, b.v)};
}
inline Lanes operator*(Lanes a, Lanes b) {
  return {_mm512_mul_ps(a.v, b.v)};
}
inline Lanes fma(Lanes a, Lanes b, Lanes c) {
  return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
// max(a, b) is b where either is NaN, on all levels.
inline Lanes max(Lanes a, Lanes b) {
  return {_mm512_max_ps(a.v, b.v)};
}
// Lanes from `count` on become those of b, whatever they hold: infinities and NaN too.
inline Lanes first_lanes_or(Lanes a, std::int64_t count, Lanes b) {
  const auto kept = static_cast<__mmask16>(count >= kLaneCount ? 0xffffU : (1U << count) - 1U);
  return {_mm512_mask_mov_ps(b.v, kept, a.v)};
}
// x * 2^n, where n is the whole number that `rounded` holds in its low bits (see exp_nonpositive).
inline Lanes scale_by_power(Lanes x, Lanes rounded) {
  const __m512i exponent = _mm512_slli_epi32(_mm512_castps_si512(rounded.v), 23);
  return {_mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(x.v), exponent))};
}
// Lanes 0-7 and 8-15, added or compared.
inline __m256 low_half(Lanes a) {
  return _mm512_castps512_ps256(a.v);
}
inline __m256 high_half(Lanes a) {
  return _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(a.v), 1));
}
inline __m256 add_halves(Lanes a) {
  return _mm256_add_ps(low_half(a), high_half(a));
}
inline __m256 max_halves(Lanes a) {
  return _mm256_max_ps(low_half(a), high_half(a));
}

#elif defined(__AVX2__) && defined(__FMA__)

struct Lanes {
  __m256 low, high;
  static Lanes zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
  static Lanes all(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
  static Lanes load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
  void store(float* p) const {
    _mm256_storeu_ps(p, low);
    _mm256_storeu_ps(p + 8, high);
  }
};
inline Lanes operator+(Lanes a, Lanes b) {
  return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
}
inline Lanes operator-(Lanes a, Lanes b) {
  return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
}
inline Lanes operator*(Lanes a, Lanes b) {
  return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
}
inline Lanes fma(Lanes a, Lanes b, Lanes c) {
  return {_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
}
inline Lanes max(Lanes a, Lanes b) {
  return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
}
// All bits set, then none: lane i is kept where i < count, from 16 - count on.
inline constexpr std::int32_t kKept[2 * kLaneCount] = {-1, -1, -1, -1, -1, -1, -1, -1,
                                                       -1, -1, -1, -1, -1, -1, -1, -1};
inline __m256 choose_half(__m256 a, __m256 b, const std::int32_t* kept) {
  return _mm256_blendv_ps(b, a,
                          _mm256_castsi256_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(kept))));
}
inline Lanes first_lanes_or(Lanes a, std::int64_t count, Lanes b) {
  const std::int32_t* const kept = kKept + kLaneCount - (count < kLaneCount ? count : kLaneCount);
  return {choose_half(a.low, b.low, kept), choose_half(a.high, b.high, kept + 8)};
}
inline __m256 scale_half(__m256 x, __m256 rounded) {
  const __m256i exponent = _mm256_slli_epi32(_mm256_castps_si256(rounded), 23);
  return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x), exponent));
}
inline Lanes scale_by_power(Lanes x, Lanes rounded) {
  return {scale_half(x.low, rounded.low), scale_half(x.high, rounded.high)};
}
inline __m256 add_halves(Lanes a) {
  return _mm256_add_ps(a.low, a.high);
}
inline __m256 max_halves(Lanes a) {
  return _mm256_max_ps(a.low, a.high);
}

#else

// Any processor; the compiler makes of the loops what it can.
struct Lanes {
  float v[kLaneCount];
  static Lanes zero() { return all(0.0F); }
  static Lanes all(float x) {
    Lanes a;
    for (int i = 0; i < kLaneCount; ++i) a.v[i] = x;
    return a;
  }
  static Lanes load(const float* p) {
    Lanes a;
    for (int i = 0; i < kLaneCount; ++i) a.v[i] = p[i];
    return a;
  }
  void store(float* p) const {
    for (int i = 0; i < kLaneCount; ++i) p[i] = v[i];
  }
};
template <class Combine>
inline Lanes combine(Lanes a, Lanes b, Combine one) {
  for (int i = 0; i < kLaneCount; ++i) a.v[i] = one(a.v[i], b.v[i]);
  return a;
}
inline Lanes operator+(Lanes a, Lanes b) {
  return combine(a, b, [](float x, float y) { return x + y; });
}
inline Lanes operator-(Lanes a, Lanes b) {
  return combine(a, b, [](float x, float y) { return x - y; });
}
inline Lanes operator*(Lanes a, Lanes b) {
  return combine(a, b, [](float x, float y) { return x * y; });
}
inline Lanes fma(Lanes a, Lanes b, Lanes c) {
#if defined(__FMA__)
  for (int i = 0; i < kLaneCount; ++i) c.v[i] = __builtin_fmaf(a.v[i], b.v[i], c.v[i]);
  return c;
#else
  return a * b + c;
#endif
}
inline Lanes max(Lanes a, Lanes b) {
  return combine(a, b, [](float x, float y) { return x > y ? x : y; });
}
inline Lanes first_lanes_or(Lanes a, std::int64_t count, Lanes b) {
  for (int i = 0; i < kLaneCount; ++i) a.v[i] = i < count ? a.v[i] : b.v[i];
  return a;
}
inline Lanes scale_by_power(Lanes x, Lanes rounded) {
  for (int i = 0; i < kLaneCount; ++i) {
    const std::uint32_t exponent = __builtin_bit_cast(std::uint32_t, rounded.v[i]) << 23;
    x.v[i] = __builtin_bit_cast(float, __builtin_bit_cast(std::uint32_t, x.v[i]) + exponent);
  }
  return x;
}

#endif

// Over all lanes, halving: lane i with lane i + 8, then i + 4, i + 2, i + 1.
#if defined(__AVX2__) && defined(__FMA__)
inline float sum(Lanes a) {
  const __m256 eight = add_halves(a);
  __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  four = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(four, _mm_shuffle_ps(four, four, 1)));
}
inline float greatest(Lanes a) {
  const __m256 eight = max_halves(a);
  __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  four = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
}
#else
inline float sum(Lanes a) {
  for (int half = kLaneCount / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) a.v[i] += a.v[i + half];
  }
  return a.v[0];
}
inline float greatest(Lanes a) {
  for (int i = 1; i < kLaneCount; ++i) a.v[0] = a.v[i] > a.v[0] ? a.v[i] : a.v[0];
  return a.v[0];
}
#endif

// exp(x) for x <= 0, within 2 units of the last place; that of -87.3 below it. NaN stays NaN.
//
// x = n ln 2 + r, |r| <= ln(2) / 2, and the series of exp(r) to r^7 (next term: 5e-9).
inline Lanes exp_nonpositive(Lanes x) {
  // exp(-87.3) is the smallest that stays normal; what is clamped there weighs nothing in a softmax.
  x = max(Lanes::all(-87.3F), x);
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits of the sum.
  const Lanes rounder = Lanes::all(0x1.8p23F);
  const Lanes rounded = fma(x, Lanes::all(0x1.715476p+0F), rounder);
  const Lanes n = rounded - rounder;
  // ln 2 in two parts, the first short enough that its product with n is exact.
  Lanes r = fma(n, Lanes::all(-0x1.62e4p-1F), x);
  r = fma(n, Lanes::all(-0x1.7f7d1cp-20F), r);
  Lanes series = Lanes::all(1.0F / 5040.0F);
  series = fma(series, r, Lanes::all(1.0F / 720.0F));
  series = fma(series, r, Lanes::all(1.0F / 120.0F));
  series = fma(series, r, Lanes::all(1.0F / 24.0F));
  series = fma(series, r, Lanes::all(1.0F / 6.0F));
  series = fma(series, r, Lanes::all(0.5F));
  series = fma(series, r, Lanes::all(1.0F));
  series = fma(series, r, Lanes::all(1.0F));
  return scale_by_power(series, rounded);
}

}  // namespace regimetry::nn::REGIMETRY_KERNEL_LEVEL
