// Root may read and write anywhere, so a test of refused access becomes nobody for a while when it runs as
// root.
#pragma once

#include <sys/types.h>
#include <unistd.h>

namespace regimetry {

class WithoutRootRights {
 public:
  WithoutRootRights() : was_root_(::geteuid() == 0) {
    if (was_root_) worked_ = ::seteuid(kNobody) == 0;
  }
  ~WithoutRootRights() {
    if (was_root_) worked_ = ::seteuid(0) == 0;
  }
  WithoutRootRights(const WithoutRootRights&) = delete;
  WithoutRootRights& operator=(const WithoutRootRights&) = delete;
  [[nodiscard]] bool worked() const { return worked_; }

 private:
  static constexpr ::uid_t kNobody = 65534;
  bool was_root_ = false;
  bool worked_ = true;
};

}  // namespace regimetry
