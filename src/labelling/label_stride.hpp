// Labels of windows that move by several rows: every s-th row has one, and those between have none.
#pragma once

#include <cstdint>

#include "labelling/labelled_table.hpp"

namespace regimetry::labelling {

// The fewest rows from one labelled row to the next of its instrument; 0 where no instrument has two.
[[nodiscard]] std::int64_t label_stride_of(const LabelledTable& table);

// Drops what tells nothing of regimes: rows before the first label of an instrument and after its last, and
// instruments without labels. With a stride of 2 or more it leaves only labelled rows, so that one label
// follows the other as it did when they were made; where more rows than the stride lie between two of them,
// one without a label stays, as the gap that it is. A table without any label stays whole.
void keep_labelled_rows(LabelledTable& table, std::int64_t stride);

}  // namespace regimetry::labelling
