#include "features/catalogue/turn_sine.hpp"

#include <numbers>

namespace regimetry::features {
namespace {

constexpr double kHalfPi = std::numbers::pi / 2;

// Taylor series, each within 1e-17 up to pi / 4.
double small_sine(double x) noexcept {
  const double z = x * x;
  double tail = 1.0 / 355687428096000;
  tail = tail * z - 1.0 / 1307674368000;
  tail = tail * z + 1.0 / 6227020800;
  tail = tail * z - 1.0 / 39916800;
  tail = tail * z + 1.0 / 362880;
  tail = tail * z - 1.0 / 5040;
  tail = tail * z + 1.0 / 120;
  tail = tail * z - 1.0 / 6;
  return x + x * z * tail;
}
double small_cosine(double x) noexcept {
  const double z = x * x;
  double tail = 1.0 / 20922789888000;
  tail = tail * z - 1.0 / 87178291200;
  tail = tail * z + 1.0 / 479001600;
  tail = tail * z - 1.0 / 3628800;
  tail = tail * z + 1.0 / 40320;
  tail = tail * z - 1.0 / 720;
  tail = tail * z + 1.0 / 24;
  return 1 - (0.5 * z - z * z * tail);
}

// sin(pi / 2 * rest / steps), 0 <= rest <= steps. Beyond pi / 4 by the cosine of what is left to pi / 2:
// whole numbers, so both halves of a quarter mirror each other exactly.
double sine_in_quarter(std::int64_t rest, std::int64_t steps) noexcept {
  const auto angle = [steps](std::int64_t part) {
    return kHalfPi * (static_cast<double>(part) / static_cast<double>(steps));
  };
  return 2 * rest <= steps ? small_sine(angle(rest)) : small_cosine(angle(steps - rest));
}

}  // namespace

double sine_of_turn(std::int64_t step, std::int64_t steps) noexcept {
  const std::int64_t quarters = 4 * step / steps;
  const std::int64_t rest = 4 * step % steps;
  const double size = quarters % 2 == 0 ? sine_in_quarter(rest, steps) : sine_in_quarter(steps - rest, steps);
  return quarters < 2 ? size : -size;
}

double cosine_of_turn(std::int64_t step, std::int64_t steps) noexcept {
  // A quarter of a turn ahead, in quarter steps so that it stays whole.
  return sine_of_turn((4 * step + steps) % (4 * steps), 4 * steps);
}

}  // namespace regimetry::features
