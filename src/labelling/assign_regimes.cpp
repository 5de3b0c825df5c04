#include "labelling/assign_regimes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::labelling {
namespace {

using regimes::RegimeAssigner;
using regimes::RegimeAssignment;
using regimes::RegimeModel;
using regimes::RegimeModelFacts;

[[noreturn]] void refuse(const RegimeSource& source, const std::string& problem) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", printable(source.path), problem));
}

// "the columns a, b", or how many there are.
std::string column_words(const std::vector<std::string>& columns) {
  constexpr std::size_t kMostShown = 12;
  if (columns.empty()) return "an embedding";
  if (columns.size() > kMostShown) return fmt::format("{} columns", columns.size());
  return fmt::format("the columns {}", fmt::join(columns, ", "));
}

void require_digest(const RegimeSource& source, const char* what, const std::string& known,
                    const std::string& given) {
  if (known.empty() || given.empty() || known == given) return;
  refuse(source,
         fmt::format("was made with another {} ({:.8}) than the rows of this model ({:.8}), so its numbers "
                     "mean something else. Embed the new rows with the one that was saved: --encoder and "
                     "--transform of 'regimetry embed'.",
                     what, given, known));
}

void require_same_kind(const RegimeModel& model, const RegimeSource& source) {
  const RegimeModelFacts& facts = model.facts();
  if (source.values.cols() != model.width())
    refuse(source, fmt::format("has {} columns, and the model reads {}: {}", source.values.cols(),
                               model.width(), column_words(facts.columns)));
  if (facts.columns != source.columns)
    refuse(source, fmt::format("holds {}, and the model was fitted on {}", column_words(source.columns),
                               column_words(facts.columns)));
  require_digest(source, "encoder", facts.encoder_digest, source.encoder_digest);
  require_digest(source, "scale", facts.transform_digest, source.transform_digest);
  if (facts.window_size > 0 && source.window_size > 0 && facts.window_size != source.window_size)
    refuse(source, fmt::format("is made of windows of {} bars, and the model of windows of {}",
                               source.window_size, facts.window_size));
}

// Stamps of a model whose training rows had none: 0, 1, 2, ... nanoseconds, which no bars are apart.
bool counts_rows(const RegimeModelFacts& facts) {
  return facts.trained_first == 0 && facts.trained_last == facts.trained_rows - 1;
}

}  // namespace

AssignedRegimes assign_regimes(const RegimeModel& model, const RegimeSource& source, ThreadPool& pool) {
  require_same_kind(model, source);
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
