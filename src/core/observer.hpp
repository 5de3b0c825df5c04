// How computing code tells the outside what happens, without knowing whether anyone looks.
//
// No stage prints. It reports here; the command line turns it into a bar, a log line or JSON, a test into
// nothing.
#pragma once

#include <cstdint>
#include <string_view>

namespace regimetry {

class Observer {
 public:
  virtual ~Observer() = default;
  // Progress of the stage called `stage`: `done` of `total` units (total 0: unknown). May be called from any
  // thread.
  virtual void on_progress(std::string_view /*stage*/, std::int64_t /*done*/, std::int64_t /*total*/) {}
  // Something the user should know although work goes on: an assumption made, a repair done.
  virtual void on_note(std::string_view /*text*/) {}
  // The same, where the assumption may be wrong and the user should check.
  virtual void on_warning(std::string_view /*text*/) {}
};

// For callers that do not watch.
[[nodiscard]] Observer& silent_observer() noexcept;

}  // namespace regimetry
