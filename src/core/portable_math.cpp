#include "core/portable_math.hpp"

#include <cassert>
#include <cstddef>

#include "core/portable_kernels.hpp"

namespace regimetry {
namespace {

// Two loops, because a compiler that must allow for overlap would fall back to scalar code when out is in.
template <typename Kernel>
void apply(std::span<const double> in, std::span<double> out, Kernel kernel) noexcept {
  assert(in.size() == out.size());
  const std::size_t count = in.size();
  if (in.data() == out.data()) {
    double* __restrict both = out.data();
    for (std::size_t i = 0; i < count; ++i) both[i] = kernel(both[i]);
  } else {
    const double* __restrict from = in.data();
    double* __restrict to = out.data();
    for (std::size_t i = 0; i < count; ++i) to[i] = kernel(from[i]);
  }
}

}  // namespace

double portable_exp(double x) noexcept {
  return detail::exp_kernel(x);
}

double portable_log(double x) noexcept {
  return detail::log_kernel(x);
}

double portable_log_ratio(double a, double b) noexcept {
  return detail::log_ratio_kernel(a, b);
}

void portable_exp(std::span<const double> in, std::span<double> out) noexcept {
  apply(in, out, [](double x) { return detail::exp_kernel(x); });
}

void portable_log(std::span<const double> in, std::span<double> out) noexcept {
  apply(in, out, [](double x) { return detail::log_kernel(x); });
}

}  // namespace regimetry
