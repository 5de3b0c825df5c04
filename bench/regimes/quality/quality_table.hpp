// The tables of docs/regime_quality.md, measured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "quality_method.hpp"

namespace regimetry::bench {

struct QualityStudy {
  std::string preset;
  std::int64_t history_bars = 0;  // online: bars to fit on; 0: final labels
  std::int64_t bars = 0;          // labelled
  int sequences = 0;
};

// What others report for one study.
struct PublishedValue {
  std::string preset;
  std::int64_t bars;
  std::string method;
  double balanced_accuracy;
};
[[nodiscard]] const std::vector<PublishedValue>& published_values();

// One markdown table: a row per method that has labels of this kind.
[[nodiscard]] std::string measure_table(const QualityStudy& study, const std::vector<QualityMethod>& methods,
                                        std::uint64_t seed, ThreadPool& pool);

}  // namespace regimetry::bench
