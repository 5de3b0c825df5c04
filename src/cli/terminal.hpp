// What the program's outputs are connected to.
#pragma once

namespace regimetry::cli {

struct Terminal {
  bool is_terminal = false;  // a person may be watching: draw bars
  bool has_color = false;    // and NO_COLOR is unset and TERM is not "dumb"
  int width = 80;            // columns; 80 when unknown
};

// Of file descriptor 1 (stdout) or 2 (stderr).
[[nodiscard]] Terminal inspect_terminal(int file_descriptor);

}  // namespace regimetry::cli
