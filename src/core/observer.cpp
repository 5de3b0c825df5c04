#include "core/observer.hpp"

namespace regimetry {

Observer& silent_observer() noexcept {
  static Observer silent;  // has no state, so sharing it is harmless
  return silent;
}

}  // namespace regimetry
