// What a user wrote, as a tree: `ema(12) - ema(26)`, `rsi(volume, 14)`, `zscore(log_return(5), 60) > 2`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::features {

struct Expression {
  enum class Kind { kNumber, kName, kCall, kNegate, kBinary };
  Kind kind = Kind::kNumber;
  double number = 0;
  std::string name;                         // kName, kCall: the word; kBinary: the sign, such as "+" or "<="
  std::vector<Expression> arguments;        // of the call; one operand of kNegate, two of kBinary
  std::vector<std::string> argument_names;  // kCall: one per argument, empty unless written as `period = 14`
  std::size_t position = 0;                 // in the text, from 0
  bool is_quoted = false;  // kName: written in backticks, so it is a column whatever else has that name
};

// Letters and '_'; also digits and '.' after the first.
[[nodiscard]] bool is_name_start(char c) noexcept;
[[nodiscard]] bool is_name_part(char c) noexcept;

// Throws Error (kUsage) that shows where the text stops making sense.
//
// Grammar, loosest first:   a < b, <=, >, >= (1 or 0)  |  a + b, a - b  |  a * b, a / b  |  -a  |  call,
// name, number, (a) Names are letters, digits, '_' and '.'; any other column name stands in backticks: `Adj
// Close`.
[[nodiscard]] Expression parse_expression(std::string_view text);

// Cuts a list at its top-level commas and line ends: "rsi(14), ema_ratio(12,26)" -> two texts, outer blanks
// removed.
[[nodiscard]] std::vector<std::string> split_expressions(std::string_view list);

}  // namespace regimetry::features
