#include "models/support/plain_kmeans.hpp"

#include <map>
#include <utility>

namespace regimetry::models {
namespace {

double squared_distance(std::span<const float> row, const std::vector<double>& center) {
  double sum = 0;
  for (std::size_t d = 0; d < row.size(); ++d) {
    const double difference = static_cast<double>(row[d]) - center[d];
    sum += difference * difference;
  }
  return sum;
}

double pairs_of(double count) {
  return count * (count - 1) / 2;
}

}  // namespace

std::vector<int> plain_kmeans(std::span<const float> rows, std::int64_t width,
                              const std::vector<std::int64_t>& starts) {
  const auto columns = static_cast<std::size_t>(width);
  const std::size_t count = rows.size() / columns;
  const auto row = [&](std::size_t i) { return rows.subspan(i * columns, columns); };
  std::vector<std::vector<double>> centers;
  for (const std::int64_t start : starts) {
    const auto values = row(static_cast<std::size_t>(start));
    centers.emplace_back(values.begin(), values.end());
  }
  std::vector<int> labels(count, -1);
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    std::vector<std::vector<double>> sums(centers.size(), std::vector<double>(columns, 0.0));
    std::vector<double> sizes(centers.size(), 0.0);
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t nearest = 0;
      for (std::size_t k = 1; k < centers.size(); ++k) {
        if (squared_distance(row(i), centers[k]) < squared_distance(row(i), centers[nearest])) nearest = k;
      }
      has_changed = has_changed || labels[i] != static_cast<int>(nearest);
      labels[i] = static_cast<int>(nearest);
      for (std::size_t d = 0; d < columns; ++d) sums[nearest][d] += static_cast<double>(row(i)[d]);
      sizes[nearest] += 1;
    }
    for (std::size_t k = 0; k < centers.size(); ++k) {
      for (std::size_t d = 0; d < columns && sizes[k] > 0; ++d) centers[k][d] = sums[k][d] / sizes[k];
    }
  }
  return labels;
}

double adjusted_rand_index(const std::vector<int>& first, const std::vector<int>& second) {
  std::map<std::pair<int, int>, double> cells;
  std::map<int, double> of_first, of_second;
  for (std::size_t i = 0; i < first.size(); ++i) {
    cells[{first[i], second[i]}] += 1;
    of_first[first[i]] += 1;
    of_second[second[i]] += 1;
  }
  double together = 0, in_first = 0, in_second = 0;
  for (const auto& [key, count] : cells) together += pairs_of(count);
  for (const auto& [key, count] : of_first) in_first += pairs_of(count);
  for (const auto& [key, count] : of_second) in_second += pairs_of(count);
  const double expected = in_first * in_second / pairs_of(static_cast<double>(first.size()));
  return (together - expected) / ((in_first + in_second) / 2 - expected);
}

}  // namespace regimetry::models
