// regimetry probe NAME: one probe of core/machine, its facts as JSON on stdout. `doctor` runs it in a child
// process, so that a library which crashes, hangs or reads its environment once cannot harm the program that
// asks.
#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/console_context.hpp"
#include "core/error.hpp"
#include "core/machine/library_probes.hpp"

namespace regimetry::cli {
namespace {

class ProbeCommand final : public MetaCommand {
 public:
  [[nodiscard]] std::string_view name() const override { return "probe"; }
  [[nodiscard]] std::string_view summary() const override { return "look at one library (used by doctor)"; }
  [[nodiscard]] std::string help() const override {
    return "regimetry probe: look at one library (used by 'regimetry doctor')\n\n"
           "  regimetry probe blas|onednn|gpu|torch\n";
  }
  [[nodiscard]] bool is_hidden() const override { return true; }

  int run(const ProgramView& program, std::span<const std::string> words) override {
    program.output.write(json_text(facts_of(words.size() == 1 ? words.front() : std::string())));
    return 0;
  }

 private:
  [[nodiscard]] static nlohmann::json facts_of(const std::string& probe) {
    if (probe == "blas") return probe_blas();
    if (probe == "onednn") return probe_onednn();
    if (probe == "gpu") return probe_gpu();
    if (probe == "torch") return probe_torch();
    throw Error(ErrorKind::kUsage, "probe: needs one of blas, onednn, gpu, torch");
  }
};

}  // namespace

std::unique_ptr<MetaCommand> make_probe_command() {
  return std::make_unique<ProbeCommand>();
}

}  // namespace regimetry::cli
