#include "features/catalogue/series/arithmetic.hpp"

#include <array>
#include <cmath>

#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"

namespace regimetry::features {

Series sum(SeriesGraph& graph, Series a, Series b) {
  return graph.map("a + b", a, b, [](double x, double y) { return x + y; });
}

Series difference(SeriesGraph& graph, Series a, Series b) {
  return graph.map("a - b", a, b, [](double x, double y) { return x - y; });
}

Series distance(SeriesGraph& graph, Series a, Series b) {
  return graph.map("|a - b|", a, b, [](double x, double y) { return std::abs(x - y); });
}

Series product(SeriesGraph& graph, Series a, Series b) {
  return graph.map("a b", a, b, [](double x, double y) { return x * y; });
}

Series middle(SeriesGraph& graph, Series a, Series b) {
  return graph.map("(a + b) / 2", a, b, [](double x, double y) { return 0.5 * (x + y); });
}

Series mean_of_three(SeriesGraph& graph, Series a, Series b, Series c) {
  return graph.map("(a + b + c) / 3", std::array{a, b, c},
                   [](double x, double y, double z) { return (x + y + z) / 3; });
}

Series scaled(SeriesGraph& graph, Series series, double factor) {
  return graph.map(
      "a times", series, [](double x, double times) { return times * x; }, factor);
}

Series divided_by(SeriesGraph& graph, Series series, double divisor) {
  return graph.map(
      "a divided by", series, [](double x, double by) { return x / by; }, divisor);
}

Series ratio(SeriesGraph& graph, Series a, Series b, double when_zero) {
  return graph.map(
      "a / b, when b is 0:", a, b,
      [](double x, double y, double else_value) { return ratio_or(x, y, else_value); }, when_zero);
}

Series percent_ratio(SeriesGraph& graph, Series a, Series b, double when_zero) {
  return graph.map(
      "100 a / b, when b is 0 100 times", a, b,
      [](double x, double y, double else_share) { return 100 * ratio_or(x, y, else_share); },
      when_zero / 100);
}

Series relative_distance(SeriesGraph& graph, Series series, Series base) {
  return graph.map("(a - b) / b, 0 when b is 0", series, base,
                   [](double x, double y) { return ratio_or(x - y, y, 0); });
}

Series log_ratio(SeriesGraph& graph, Series a, Series b) {
  return graph.map("log(a / b)", a, b, [](double x, double y) { return log_ratio_or_missing(x, y); });
}

Series gains_of(SeriesGraph& graph, Series series) {
  return graph.map("max(a, 0)", series, [](double x) { return positive_part(x); });
}

Series losses_of(SeriesGraph& graph, Series series) {
  return graph.map("max(-a, 0)", series, [](double x) { return x > 0 ? 0.0 : -x; });
}

Series size_of(SeriesGraph& graph, Series series) {
  return graph.map("|a|", series, [](double x) { return std::abs(x); });
}

Series sign(SeriesGraph& graph, Series series) {
  return graph.map("sign(a)", series, [](double x) { return sign_of(x); });
}

Series shortfall_of(SeriesGraph& graph, Series series) {
  return graph.map("min(a, 0)", series, [](double x) { return negative_part(x); });
}

Series square_of(SeriesGraph& graph, Series series) {
  return graph.map("a^2", series, [](double x) { return x * x; });
}

Series root_of(SeriesGraph& graph, Series series) {
  return graph.map("sqrt(max(a, 0))", series, [](double x) { return std::sqrt(positive_part(x)); });
}

Series limited_to(SeriesGraph& graph, Series series, double lowest, double highest) {
  return graph.map(
      "a within", series, [](double x, double low, double high) { return limited(x, low, high); }, lowest,
      highest);
}

Series where_positive(SeriesGraph& graph, Series series) {
  return graph.map("a above 0", series, [](double x) { return x > 0 ? x : kMissing; });
}

Series log_of(SeriesGraph& graph, Series series) {
  return graph.map("log(a)", series,
                   [](double x) { return x > 0 ? regimetry::detail::log_kernel(x) : kMissing; });
}

}  // namespace regimetry::features
