// The factory of every command; each lives in commands/<name>.cpp. commands.cpp puts them into the order of
// --help.
#pragma once

#include <memory>

#include "cli/command.hpp"
#include "cli/meta_command.hpp"

namespace regimetry::cli {

[[nodiscard]] std::unique_ptr<Command> make_simulate_command();
[[nodiscard]] std::unique_ptr<Command> make_ingest_command();
[[nodiscard]] std::unique_ptr<Command> make_describe_command();
[[nodiscard]] std::unique_ptr<Command> make_resample_command();
[[nodiscard]] std::unique_ptr<Command> make_features_command();
[[nodiscard]] std::unique_ptr<Command> make_folds_command();
[[nodiscard]] std::unique_ptr<Command> make_audit_lookahead_command();
[[nodiscard]] std::unique_ptr<Command> make_audit_warmup_command();
[[nodiscard]] std::unique_ptr<Command> make_transform_fit_command();
[[nodiscard]] std::unique_ptr<Command> make_transform_apply_command();
[[nodiscard]] std::unique_ptr<Command> make_embed_command();
[[nodiscard]] std::unique_ptr<Command> make_cluster_command();
[[nodiscard]] std::unique_ptr<Command> make_interpret_command();
[[nodiscard]] std::unique_ptr<Command> make_assign_command();
[[nodiscard]] std::unique_ptr<Command> make_analyze_command();
[[nodiscard]] std::unique_ptr<Command> make_report_command();
[[nodiscard]] std::unique_ptr<Command> make_export_onnx_command();
[[nodiscard]] std::unique_ptr<Command> make_doctor_command();

[[nodiscard]] std::unique_ptr<MetaCommand> make_help_command();
[[nodiscard]] std::unique_ptr<MetaCommand> make_show_config_command();
[[nodiscard]] std::unique_ptr<MetaCommand> make_completion_command();
[[nodiscard]] std::unique_ptr<MetaCommand> make_probe_command();

}  // namespace regimetry::cli
