// Which method finds the regimes, how many, and how it treats switches.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "regimes/jump/jump_emission.hpp"
#include "regimes/spectral/cluster_coordinates.hpp"

namespace regimetry::regimes {

enum class RegimeMethod { kSpectral, kKMeans, kMixture, kHiddenMarkov, kJump, kAgglomerative };

// "spectral", "kmeans", "gmm", "hmm", "jump", "agglomerative", as FittedRegimes::method() says it too.
[[nodiscard]] std::string_view method_name(RegimeMethod method) noexcept;
// In words for people: "spectral clustering".
[[nodiscard]] std::string_view method_words(RegimeMethod method) noexcept;
[[nodiscard]] std::span<const RegimeMethod> all_methods() noexcept;

// What a switch from one regime to another costs.
struct Persistence {
  enum class Kind {
    kOff,    // nothing
    kAuto,   // a penalty chosen from the data, without any truth
    kGiven,  // `penalty`
  };
  Kind kind = Kind::kOff;
  // In units of the jump model's objective: half a squared distance of scaled rows, or a log likelihood.
  double penalty = 0;
  bool operator==(const Persistence&) const = default;
};
// "off", "auto" or a number of at least 0; nothing for other words.
[[nodiscard]] std::optional<Persistence> parse_persistence(std::string_view word);
[[nodiscard]] std::string persistence_word(const Persistence& persistence);

struct RegimeOptions {
  RegimeMethod method = RegimeMethod::kSpectral;
  // Absent: chosen from evidence (spectral/choose_regime_count.hpp), the same for every method.
  std::optional<int> regime_count = {};
  int most_regimes = 12;  // that are tried when it is chosen
  // jump: always; absent is auto. spectral: a jump model on the spectral coordinates; absent is off. The
  // other methods have no such penalty.
  std::optional<Persistence> persistence = {};
  // jump: what a row costs in a regime. A normal law of its own tells regimes apart that differ in spread
  // more than in level; the distance to a centre is what the literature calls a jump model, and is always
  // used on spectral coordinates.
  JumpLoss loss = JumpLoss::kGaussian;
  int starts = 10;  // of every method that begins at random
  // spectral: what makes groups of the coordinates. Pivoted QR draws nothing.
  CoordinateAssignment assignment = CoordinateAssignment::kKMeans;
  // hmm: whether rows come from Student-t laws, which forgive outliers and take several times as long.
  bool has_student_noise = false;
  std::int64_t neighbor_count = 10;  // spectral: neighbours in the graph, a row itself counted

  [[nodiscard]] Persistence settled_persistence() const noexcept;
  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

}  // namespace regimetry::regimes
