// What no text format that we read can hold: control bytes, and lines that never end.
#pragma once

#include "market/reading/read_options.hpp"
#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

// Throws Error (kData) naming the line and what to do.
void refuse_unreadable_bytes(const TextSource& source, const TextSurvey& survey, const ReadOptions& options);

}  // namespace regimetry::market
