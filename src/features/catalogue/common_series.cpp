#include "features/catalogue/common_series.hpp"

#include "features/catalogue/formula_parts.hpp"
#include "features/operators/exponential_average.hpp"
#include "features/operators/lag.hpp"
#include "features/operators/previous_value.hpp"
#include "features/operators/rolling_extremes.hpp"
#include "features/operators/rolling_mean.hpp"
#include "features/operators/rolling_sum.hpp"

namespace regimetry::features {

Series previous_value(SeriesGraph& graph, Series series) {
  return graph.add<PreviousValue>({series});
}

Series change_of(SeriesGraph& graph, Series series) {
  return graph.map("a - b", series, previous_value(graph, series),
                   [](double now, double before) { return now - before; });
}

// A missing value is neither above nor below 0, so the last case must hand it on.
Series gains_of(SeriesGraph& graph, Series series) {
  return graph.map("max(a, 0)", series, [](double x) { return x < 0 ? 0.0 : x; });
}

Series losses_of(SeriesGraph& graph, Series series) {
  return graph.map("max(-a, 0)", series, [](double x) { return x > 0 ? 0.0 : -x; });
}

Series size_of(SeriesGraph& graph, Series series) {
  return graph.map("|a|", series, [](double x) { return x < 0 ? -x : x; });
}

Series log_of_ratio(SeriesGraph& graph, Series a, Series b) {
  return graph.map("log(a / b)", a, b, [](double x, double y) { return log_ratio_or_missing(x, y); });
}

Series log_change_of(SeriesGraph& graph, Series series) {
  return log_of_ratio(graph, series, previous_value(graph, series));
}

Series percent_change(SeriesGraph& graph, Series series, int bars) {
  return graph.map("100 (a - b) / b, 0 when b is 0", series, graph.add<Lag>({series}, bars),
                   [](double now, double before) {
                     const double share = (now - before) / (before == 0 ? 1.0 : before);
                     return before == 0 ? 0.0 * now : 100 * share;
                   });
}

Series median_price(SeriesGraph& graph) {
  return graph.map("(a + b) / 2", graph.high(), graph.low(),
                   [](double high, double low) { return 0.5 * (high + low); });
}

Series typical_price(SeriesGraph& graph) {
  return graph.map("(a + b + c) / 3", std::array{graph.high(), graph.low(), graph.close()},
                   [](double high, double low, double close) { return (high + low + close) / 3; });
}

Series product(SeriesGraph& graph, Series a, Series b) {
  return graph.map("a b", a, b, [](double x, double y) { return x * y; });
}

Series ratio(SeriesGraph& graph, Series a, Series b, double when_zero) {
  return graph.map(fmt::format("a / b, {} when b is 0", when_zero), a, b, [when_zero](double x, double y) {
    const double quotient = x / (y == 0 ? 1.0 : y);
    return y == 0 ? 0.0 * x + when_zero : quotient;
  });
}

Series percent_ratio(SeriesGraph& graph, Series a, Series b, double when_zero) {
  return graph.map(fmt::format("100 a / b, {} when b is 0", when_zero), a, b,
                   [when_zero](double x, double y) {
                     const double quotient = 100 * (x / (y == 0 ? 1.0 : y));
                     return y == 0 ? 0.0 * x + when_zero : quotient;
                   });
}

Series rolling_total(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingSum>({series}, bars);
}

Series rolling_average(SeriesGraph& graph, Series series, int bars) {
  return graph.map(fmt::format("a / {}", bars), rolling_total(graph, series, bars),
                   [bars](double sum) { return sum / bars; });
}

Series rolling_level(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingMean>({series}, bars);
}

Series highest(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingMaximum>({series}, bars);
}

Series lowest(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingMinimum>({series}, bars);
}

Series exponential_mean(SeriesGraph& graph, Series series, int bars) {
  return graph.add<ExponentialAverage>({series}, bars, 2.0 / (bars + 1));
}

}  // namespace regimetry::features
