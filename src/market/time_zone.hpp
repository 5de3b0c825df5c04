// From a wall clock to UTC and back, by the IANA database or a fixed offset.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace regimetry::market {

// What a wall-clock reading means in a zone: one instant, none (clocks sprang forward over it) or two (fell
// back).
struct LocalReading {
  enum class Kind { kUnique, kGap, kOverlap } kind = Kind::kUnique;
  TimestampNs earlier =
      0;  // kUnique: the instant. kOverlap: the first of the two. kGap: the instant of the jump.
  TimestampNs later = 0;  // kOverlap: the second. Otherwise the same as `earlier`.
};

// Cheap to copy; const members may run in parallel. Lookups remember the zone's current period, so rising
// stamps are fast.
class TimeZone {
 public:
  [[nodiscard]] static TimeZone utc();
  [[nodiscard]] static TimeZone fixed_offset(std::int64_t offset_ns);  // east of Greenwich is positive
  // An IANA name (`America/New_York`) or an offset (`+02:00`, `-0330`, `UTC+2`). Throws Error (kUsage) naming
  // the nearest known zone when there is none of that name.
  [[nodiscard]] static TimeZone parse(std::string_view text);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool is_utc() const noexcept;
  // `local`: the wall clock read as if it were UTC.
  [[nodiscard]] LocalReading to_utc(TimestampNs local) const;
  // The wall clock in this zone, as if it were UTC.
  [[nodiscard]] TimestampNs to_local(TimestampNs utc) const;

 private:
  struct Impl;
  std::string name_;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace regimetry::market
