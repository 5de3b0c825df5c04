// The points that may be among the k nearest of one query, while scores arrive in tiles.
//
// A score is known up to a margin. A point stays unless k others are nearer even when all scores are wrong by
// their margins, so none of the true k nearest is ever lost, and none that ties with the k-th.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace regimetry::neighbors {

struct Candidate {
  float least = 0, most = 0;  // where the true score lies
  std::int32_t point = 0;
};

class CandidateList {
 public:
  explicit CandidateList(std::int64_t k) : k_(static_cast<std::size_t>(k)), capacity_(2 * k_ + 48) {}

  // Takes the scores of the points first_point, first_point + 1, ...; infinite ones are nobody's. The count
  // is a multiple of 64. `scratch` has as many places as `scores`.
  void add(std::span<const float> scores, float margin, std::int64_t first_point, std::span<float> scratch);
  // Takes one point, of which the score is known up to `margin`.
  void add_one(float score, float margin, std::int64_t point);
  // Scores of which the least that they may be is above this are nobody's; it only falls.
  [[nodiscard]] float limit() const noexcept { return limit_; }
  // Those left after all tiles, in no particular order.
  [[nodiscard]] std::span<const Candidate> finish();
  void clear() noexcept;

 private:
  void lower_limit(std::span<const float> scores, float margin, std::span<float> scratch);
  void add_hits(const float* scores, float margin, std::int64_t first_point);
  void drop_hopeless();

  std::size_t k_, capacity_;
  // No more than k points have a true score below this, so one whose least score is above it is out.
  float limit_ = std::numeric_limits<float>::max();
  std::vector<Candidate> candidates_;
};

}  // namespace regimetry::neighbors
