#include "cli/settings_page.hpp"

#include <fmt/format.h>

#include "cli/common_settings.hpp"
#include "cli/help_text.hpp"

namespace regimetry::cli {
namespace {

constexpr const char* kIntroduction = R"(# Settings

This page is made from the commands themselves by `regimetry help --markdown` (`make docs` rewrites it); do not edit it.

A setting has one name with three spellings: the flag `--window-size`, the key `window_size` in `--config` files and
`--set`, and the environment variable `REGIMETRY_WINDOW_SIZE`. Some commands have a setting that is itself called `set`:
there `--set core95`, a word without `=`, gives that one, and `--set seed=3`, with `=`, gives the setting `seed`.

Values arrive in this order, and later wins: default, `--config` files as given, environment, command line. `regimetry
show-config COMMAND [flags...]` tells where each value came from. One file can serve several commands: keys at its top
apply to every command that knows them, keys below a command's name to that command alone (a name of two words is joined
there: `audit_lookahead:`).

```yaml
seed: 7
ingest:
  on_bad_row: drop
```

Settings files are a safe subset of YAML: one document, at most 1 MiB, without anchors, aliases, tags and merge keys. The
setting's own type decides what a word means: `no` is false for a switch and stays `no` for a text. Switches take true,
false, yes, no, on, off, 1 and 0; lists take a YAML list, a repeated flag, or words separated by commas (paths: no commas);
maps take a YAML mapping or repeated `--flag NAME=VALUE`. Relative paths start at the current folder.
)";

// '|' would end a table's cell.
[[nodiscard]] std::string table_cell(std::string_view text) {
  std::string cell;
  for (const char c : text)
    cell += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
  return cell;
}

[[nodiscard]] std::string flag_cell(const Setting& setting) {
  std::string flag = fmt::format("`{}`", setting.flag_in_help());
  if (setting.key == "set") flag += " (a word without `=`)";
  if (setting.traits.short_flag != 0) flag += fmt::format(", `-{}`", setting.traits.short_flag);
  if (setting.traits.positional) flag += fmt::format(", or `{}` without a flag", setting.traits.placeholder);
  return flag;
}

void append_table(std::string& page, const SettingSchema& schema, bool common) {
  page += "\n| key | flag | type | what it does |\n| --- | --- | --- | --- |\n";
  for (const Setting& setting : schema.settings()) {
    if ((setting.traits.group == kCommonGroup) != common) continue;
    const std::string notes = value_notes(setting);
    page +=
        fmt::format("| `{}` | {} | {} | {} |\n", setting.key, flag_cell(setting), setting.type,
                    table_cell(notes.empty() ? setting.help : fmt::format("{} ({})", setting.help, notes)));
  }
}

void append_command(std::string& page, Command& command) {
  SettingSchema schema;
  command.declare(schema);
  page += fmt::format("\n## {}\n\n{}.\n\n{}\n", command.name(), table_cell(command.summary()),
                      command.description());
  if (!schema.settings().empty()) append_table(page, schema, /*common=*/false);
  page += "\n```sh\n";
  for (const std::string& example : command.examples()) page += example + "\n";
  page += "```\n";
}

}  // namespace

std::string settings_page(const std::vector<std::unique_ptr<Command>>& commands) {
  std::string page = kIntroduction;
  for (const auto& command : commands) append_command(page, *command);

  SettingSchema schema;
  CommonOptions common;
  declare_common_settings(schema, common);
  page +=
      "\n## Every command\n\nBeside these, every command takes `--help`, `--config FILE` and `--set "
      "KEY=VALUE`.\n";
  append_table(page, schema, /*common=*/true);
  return page;
}

}  // namespace regimetry::cli
