#include "neighbors/candidate_list.hpp"

#include <algorithm>

namespace regimetry::neighbors {
namespace {

// Scores that are compared at once: many while hits are rare, few where there is one.
constexpr std::size_t kGroup = 64, kSmallGroup = 16;

template <std::size_t kCount>
bool holds_hit(const float* scores, float limit) {
  int hits = 0;
  for (std::size_t i = 0; i < kCount; ++i) hits += scores[i] <= limit ? 1 : 0;
  return hits > 0;
}

// Writes the places of the hits, and says how many there are. Without branches: which scores are hits cannot
// be guessed.
std::size_t list_hits(const float* scores, float limit, std::size_t* places) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSmallGroup; ++i) {
    places[count] = i;
    count += scores[i] <= limit ? 1 : 0;
  }
  return count;
}

}  // namespace

void CandidateList::add(std::span<const float> scores, float margin, std::int64_t first_point,
                        std::span<float> scratch) {
  if (candidates_.empty()) lower_limit(scores, margin, scratch);
  for (std::size_t begin = 0; begin < scores.size(); begin += kGroup) {
    if (holds_hit<kGroup>(scores.data() + begin, limit_ + margin))
      add_hits(scores.data() + begin, margin, first_point + static_cast<std::int64_t>(begin));
  }
}

// Without a limit every score of the first tile would enter. The least of each of a few groups are different
// points, so the k-th least of those is no lower than the k-th least of all.
void CandidateList::lower_limit(std::span<const float> scores, float margin, std::span<float> scratch) {
  std::size_t groups = scores.size();
  if (groups < k_) return;
  std::copy(scores.begin(), scores.end(), scratch.begin());
  while (groups % 2 == 0 && groups / 2 >= std::max<std::size_t>(2 * k_, 16)) {
    groups /= 2;
    for (std::size_t i = 0; i < groups; ++i) scratch[i] = std::min(scratch[i], scratch[i + groups]);
  }
  const auto kth = scratch.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
  std::nth_element(scratch.begin(), kth, scratch.begin() + static_cast<std::ptrdiff_t>(groups));
  limit_ = std::min(limit_, *kth + margin);
}

void CandidateList::add_hits(const float* scores, float margin, std::int64_t first_point) {
  std::size_t places[kSmallGroup];
  for (std::size_t begin = 0; begin < kGroup; begin += kSmallGroup) {
    if (!holds_hit<kSmallGroup>(scores + begin, limit_ + margin)) continue;
    const std::size_t count = list_hits(scores + begin, limit_ + margin, places);
    for (std::size_t hit = 0; hit < count; ++hit) {
      const std::size_t place = begin + places[hit];
      candidates_.push_back({scores[place] - margin, scores[place] + margin,
                             static_cast<std::int32_t>(first_point + static_cast<std::int64_t>(place))});
    }
    if (candidates_.size() >= capacity_) drop_hopeless();
  }
}

void CandidateList::add_one(float score, float margin, std::int64_t point) {
  if (score - margin > limit_) return;
  candidates_.push_back({score - margin, score + margin, static_cast<std::int32_t>(point)});
  if (candidates_.size() >= capacity_) drop_hopeless();
}

void CandidateList::drop_hopeless() {
  if (candidates_.size() < k_) return;
  const auto kth = candidates_.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
  std::nth_element(candidates_.begin(), kth, candidates_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.most < b.most; });
  limit_ = std::min(limit_, kth->most);
  std::erase_if(candidates_, [&](const Candidate& candidate) { return candidate.least > limit_; });
  // Where margins leave this many, looking again soon would find them all again.
  if (2 * candidates_.size() > capacity_) capacity_ *= 2;
}

std::span<const Candidate> CandidateList::finish() {
  drop_hopeless();
  return candidates_;
}

void CandidateList::clear() noexcept {
  candidates_.clear();
  capacity_ = 2 * k_ + 48;
  limit_ = std::numeric_limits<float>::max();
}

}  // namespace regimetry::neighbors
