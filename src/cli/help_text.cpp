#include "cli/help_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command_name.hpp"
#include "cli/common_settings.hpp"
#include "cli/find_command.hpp"
#include "cli/text_layout.hpp"
#include "cli/word_value.hpp"

namespace regimetry::cli {
namespace {

constexpr int kMinWidth = 40;
constexpr int kMaxWidth = 110;
constexpr std::size_t kWidestLeftColumn = 26;

// A line of a two-column table: what to type, and what it does.
struct HelpRow {
  std::string left, right;
};

class HelpPage {
 public:
  explicit HelpPage(int width) : width_(static_cast<std::size_t>(std::clamp(width, kMinWidth, kMaxWidth))) {}

  void paragraph(std::string_view text, std::size_t indent = 0) {
    for (const std::string& line : wrap_text(text, width_ - indent)) {
      text_ += line.empty() ? "\n" : fmt::format("{:{}}{}\n", "", indent, line);
    }
  }
  void blank() { text_ += '\n'; }
  void heading(std::string_view title) { text_ += fmt::format("\n{}:\n", title); }
  // Never wrapped: people copy these.
  void verbatim(std::string_view line) { text_ += fmt::format("  {}\n", line); }

  void table(const std::vector<HelpRow>& rows) {
    std::size_t left_width = 0;
    for (const HelpRow& row : rows) left_width = std::max(left_width, display_width(row.left));
    left_width = std::min(left_width, kWidestLeftColumn);
    const std::size_t indent = 2 + left_width + 2;
    for (const HelpRow& row : rows) add_row(row, indent);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void add_row(const HelpRow& row, std::size_t indent) {
    std::string line = "  " + row.left;
    if (display_width(line) + 2 > indent) {  // too wide for its column: the explanation starts below
      text_ += line + "\n";
      line.clear();
    }
    for (const std::string& right : wrap_text(row.right, width_ - indent)) {
      line += std::string(indent - display_width(line), ' ') + right;
      text_ += line + "\n";
      line.clear();
    }
  }

  std::size_t width_;
  std::string text_;
};

[[nodiscard]] std::string left_column(const Setting& setting) {
  const std::string short_flag =
      setting.traits.short_flag != 0 ? fmt::format("-{}, ", setting.traits.short_flag) : "    ";
  if (setting.type == "flag") return short_flag + setting.flag_in_help();
  return fmt::format("{}{} {}", short_flag, setting.flag(), setting.traits.placeholder);
}

[[nodiscard]] std::string right_column(const Setting& setting) {
  std::string text = setting.help;
  if (setting.key == "set") text += " (A word with '=' is not for this option: see --set KEY=VALUE below.)";
  const std::string notes = value_notes(setting);
  return notes.empty() ? text : fmt::format("{} [{}]", text, notes);
}

// Headings in the order in which they first appear, the command's own first and the common one last.
[[nodiscard]] std::vector<std::string> group_order(const SettingSchema& schema) {
  std::vector<std::string> groups = {""};
  for (const Setting& setting : schema.settings()) {
    const std::string& group = setting.traits.group;
    if (group != kCommonGroup && std::find(groups.begin(), groups.end(), group) == groups.end())
      groups.push_back(group);
  }
  groups.emplace_back(kCommonGroup);
  return groups;
}

[[nodiscard]] std::vector<HelpRow> rows_of_group(const SettingSchema& schema, const std::string& group) {
  std::vector<HelpRow> rows;
  if (group == kCommonGroup) {
    rows.push_back({"-h, --help", "Show this help"});
    rows.push_back({"    --config FILE", "Read settings from a YAML file; repeatable, later files win"});
    rows.push_back(
        {"    --set KEY=VALUE",
         schema.find("set") == nullptr
             ? "Give any setting by its key; repeatable"
             : "A word with '=' gives any setting by its key, as in '--set seed=3'; repeatable. A word "
               "without '=' is meant for the option --set above"});
  }
  for (const Setting& setting : schema.settings()) {
    if (setting.traits.group == group) rows.push_back({left_column(setting), right_column(setting)});
  }
  return rows;
}

[[nodiscard]] std::vector<HelpRow> rows_of(const std::vector<std::unique_ptr<Command>>& commands) {
  std::vector<HelpRow> rows;
  rows.reserve(commands.size());
  for (const auto& command : commands)
    rows.push_back({std::string(command->name()), std::string(command->summary())});
  return rows;
}

[[nodiscard]] std::vector<HelpRow> rows_of(const std::vector<std::unique_ptr<MetaCommand>>& commands) {
  std::vector<HelpRow> rows;
  for (const auto& command : commands) {
    if (!command->is_hidden())
      rows.push_back({std::string(command->name()), std::string(command->summary())});
  }
  return rows;
}

// The setting that shows best how flag, key and variable are the same word.
[[nodiscard]] const Setting& sample_setting(const SettingSchema& schema) {
  for (const Setting& setting : schema.settings()) {
    if (setting.type != "flag" && setting.key.find('_') != std::string::npos) return setting;
  }
  return schema.settings().front();
}

}  // namespace

std::string value_notes(const Setting& setting) {
  std::vector<std::string> notes;
  if (!setting.traits.choices.empty()) {
    notes.push_back(fmt::format("{}: {}", setting.type == "map" ? "names" : "allowed",
                                fmt::join(setting.traits.choices, ", ")));
  }
  const std::string range = describe_range(setting.traits);
  if (!range.empty()) notes.push_back("allowed: " + range);
  if (setting.takes_many) notes.emplace_back("repeatable");
  if (setting.traits.required) {
    notes.emplace_back("required");
  } else if (setting.type == "flag") {
    if (setting.default_text == "true") notes.emplace_back("default: on");
  } else if (!setting.default_text.empty()) {
    notes.push_back("default: " + setting.default_text);
  }
  return fmt::format("{}", fmt::join(notes, "; "));
}

std::string positional_usage(const SettingSchema& schema) {
  for (const Setting& setting : schema.settings()) {
    if (!setting.traits.positional) continue;
    std::string word = setting.traits.placeholder;
    if (setting.takes_many) word += "...";
    return setting.traits.required ? word : fmt::format("[{}]", word);
  }
  return {};
}

std::string overview_help(const ProgramView& program) {
  HelpPage page(program.help_width);
  page.paragraph("regimetry: market regimes and calibrated predictions");
  page.blank();
  page.verbatim("regimetry COMMAND [options]");
  page.heading("Commands");
  page.table(rows_of(program.commands));
  page.heading("About the commands");
  page.table(rows_of(program.meta_commands));
  page.heading("Options");
  page.table({{"-h, --help", "Show this help; after a command, that command's"},
              {"    --version", "Show the version"}});
  page.blank();
  page.paragraph(
      "Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 an audit found "
      "something or an internal failure (stderr says which), 2 usage or configuration, 3 data.");
  return page.take();
}

std::string group_help(const ProgramView& program, std::string_view group) {
  const std::vector<const Command*> members = commands_of_group(program.commands, group);
  std::vector<HelpRow> rows;
  for (const Command* member : members)
    rows.push_back({std::string(verb_of(member->name())), std::string(member->summary())});
  HelpPage page(program.help_width);
  page.verbatim(fmt::format("regimetry {} COMMAND [options]", group));
  page.heading("Commands");
  page.table(rows);
  page.blank();
  page.paragraph(fmt::format("'regimetry {} --help' explains the first of them; so with the others.",
                             members.front()->name()));
  return page.take();
}

std::string command_help(const Command& command, const SettingSchema& schema, int width) {
  HelpPage page(width);
  page.paragraph(fmt::format("regimetry {}: {}", command.name(), command.summary()));
  page.blank();
  const std::string positional = positional_usage(schema);
  page.verbatim(
      fmt::format("regimetry {}{}{} [options]", command.name(), positional.empty() ? "" : " ", positional));
  page.blank();
  page.paragraph(command.description());
  for (const std::string& group : group_order(schema)) {
    const std::vector<HelpRow> rows = rows_of_group(schema, group);
    if (rows.empty()) continue;
    page.heading(group.empty() ? "Options" : group);
    page.table(rows);
  }
  page.heading("Examples");
  for (const std::string& example : command.examples()) page.verbatim(example);
  page.blank();
  const Setting& sample = sample_setting(schema);
  page.paragraph(
      fmt::format("Each option is also a key of --config and --set and an environment variable: {} is '{}' "
                  "and {}. The command line wins over the environment, that over files, those over defaults. "
                  "Switches that are on are turned off by --no-..., as in '--no-json'. Relative paths, in "
                  "files too, start at the current folder.",
                  sample.flag(), sample.key, sample.environment()));
  return page.take();
}

}  // namespace regimetry::cli
