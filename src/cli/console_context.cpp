#include "cli/console_context.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace regimetry::cli {

ConsoleContext::ConsoleContext(CommonOptions common, nlohmann::json resolved_config,
                               ConsoleObserver& observer, ResultOutput& output)
    : common_(std::move(common)),
      resolved_config_(std::move(resolved_config)),
      observer_(observer),
      output_(output) {}

ThreadPool& ConsoleContext::pool() {
  if (!pool_) pool_ = std::make_unique<ThreadPool>(common_.threads);
  return *pool_;
}

std::filesystem::path ConsoleContext::output_path(const std::filesystem::path& path) const {
  if (path.is_absolute() || common_.output_dir.empty()) return path;
  std::error_code error;
  std::filesystem::create_directories(common_.output_dir, error);
  if (error) {
    throw Error(ErrorKind::kUsage, fmt::format("--output-dir: folder '{}' cannot be made: {}",
                                               common_.output_dir.string(), error.message()));
  }
  return common_.output_dir / path;
}

void ConsoleContext::print(std::string_view text) {
  if (common_.json || common_.quiet || text.empty()) return;
  observer_.clear();
  output_.write(text.ends_with('\n') ? std::string(text) : fmt::format("{}\n", text));
}

void ConsoleContext::print_json(const nlohmann::json& result) {
  if (!common_.json) return;
  observer_.clear();
  output_.write(json_text(result));
}

void ConsoleContext::finish(std::string_view wrote, std::string_view next_command) {
  observer_.on_finish(wrote, next_command);
}

std::string json_text(const nlohmann::json& value) {
  return value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace regimetry::cli
