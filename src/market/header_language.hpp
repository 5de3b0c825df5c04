// In which language do the headers of a table speak? It tells how the numbers below them may be written.
#pragma once

#include <string_view>

namespace regimetry::market {

// German, Polish, Spanish, Portuguese, French or Italian words that role_of() knows: "Schluss", "Zamkniecie",
// "Fecha". These languages write 1.234 for one thousand and more. Words that English shares with them ("max")
// do not count.
[[nodiscard]] bool is_foreign_header(std::string_view header);

}  // namespace regimetry::market
