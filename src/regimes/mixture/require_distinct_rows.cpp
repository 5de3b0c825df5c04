#include "regimes/mixture/require_distinct_rows.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "regimes/kmeans/seed_centers.hpp"

namespace regimetry::regimes {

void require_distinct_rows(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks, int count) {
  RngStream any_stream(0);  // whichever rows come first, they run out at the same number
  const auto distinct = static_cast<int>(seed_centers(values, blocks, count, any_stream).size());
  if (distinct >= count) return;
  throw Error(
      ErrorKind::kData,
      fmt::format("{} regimes were asked for, but only {} of the {} rows {} distinct. Ask for at most "
                  "{}.",
                  count, distinct, values.rows(), distinct == 1 ? "is" : "are", distinct));
}

}  // namespace regimetry::regimes
