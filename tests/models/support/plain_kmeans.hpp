// Clusters in plain loops, and how well two sets of labels agree: to see whether a change of precision
// changes what people will see.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::models {

// Lloyd's iterations to the end, from `starts` (indices of rows). `rows` is [N, D].
[[nodiscard]] std::vector<int> plain_kmeans(std::span<const float> rows, std::int64_t width,
                                            const std::vector<std::int64_t>& starts);

// The adjusted Rand index (Hubert and Arabie 1985): 1 for the same partition, about 0 for unrelated ones.
[[nodiscard]] double adjusted_rand_index(const std::vector<int>& first, const std::vector<int>& second);

}  // namespace regimetry::models
