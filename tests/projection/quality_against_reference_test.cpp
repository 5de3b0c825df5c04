// Our maps against those of scikit-learn and umap-learn, on the same rows (golden/reference_quality.py).
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "projection/map_quality.hpp"
#include "projection/quality_sets.hpp"
#include "projection/tsne/tsne.hpp"
#include "projection/umap/umap.hpp"

namespace regimetry::projection {
namespace {

constexpr double kWithin = 0.01;

struct Reference {
  std::string set, method;
  double value_sum = 0, trustworthiness = 0, preservation = 0;
};

std::vector<Reference> read_references() {
  std::ifstream file(PROJECTION_GOLDEN_FOLDER "/reference_quality.csv");
  std::string line;
  std::getline(file, line);
  std::vector<Reference> references;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string cell[5];
    for (std::string& one : cell) std::getline(cells, one, ',');
    references.push_back({cell[0], cell[2], std::stod(cell[1]), std::stod(cell[3]), std::stod(cell[4])});
  }
  return references;
}

MatrixF our_map(const MatrixF& rows, const std::string& method, ThreadPool& pool) {
  if (method == "tsne") return tsne(rows, {}, Rng(42), pool, silent_observer()).coordinates;
  return UmapMap(rows, {}, Rng(42), pool, silent_observer()).coordinates();
}

TEST(QualityAgainstReference, MapsAreAsFaithfulAsThoseOfThePythonLibraries) {
  ThreadPool pool(2);
  const std::vector<Reference> references = read_references();
  int compared = 0;
  for (const QualitySet& set : quality_sets()) {
    for (const Reference& reference : references) {
      if (reference.set != set.name) continue;
      ASSERT_NEAR(set.rows.cast<double>().sum(), reference.value_sum, 1e-6) << "other rows: " << set.name;
      const MapQuality ours = map_quality(set.rows, our_map(set.rows, reference.method, pool), {}, pool);
      const std::string which = set.name + " " + reference.method;
      EXPECT_GE(ours.trustworthiness, reference.trustworthiness - kWithin) << which;
      EXPECT_GE(ours.neighborhood_preservation, reference.preservation - kWithin) << which;
      RecordProperty(
          which, std::to_string(ours.trustworthiness) + " " + std::to_string(ours.neighborhood_preservation));
      ++compared;
    }
  }
  EXPECT_EQ(compared, 6);
}

}  // namespace
}  // namespace regimetry::projection
