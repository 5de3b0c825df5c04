#include "regimes/model/persistent_spectral.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/error.hpp"
#include "regimes/model/tensor_prefix.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::string_view kSpectralPart = "spectral.", kJumpPart = "jump.";

class PersistentSpectralSequence final : public OnlineRegimes {
 public:
  PersistentSpectralSequence(const SpectralRegimes& spectral, const JumpRegimes& jump)
      : map_(spectral.map()),
        scratch_(map_.make_scratch()),
        jump_(jump.start()),
        coordinates_(static_cast<std::size_t>(spectral.component_count())) {}

  Answer push(std::span<const float> row) override {
    map_.place(row, scratch_, coordinates_);
    return jump_->push(coordinates_);
  }

 private:
  const LandmarkMap& map_;
  LandmarkMap::Scratch scratch_;
  std::unique_ptr<OnlineRegimes> jump_;
  std::vector<float> coordinates_;  // [C]
};

}  // namespace

PersistentSpectralRegimes::PersistentSpectralRegimes(SpectralRegimes spectral, JumpRegimes jump)
    : spectral_(std::move(spectral)), jump_(std::move(jump)) {}

std::unique_ptr<OnlineRegimes> PersistentSpectralRegimes::start() const {
  return std::make_unique<PersistentSpectralSequence>(spectral_, jump_);
}

TensorFile PersistentSpectralRegimes::to_tensors() const {
  TensorFile file;
  add_part(file, kSpectralPart, spectral_.to_tensors());
  add_part(file, kJumpPart, jump_.to_tensors());
  return file;
}

PersistentSpectralRegimes PersistentSpectralRegimes::from_tensors(const TensorFile& file) {
  SpectralRegimes spectral = SpectralRegimes::from_tensors(part_of(file, kSpectralPart));
  JumpRegimes jump = JumpRegimes::from_tensors(part_of(file, kJumpPart));
  if (jump.width() != spectral.component_count())
    throw Error(ErrorKind::kData,
                fmt::format("the jump model reads {} coordinates, and the spectral part has {}", jump.width(),
                            spectral.component_count()));
  return {std::move(spectral), std::move(jump)};
}

}  // namespace regimetry::regimes
