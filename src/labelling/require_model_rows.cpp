#include "labelling/require_model_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::labelling {
namespace {

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

}  // namespace

void require_model_rows(const RegimeModel& model, const RegimeSource& source) {
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

}  // namespace regimetry::labelling
