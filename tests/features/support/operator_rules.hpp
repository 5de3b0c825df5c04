// What every operator owes: its state survives saving, and a missing value is forgotten.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "features/graph/step.hpp"
#include "features/operators/state_archive.hpp"

namespace regimetry::features::testing {

// Values that repeat themselves and change sign, and change much.
[[nodiscard]] inline double made_value(std::size_t i) {
  return static_cast<double>((i * 7919) % 31) - 12 + (i % 11 == 0 ? 0.125 : 0.0);
}

[[nodiscard]] inline std::vector<double> as_vector(double value) {
  return {value};
}
template <std::size_t N>
[[nodiscard]] std::vector<double> as_vector(const std::array<double, N>& values) {
  return {values.begin(), values.end()};
}

// The i-th result, input k being value(i + 5 k).
template <typename Operator, typename Value>
[[nodiscard]] std::vector<double> update_with(Operator& op, std::size_t i, Value value) {
  if constexpr (kInputsOf<Operator> == 1) {
    return as_vector(op.update(value(i)));
  } else {
    static_assert(kInputsOf<Operator> == 2);
    return as_vector(op.update(value(i), value(i + 5)));
  }
}

inline void expect_same_bits(const std::vector<double>& a, const std::vector<double>& b, std::size_t i) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (std::isnan(a[k]) && std::isnan(b[k])) continue;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(a[k]), std::bit_cast<std::uint64_t>(b[k]))
        << "output " << k << " after " << i << " values: " << a[k] << " and " << b[k];
  }
}

// Saved after any number of values and read into a fresh one, an operator goes on as if nothing had happened.
template <typename Operator>
void expect_state_survives_saving(const Operator& fresh) {
  for (const std::size_t saved_after : {0, 1, 3, 10, 57}) {
    Operator first = fresh, second = fresh;
    for (std::size_t i = 0; i < saved_after; ++i) static_cast<void>(update_with(first, i, made_value));
    StateWriter writer;
    first.visit(writer);
    StateReader reader(writer.bytes());
    second.visit(reader);
    EXPECT_TRUE(reader.is_at_end());
    for (std::size_t i = saved_after; i < saved_after + 70; ++i)
      expect_same_bits(update_with(first, i, made_value), update_with(second, i, made_value), i);
  }
}

// The first result comes when warmup() values have come before, and a missing value makes the results of the
// bars that see it missing and no other.
template <typename Operator>
void expect_missing_while_in_window(const Operator& fresh, std::size_t n) {
  EXPECT_EQ(fresh.warmup(), static_cast<int>(n) - 1);
  for (std::size_t hole = 2 * n; hole < 3 * n; ++hole) {
    Operator op = fresh;
    for (std::size_t i = 0; i < 6 * n; ++i) {
      const double x = i == hole ? std::numeric_limits<double>::quiet_NaN() : made_value(i);
      const bool is_expected_missing = i + 1 < n || (i >= hole && i < hole + n);
      const auto results = update_with(op, 0, [x](std::size_t) { return x; });
      for (const double result : results)
        ASSERT_EQ(std::isnan(result), is_expected_missing) << "hole " << hole << ", value " << i;
    }
  }
}

}  // namespace regimetry::features::testing
