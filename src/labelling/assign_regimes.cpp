#include "labelling/assign_regimes.hpp"

#include <algorithm>

#include "labelling/require_model_rows.hpp"

namespace regimetry::labelling {
namespace {

using regimes::RegimeAssigner;
using regimes::RegimeAssignment;
using regimes::RegimeModel;
using regimes::RegimeModelFacts;

// Stamps of a model whose training rows had none: 0, 1, 2, ... nanoseconds, which no bars are apart.
bool counts_rows(const RegimeModelFacts& facts) {
  return facts.trained_first == 0 && facts.trained_last == facts.trained_rows - 1;
}

}  // namespace

AssignedRegimes assign_regimes(const RegimeModel& model, const RegimeSource& source, ThreadPool& pool) {
  require_model_rows(model, source);
  const auto count = static_cast<std::size_t>(source.size());
  AssignedRegimes assigned{.ids = std::vector<std::int32_t>(count),
                           .probabilities = std::vector<double>(count),
                           .distances = std::vector<double>(count),
                           .shares_nearer = std::vector<double>(count),
                           .are_unlike = {},
                           .known_after = {}};
  std::vector<char> unlike(count);  // vector<bool> is not for several threads
  const std::int64_t width = model.width();
  pool.parallel_for(static_cast<std::int64_t>(source.instruments.size()), 1, [&](IndexRange chunk) {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      RegimeAssigner assigner = model.start();
      const IndexRange rows = source.instruments[static_cast<std::size_t>(i)].rows;
      for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const RegimeAssignment answer =
            assigner.push({source.values.data() + row * width, static_cast<std::size_t>(width)});
        const auto at = static_cast<std::size_t>(row);
        assigned.ids[at] = answer.id;
        assigned.probabilities[at] = answer.probability;
        assigned.distances[at] = answer.distance;
        assigned.shares_nearer[at] = answer.share_nearer;
        unlike[at] = answer.is_unlike_training ? 1 : 0;
      }
    }
  });
  assigned.are_unlike.assign(unlike.begin(), unlike.end());
  assigned.unlike_count = std::count(unlike.begin(), unlike.end(), 1);
  if (!source.has_row_numbers && !counts_rows(model.facts())) {
    assigned.known_after = model.facts().trained_last;
    assigned.trained_on_count =
        std::count_if(source.timestamps.begin(), source.timestamps.end(),
                      [&](TimestampNs stamp) { return stamp <= model.facts().trained_last; });
  }
  return assigned;
}

}  // namespace regimetry::labelling
