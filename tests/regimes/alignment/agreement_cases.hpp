// Labellings that golden_agreement.py makes too, with what scikit-learn says of them.
#pragma once

#include <cstdint>
#include <vector>

namespace regimetry::regimes {

inline std::vector<std::int32_t> lehmer_labels(std::int64_t count, std::int32_t groups, std::int64_t seed) {
  std::vector<std::int32_t> labels;
  std::int64_t state = seed;
  for (std::int64_t n = 0; n < count; ++n) {
    state = state * 48271 % 2147483647;
    labels.push_back(static_cast<std::int32_t>(state / 65536 % groups));
  }
  return labels;
}

// The truth moved on by one number, every third row at random.
inline std::vector<std::int32_t> mixed_labels(const std::vector<std::int32_t>& truth, std::int32_t groups,
                                              std::int64_t seed) {
  std::vector<std::int32_t> labels = lehmer_labels(static_cast<std::int64_t>(truth.size()), groups, seed);
  for (std::size_t n = 0; n < truth.size(); ++n) {
    if (n % 3 != 0) labels[n] = (truth[n] + 1) % groups;
  }
  return labels;
}

struct AgreementCase {
  std::int64_t row_count;
  std::int32_t truth_groups, label_groups;
  std::int64_t truth_seed, seed;
  double adjusted_rand_index, balanced_accuracy;  // as scikit-learn has them; the second after best matching

  [[nodiscard]] std::vector<std::int32_t> truth() const {
    return lehmer_labels(row_count, truth_groups, truth_seed);
  }
  [[nodiscard]] std::vector<std::int32_t> labels() const { return mixed_labels(truth(), label_groups, seed); }
};

inline const std::vector<AgreementCase>& agreement_cases() {
  static const std::vector<AgreementCase> cases{
#include "golden_agreement.inc"
  };
  return cases;
}

}  // namespace regimetry::regimes
