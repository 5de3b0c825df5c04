#include "cli/commands/commands.hpp"

namespace regimetry::cli {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;  // in the order in which data walks through them
  commands.push_back(make_simulate_command());
  commands.push_back(make_ingest_command());
  commands.push_back(make_describe_command());
  commands.push_back(make_resample_command());
  commands.push_back(make_features_command());
  commands.push_back(make_folds_command());
  commands.push_back(make_audit_lookahead_command());
  commands.push_back(make_audit_warmup_command());
  commands.push_back(make_transform_fit_command());
  commands.push_back(make_transform_apply_command());
  commands.push_back(make_embed_command());
  commands.push_back(make_cluster_command());
  commands.push_back(make_interpret_command());
  commands.push_back(make_assign_command());
  commands.push_back(make_analyze_command());
  commands.push_back(make_report_command());
  commands.push_back(make_export_onnx_command());
  commands.push_back(make_doctor_command());
  return commands;
}

std::vector<std::unique_ptr<MetaCommand>> make_meta_commands() {
  std::vector<std::unique_ptr<MetaCommand>> commands;
  commands.push_back(make_help_command());
  commands.push_back(make_show_config_command());
  commands.push_back(make_completion_command());
  commands.push_back(make_probe_command());
  return commands;
}

}  // namespace regimetry::cli
