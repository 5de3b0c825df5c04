#include "windows/row_range.hpp"

namespace regimetry::windows {

bool overlaps(const RowRange& a, const RowRange& b) noexcept {
  return a.begin < b.end && b.begin < a.end && a.size() > 0 && b.size() > 0;
}

}  // namespace regimetry::windows
