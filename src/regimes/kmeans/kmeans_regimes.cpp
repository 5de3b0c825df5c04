#include "regimes/kmeans/kmeans_regimes.hpp"

#include <algorithm>
#include <cassert>

#include "core/error.hpp"
#include "core/portable_math.hpp"
#include "regimes/fitted_tensors.hpp"

namespace regimetry::regimes {
namespace {

class OnlineKMeans final : public OnlineRegimes {
 public:
  explicit OnlineKMeans(const KMeansRegimes& model)
      : model_(model), probabilities_(static_cast<std::size_t>(model.regime_count())) {}
  Answer push(std::span<const float> row) override {
    const std::int32_t label = model_.assign(row, probabilities_);
    return {label, probabilities_};
  }

 private:
  const KMeansRegimes& model_;
  std::vector<double> probabilities_;  // [K]
};

double squared_distance(std::span<const float> row, const double* center) noexcept {
  double sum = 0;
  for (std::size_t column = 0; column < row.size(); ++column) {
    const double difference = static_cast<double>(row[column]) - center[column];
    sum += difference * difference;
  }
  return sum;
}

}  // namespace

void probabilities_of_distances(std::span<const double> squared_distances, double variance,
                                std::span<double> probabilities) noexcept {
  const auto nearest = std::min_element(squared_distances.begin(), squared_distances.end());
  const auto label = static_cast<std::size_t>(nearest - squared_distances.begin());
  const double least = *nearest;
  double total = 0;
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const double excess = squared_distances[k] - least;
    probabilities[k] = variance > 0 ? portable_exp(-excess / (2 * variance)) : (k == label ? 1.0 : 0.0);
    total += probabilities[k];
  }
  for (double& probability : probabilities) probability /= total;
}

KMeansRegimes::KMeansRegimes(MatrixD centers, double variance)
    : centers_(std::move(centers)), variance_(variance) {
  assert(centers_.rows() >= 1 && variance_ >= 0);
}

std::int32_t KMeansRegimes::assign(std::span<const float> row,
                                   std::span<double> probabilities) const noexcept {
  assert(static_cast<std::int64_t>(row.size()) == width() &&
         static_cast<int>(probabilities.size()) == regime_count());
  for (std::int64_t k = 0; k < centers_.rows(); ++k)
    probabilities[static_cast<std::size_t>(k)] = squared_distance(row, centers_.row(k).data());
  const auto label = std::min_element(probabilities.begin(), probabilities.end()) - probabilities.begin();
  probabilities_of_distances(probabilities, variance_, probabilities);
  return static_cast<std::int32_t>(label);
}

std::unique_ptr<OnlineRegimes> KMeansRegimes::start() const {
  return std::make_unique<OnlineKMeans>(*this);
}

TensorFile KMeansRegimes::to_tensors() const {
  TensorFile file;
  file.tensors["centers"] = tensor_of(centers_);
  file.tensors["variance"] = tensor_of(variance_);
  file.metadata["method"] = method();
  return file;
}

KMeansRegimes KMeansRegimes::from_tensors(const TensorFile& file) {
  const double variance = require_number(file, "variance");
  if (variance < 0)
    throw Error(ErrorKind::kData, "The tensor 'variance' is negative, which no fitted k-means has.");
  return {require_matrix_d(file, "centers", -1), variance};
}

}  // namespace regimetry::regimes
