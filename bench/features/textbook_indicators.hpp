// Indicators as a textbook writes them: one plain loop over arrays, O(1) per bar where the book has it so,
// running sums and all. What the ones of the catalogue are timed against.
#pragma once

#include <vector>

#include "market/bars.hpp"

namespace regimetry::features::textbook {

using Column = std::vector<double>;

void sma(const market::Bars& bars, Column& out);         // 20
void ema(const market::Bars& bars, Column& out);         // 20
void dema(const market::Bars& bars, Column& out);        // 20
void rsi(const market::Bars& bars, Column& out);         // 14
void atr(const market::Bars& bars, Column& out);         // 14
void bollinger(const market::Bars& bars, Column& out);   // 20, 2: percent b
void cci(const market::Bars& bars, Column& out);         // 20
void adx(const market::Bars& bars, Column& out);         // 14
void macd(const market::Bars& bars, Column& out);        // 12, 26, 9: histogram
void stochastic(const market::Bars& bars, Column& out);  // 14, 3

}  // namespace regimetry::features::textbook
