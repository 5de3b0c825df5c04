// stdout, for results: unbuffered, aware of a full disk and of a reader that has gone.
#pragma once

#include <string_view>

namespace regimetry::cli {

class ResultOutput {
 public:
  // `file_descriptor` stays open after us.
  explicit ResultOutput(int file_descriptor) noexcept : file_descriptor_(file_descriptor) {}

  // Throws Error (kInternal) when the text cannot be written, as on a full disk. A reader that has gone (`|
  // head`) is no error: what follows is dropped, and the command does the rest of its work.
  void write(std::string_view text);

 private:
  int file_descriptor_;
  bool reader_gone_ = false;
};

}  // namespace regimetry::cli
