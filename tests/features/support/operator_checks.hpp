// What must hold for every operator: saved in the middle of a run and restored into a fresh one, it goes on
// with the same bits.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/rng.hpp"
#include "features/operators/state_archive.hpp"

namespace regimetry::features::testing {

// feed(op, i) gives the i-th update's value. `fresh` is an operator that has seen nothing.
template <typename Operator>
void expect_same_bits_after_restoring(const Operator& fresh,
                                      const std::function<double(Operator&, int)>& feed) {
  constexpr int kUpdates = 300;
  for (const int pause : {0, 1, 37, 150}) {
    Operator whole = fresh, first = fresh, second = fresh;
    for (int i = 0; i < pause; ++i) {
      feed(whole, i);
      feed(first, i);
    }
    StateWriter writer;
    first.visit(writer);
    StateReader reader(writer.bytes());
    second.visit(reader);
    EXPECT_TRUE(reader.is_at_end());
    for (int i = pause; i < kUpdates; ++i) {
      const double expected = feed(whole, i), actual = feed(second, i);
      ASSERT_EQ(std::isnan(expected), std::isnan(actual)) << "paused at " << pause << ", update " << i;
      if (!std::isnan(expected)) {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(expected), std::bit_cast<std::uint64_t>(actual))
            << "paused at " << pause << ", update " << i;
      }
    }
  }
}

// A walk around a million in whole cents, a third of them standing still: where sums lose their digits first.
[[nodiscard]] inline std::vector<double> walk_in_cents_at_a_million(std::int64_t count, std::uint64_t seed) {
  RngStream stream = Rng(seed).stream("test.walk");
  std::vector<double> values;
  double cents = 1e8;
  for (std::int64_t i = 0; i < count; ++i) {
    const double u = stream.uniform();
    cents += (u < 1.0 / 3 ? -1.0 : 0.0) + (u > 2.0 / 3 ? 1.0 : 0.0);
    values.push_back(cents / 100);
  }
  return values;
}

}  // namespace regimetry::features::testing
