// One indicator over bars, in double precision, by name: what the tests of the catalogue compare with
// references.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::features::testing {

// The values on every bar, NaN where missing, computed in blocks of `block_size` bars (1: as live bars would
// come).
[[nodiscard]] std::vector<double> run_feature(std::string_view name, const std::vector<double>& parameters,
                                              const market::Bars& bars, std::int64_t block_size = 64);
// The same for any expression, such as "rsi(volume, 14)".
[[nodiscard]] std::vector<double> run_expression(const std::string& text, const market::Bars& bars,
                                                 std::int64_t block_size = 64);
// What the catalogue says its warm-up is.
[[nodiscard]] std::int64_t declared_warmup(std::string_view name, const std::vector<double>& parameters);
// With every parameter at its default.
[[nodiscard]] std::vector<double> default_parameters(std::string_view name);

// Fails unless both are missing on the same bars and differ nowhere by more than
// tolerance * (1 + |expected|).
void expect_near(const std::vector<double>& actual, const std::vector<double>& expected, double tolerance);

}  // namespace regimetry::features::testing
