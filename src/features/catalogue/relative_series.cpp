#include "features/catalogue/relative_series.hpp"

#include "core/portable_kernels.hpp"
#include "features/operators/lag.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

Series relative_distance(SeriesGraph& graph, Series series, Series base) {
  return graph.map("(a - b) / b, else 0", series, base,
                   [](double a, double b) { return b == 0 ? 0.0 : (a - b) / b; });
}

Series share_of(SeriesGraph& graph, Series series, Series base) {
  return graph.map("a / b, else 0", series, base, [](double a, double b) { return b == 0 ? 0.0 : a / b; });
}

Series log_slope(SeriesGraph& graph, Series series, int bars) {
  const double per_bar = 1.0 / bars;
  return graph.map(fmt::format("log(a / b) / {}, else 0", bars), series, graph.add<Lag>({series}, bars),
                   [per_bar](double a, double b) {
                     const bool is_outside =
                         a <= 0 || b <= 0;  // false for missing values, which stay missing
                     return is_outside ? 0.0 : regimetry::detail::log_ratio_kernel(a, b) * per_bar;
                   });
}

Series log_change(SeriesGraph& graph, Series series, int bars) {
  return graph.map("log(a / b)", series, graph.add<Lag>({series}, bars), [](double a, double b) {
    const double ratio = regimetry::detail::log_ratio_kernel(a, b);
    const double or_missing = a > 0 ? ratio : kMissing;
    return b > 0 ? or_missing : kMissing;
  });
}

Series where_positive(SeriesGraph& graph, Series series) {
  return graph.map("a above 0, else missing", series, [](double a) { return a > 0 ? a : kMissing; });
}

}  // namespace regimetry::features
