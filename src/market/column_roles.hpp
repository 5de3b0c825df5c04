// Which column is the close? The names that exports give to the columns of a bar, in several languages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::market {

enum class ColumnRole {
  kTimestamp,  // date and time in one
  kDate,       // the date alone, when kTime stands in another column
  kTime,
  kOpen,
  kHigh,
  kLow,
  kClose,
  kAdjustedClose,
  kVolume,
  kTickVolume,  // MetaTrader's count of price changes: used as volume when the real one is absent or all zero
  kSymbol,
};
[[nodiscard]] std::string_view role_name(ColumnRole role) noexcept;  // "timestamp", "adjusted close", ...

// `header` in any case, with or without blanks, quotes, <angle brackets>, trailing '*' and '.', underscores
// or accents (already UTF-8): "Adj Close**" -> kAdjustedClose, "<TICKVOL>" -> kTickVolume, "Zamkniecie",
// "Schlusskurs", "Vol.". A bare "Date" or "Datum" gives kDate; who finds no kTime column beside it treats it
// as kTimestamp.
[[nodiscard]] std::optional<ColumnRole> role_of(std::string_view header);

// How surely a header names its role. Where two columns of a file claim one role, the smaller rank has it:
// "symbol" (0) before "name" (2), "close" (0) before "price" (1).
struct RoleMatch {
  ColumnRole role = ColumnRole::kTimestamp;
  int rank = 0;
};
[[nodiscard]] std::optional<RoleMatch> match_role(std::string_view header);

// The same for all names of one header, in their order, with what only the whole header can tell: 'c' alone
// may be anything, and is the close only where at least four of o, h, l, c, v and t stand together.
[[nodiscard]] std::vector<std::optional<RoleMatch>> match_roles(std::span<const std::string_view> headers);

// Which of `headers` says most surely that it has that role; the first of equals; nothing when none does.
[[nodiscard]] std::optional<std::size_t> surest_column(std::span<const std::string_view> headers,
                                                       ColumnRole role);

// What two spellings of one header have in common: lower case letters and digits, accents folded to ASCII.
[[nodiscard]] std::string header_key(std::string_view header);

}  // namespace regimetry::market
