// How much a loss of one unit says: what turns the losses of a jump model into odds.
//
// If rows were independent and normal around their centres with one variance, that variance would turn
// squared losses into log likelihoods. Features correlate and windows overlap, so it is measured instead: for
// the rows of each regime take the difference d_t between the loss in the regime that fits them next best and
// in their own. For a normal log likelihood ratio var(d) = 2 mean(d); hence
//
//   kSquared   temperature = autocorrelation time * var(d) / (2 mean(d))
//   kGaussian  temperature = autocorrelation time, as the losses are log likelihoods of single rows already
//
// The autocorrelation time is 1 + 2 sum of the autocorrelations of d up to the first that is not significant:
// how many neighbouring rows say what one says.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "regimes/jump/jump_emission.hpp"

namespace regimetry::regimes {

// Mean over regimes, weighted by their rows. losses [T, K], labels [T]. With a single regime there is nothing
// to turn into odds, and the answer is 1. Always positive.
[[nodiscard]] double jump_temperature(const Eigen::ArrayXXd& losses, std::span<const std::int32_t> labels,
                                      JumpLoss loss);

}  // namespace regimetry::regimes
