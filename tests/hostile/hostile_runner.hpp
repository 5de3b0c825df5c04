// Drives a reader through hostile cases and judges what it does with each.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hostile/hostile_files.hpp"

namespace regimetry::hostile {

// Reads the file and gives the bars in it (nothing for formats that hold none). Throws Error for what it
// refuses.
using Reader = std::function<ExpectedBars(const std::filesystem::path&)>;

// Whether a message must say what to do. Settled for formats whose errors are a place in a text of the user's
// own.
enum class Advice { kDemanded, kOptional };

struct RunOptions {
  Advice advice = Advice::kDemanded;
  // Weaknesses that are known and not mended yet: names of cases, or beginnings of names with '*' after them.
  // They are printed instead of failing the test. One that no case shows any more fails it, so that the list
  // can only shrink.
  std::vector<std::string> open_findings;
};

// Runs every case in a folder and a process of its own, so that all cases run whatever one does. Per case,
// the test fails when
// - the reader crashes, takes more than 20 s (ten times that under a sanitizer) or more than 3 GiB of memory;
// - it throws anything but Error, or an Error that does not name the file, gives no advice or holds control
// characters;
// - it throws where the file is good, or yields anything but exactly the bars that the case allows.
// The slowest cases are printed, since a slow refusal is a weakness that no assertion shows.
void run_cases(const HostileCases& cases, const Reader& reader, const RunOptions& options = {});

// What is wrong with an error's message, "" when nothing is: it must name the file, say what to do and be fit
// to print.
[[nodiscard]] std::string message_flaw(std::string_view message, std::string_view file_name,
                                       Advice advice = Advice::kDemanded);

}  // namespace regimetry::hostile
