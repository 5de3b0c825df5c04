// Labels of windows that move by several rows: every s-th row has one, and those between have none.
#pragma once

#include <cstdint>

#include "labelling/labelled_table.hpp"

namespace regimetry::labelling {

// The fewest rows from one labelled row to the next of its instrument; 0 where no instrument has two.
[[nodiscard]] std::int64_t label_stride_of(const LabelledTable& table);

// With a stride of 2 or more, leaves only labelled rows, so that one label follows the other as it did when
// they were made. Where more rows than the stride lie between two of them, one without a label stays, as the
// gap that it is.
void keep_labelled_rows(LabelledTable& table, std::int64_t stride);

}  // namespace regimetry::labelling
