#include "report/regime_title.hpp"

#include <fmt/format.h>

#include <cmath>

namespace regimetry::report {
namespace {

const char* liveliness(double ratio) {
  if (ratio < 0.6) return "very calm";
  if (ratio < 0.85) return "calm";
  if (ratio <= 1.2) return "usual";
  if (ratio <= 1.8) return "lively";
  return "stormy";
}

constexpr double kClearErrors = 2;  // standard errors from no drift

}  // namespace

std::string regime_title(std::int32_t id, const RegimeBehaviour& behaviour) {
  if (!behaviour.deviation || !behaviour.usual_deviation || !(*behaviour.usual_deviation > 0))
    return fmt::format("regime {}", id);
  std::string title = liveliness(*behaviour.deviation / *behaviour.usual_deviation);
  if (!behaviour.mean || behaviour.bars < 2) return title;
  const double error = *behaviour.deviation / std::sqrt(static_cast<double>(behaviour.bars));
  if (*behaviour.mean > kClearErrors * error) return title + ", rising";
  if (*behaviour.mean < -kClearErrors * error) return title + ", falling";
  return title;
}

}  // namespace regimetry::report
