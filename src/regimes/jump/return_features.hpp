// Features of a return series by itself, as the jump-model literature uses them (Nystrup, Lindstrom and
// Madsen 2020; Zheng, Li and Xu 2021): the return, its absolute changes, and local means and spreads over
// short windows.
//
// Two versions that must not be mixed up:
//   centred_return_features    looks 2 x 14 rows around each row, into the FUTURE too. For final, descriptive
//                              labels only.
//   trailing_return_features   looks back only. For labels as known at the time.
//
// Shape:  returns [T] -> features [T, F], each column scaled to mean 0 and variance 1 over the rows given, or
// by
//         a scale learned elsewhere. At the ends windows are cut short, so that no row is lost.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

// F = 15: the return; its absolute change from the row before and to the row after; for w = 6 and 14 the mean
// and spread of the w rows up to this one, of the w rows from this one on, and of the 2w rows around it.
[[nodiscard]] MatrixD centred_return_features(std::span<const double> returns);

// F = 6: the return; its absolute change from the row before; for w = 6 and 14 the mean and spread of the w
// rows up to this one.
[[nodiscard]] MatrixD trailing_return_features(std::span<const double> returns);

}  // namespace regimetry::regimes
