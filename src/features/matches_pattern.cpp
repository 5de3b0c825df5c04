#include "features/matches_pattern.hpp"

#include <cstddef>

namespace regimetry::features {

bool matches_pattern(std::string_view name, std::string_view pattern) noexcept {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  name.remove_prefix(star);
  pattern.remove_prefix(star);
  while (true) {  // pattern begins with '*'
    pattern.remove_prefix(1);
    const std::size_t next = pattern.find('*');
    const std::string_view piece = pattern.substr(0, next);
    if (next == std::string_view::npos) return name.ends_with(piece);
    const std::size_t at = name.find(piece);  // the first place leaves most for the rest
    if (at == std::string_view::npos) return false;
    name.remove_prefix(at + piece.size());
    pattern.remove_prefix(next);
  }
}

}  // namespace regimetry::features
