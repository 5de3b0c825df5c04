// The structure of labels of the rows of a source.
#pragma once

#include <cstdint>
#include <span>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "labelling/placed_source.hpp"
#include "regimes/structure/describe_structure.hpp"

namespace regimetry::labelling {

// Transitions go from row to row of the source, so windows some bars apart have their transitions too.
// `ids` [N].
[[nodiscard]] regimes::Structure describe_labels(const PlacedSource& placed,
                                                 std::span<const std::int32_t> ids, const Rng& rng,
                                                 ThreadPool& pool);

}  // namespace regimetry::labelling
