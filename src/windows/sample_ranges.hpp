// A set of samples (windows of one Windows object) as ranges of their indices: a few numbers where index
// lists would hold millions.
//
// Holds: sorted ranges that are not empty and do not touch one another.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"

namespace regimetry::windows {

class SampleRanges {
 public:
  SampleRanges() = default;

  // Adds begin, begin + 1, ..., end - 1; nothing when end <= begin. `begin` must not lie before that of an
  // earlier call.
  void append(std::int64_t begin, std::int64_t end);

  [[nodiscard]] std::int64_t size() const noexcept;  // samples
  [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
  [[nodiscard]] bool contains(std::int64_t sample) const noexcept;
  [[nodiscard]] std::span<const IndexRange> ranges() const noexcept { return ranges_; }
  // Every index, ascending: for shuffling.
  [[nodiscard]] std::vector<std::int64_t> indices() const;

  // The samples of this set that are not in `other`.
  [[nodiscard]] SampleRanges without(const SampleRanges& other) const;

 private:
  std::vector<IndexRange> ranges_;
};

}  // namespace regimetry::windows
