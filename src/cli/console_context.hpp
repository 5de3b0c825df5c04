// A running command's view of the outside, on a real console.
#pragma once

#include <memory>

#include "cli/command.hpp"
#include "cli/console_observer.hpp"
#include "cli/result_output.hpp"

namespace regimetry::cli {

class ConsoleContext final : public CommandContext {
 public:
  // Borrows observer and output.
  ConsoleContext(CommonOptions common, nlohmann::json resolved_config, ConsoleObserver& observer,
                 ResultOutput& output);

  [[nodiscard]] const CommonOptions& common() const override { return common_; }
  [[nodiscard]] ThreadPool& pool() override;  // made on first use
  [[nodiscard]] Observer& observer() override { return observer_; }
  [[nodiscard]] const nlohmann::json& resolved_config() const override { return resolved_config_; }
  [[nodiscard]] std::filesystem::path output_path(const std::filesystem::path& path) const override;
  void print(std::string_view text) override;
  void print_json(const nlohmann::json& result) override;
  void finish(std::string_view wrote, std::string_view next_command) override;

 private:
  CommonOptions common_;
  nlohmann::json resolved_config_;
  ConsoleObserver& observer_;
  ResultOutput& output_;
  std::unique_ptr<ThreadPool> pool_;
};

// JSON as people and programs read it: two blanks per level, a newline at the end, bytes that are not UTF-8
// replaced.
[[nodiscard]] std::string json_text(const nlohmann::json& value);

}  // namespace regimetry::cli
