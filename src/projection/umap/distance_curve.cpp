#include "projection/umap/distance_curve.hpp"

#include <algorithm>
#include <array>

#include "core/portable_math.hpp"

namespace regimetry::projection {
namespace {

constexpr int kPoints = 300;

struct Target {
  std::array<double, kPoints> log_distance{}, nearness{};  // without the distance 0, where any curve is 1
};

Target make_target(double min_dist, double spread) {
  Target target;
  for (int i = 1; i < kPoints; ++i) {
    const double distance = 3 * spread * i / (kPoints - 1);
    target.log_distance[static_cast<std::size_t>(i)] = portable_log(distance);
    target.nearness[static_cast<std::size_t>(i)] =
        distance < min_dist ? 1.0 : portable_exp(-(distance - min_dist) / spread);
  }
  return target;
}

// Squared error of the curve (a = exp(log_a)), its gradient and its Gauss-Newton matrix in (log a, b).
struct Fit {
  double error = 0, gradient_a = 0, gradient_b = 0, aa = 0, ab = 0, bb = 0;
};

Fit evaluate(const Target& target, double log_a, double b) {
  Fit fit;
  for (std::size_t i = 1; i < kPoints; ++i) {
    const double power = portable_exp(log_a + 2 * b * target.log_distance[i]);
    const double curve = 1 / (1 + power);
    const double slope_a = -power * curve * curve;
    const double slope_b = slope_a * 2 * target.log_distance[i];
    const double residual = curve - target.nearness[i];
    fit.error += residual * residual;
    fit.gradient_a += residual * slope_a;
    fit.gradient_b += residual * slope_b;
    fit.aa += slope_a * slope_a;
    fit.ab += slope_a * slope_b;
    fit.bb += slope_b * slope_b;
  }
  return fit;
}

}  // namespace

// Levenberg-Marquardt.
DistanceCurve fit_distance_curve(double min_dist, double spread) {
  const Target target = make_target(min_dist, spread);
  double log_a = 0, b = 1, damping = 1e-3;
  Fit fit = evaluate(target, log_a, b);
  for (int i = 0; i < 500 && damping < 1e12; ++i) {
    const double aa = fit.aa * (1 + damping), bb = fit.bb * (1 + damping);
    const double determinant = aa * bb - fit.ab * fit.ab;
    const double step_a = -(bb * fit.gradient_a - fit.ab * fit.gradient_b) / determinant;
    const double step_b = -(aa * fit.gradient_b - fit.ab * fit.gradient_a) / determinant;
    const Fit next = evaluate(target, log_a + step_a, b + step_b);
    if (next.error < fit.error) {
      log_a += step_a;
      b += step_b;
      fit = next;
      damping = std::max(damping / 10, 1e-12);
    } else {
      damping *= 10;
    }
  }
  return {portable_exp(log_a), b};
}

}  // namespace regimetry::projection
