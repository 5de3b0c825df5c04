#include "features/audit/later_volatility.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

constexpr double kNeeded = 0.95;

// Written from the definition: the returns of `length` bars that follow row t (or, ahead < 0, end with it).
struct Window {
  double sum = 0, squares = 0, length = 0;
  [[nodiscard]] double root_mean_square() const { return std::sqrt(squares / length); }
  [[nodiscard]] double deviation() const { return std::sqrt((squares - sum * sum / length) / (length - 1)); }
};

Values over_windows(const market::Bars& bars, std::int64_t ahead, bool is_log,
                    const std::function<double(const Window&)>& measure) {
  return per_row(bars.close.size(), [&](std::size_t t) {
    const auto row = static_cast<std::int64_t>(t);
    const std::int64_t first = ahead > 0 ? row + 1 : row + ahead + 1, last = ahead > 0 ? row + ahead : row;
    if (first < 1 || last >= bars.size()) return kMissing;
    Window window;
    for (std::int64_t k = first; k <= last; ++k) {
      const double ratio =
          bars.close[static_cast<std::size_t>(k)] / bars.close[static_cast<std::size_t>(k - 1)];
      const double change = is_log ? std::log(ratio) : ratio - 1;
      window.sum += change, window.squares += change * change, window.length += 1;
    }
    return measure(window);
  });
}

TEST(LaterVolatility, FindsEveryFormUpToAConstant) {
  const market::Bars bars = daily_walk(500, 1);
  const LaterVolatility later(bars.close);
  const auto horizon_of = [&](const Values& values) {
    const auto found = later.find_copy(values, kNeeded);
    return found ? found->horizon : 0;
  };
  const auto rms = [](const Window& window) { return window.root_mean_square(); };
  const auto annual = [](const Window& window) { return 100 * std::sqrt(252.0) * window.deviation(); };
  const auto variance = [](const Window& window) { return window.squares; };
  const auto logarithm = [](const Window& window) { return std::log(window.root_mean_square()); };
  for (const bool is_log : {false, true}) {
    EXPECT_EQ(horizon_of(over_windows(bars, 5, is_log, rms)), 5);
    EXPECT_EQ(horizon_of(over_windows(bars, 21, is_log, annual)), 21);
    EXPECT_EQ(horizon_of(over_windows(bars, 10, is_log, variance)), 10);
  }
  EXPECT_EQ(horizon_of(over_windows(bars, 5, true, [](const Window& w) { return std::log(w.squares); })), 5);
  EXPECT_EQ(horizon_of(over_windows(bars, 5, true, logarithm)), 5);
}

TEST(LaterVolatility, ThePastIsNoCopyOfTheFuture) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const market::Bars bars = daily_walk(800, seed);
    const LaterVolatility later(bars.close);
    for (const std::int64_t length : {2, 5, 20, 64}) {
      const Values past =
          over_windows(bars, -length, true, [](const Window& window) { return window.root_mean_square(); });
      EXPECT_FALSE(later.find_copy(past, kNeeded).has_value()) << length;
    }
    EXPECT_FALSE(later.find_copy(bars.close, kNeeded).has_value());
    EXPECT_FALSE(later.find_copy(bars.volume, kNeeded).has_value());
  }
}

TEST(LaterVolatility, NamesTheFirstRowWithBothValues) {
  market::Bars bars = daily_walk(300, 2);
  Values copy = over_windows(bars, 5, true, [](const Window& window) { return window.root_mean_square(); });
  copy[0] = kMissing;
  const auto found = LaterVolatility(bars.close).find_copy(copy, kNeeded);
  ASSERT_TRUE(found.has_value());
  EXPECT_GE(found->row, 1);
  EXPECT_NEAR(found->value, found->later, 1e-5 * found->later);
  EXPECT_DOUBLE_EQ(found->share, 1);
}

TEST(LaterVolatility, MissingAndStalePricesTellNothing) {
  market::Bars bars = daily_walk(300, 2);
  const Values copy =
      over_windows(bars, 5, true, [](const Window& window) { return window.root_mean_square(); });
  EXPECT_FALSE(LaterVolatility(Values(300, 5.0)).find_copy(copy, kNeeded).has_value());
  EXPECT_FALSE(LaterVolatility(Values(300, kMissing)).find_copy(copy, kNeeded).has_value());
  EXPECT_FALSE(LaterVolatility(bars.close).find_copy(Values(300, kMissing), kNeeded).has_value());
  bars.close[100] = kMissing;
  EXPECT_TRUE(LaterVolatility(bars.close).find_copy(copy, kNeeded).has_value()) << "one hole hides nothing";
}

}  // namespace
}  // namespace regimetry::features
