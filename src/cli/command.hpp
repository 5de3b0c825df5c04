// A command of the binary: a name, settings, and a run. One file per command; commands.cpp lists them all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/setting_schema.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"

namespace regimetry::cli {

// Settings that every command has.
struct CommonOptions {
  std::uint64_t seed = 42;
  int threads = 0;                   // 0: one per processor
  std::filesystem::path output_dir;  // relative outputs go below it; empty: the current folder
  bool quiet = false;                // errors only
  bool verbose = false;
  bool debug = false;     // a former name of verbose
  bool log_json = false;  // notes, progress and errors as JSON lines on stderr
  bool json = false;      // the result as JSON on stdout
};

// What a running command sees of the outside. stdout carries results, stderr everything else.
class CommandContext {
 public:
  virtual ~CommandContext() = default;
  [[nodiscard]] virtual const CommonOptions& common() const = 0;
  [[nodiscard]] virtual ThreadPool& pool() = 0;
  [[nodiscard]] virtual Observer& observer() = 0;
  // {"command": name, "version": ..., "settings": {key: {"value": ..., "origin":
  // "default"|"file.yaml:7"|"environment"|"flag"}}} without settings that cannot change a result (quiet,
  // verbose, log_json, json, threads).
  [[nodiscard]] virtual const nlohmann::json& resolved_config() const = 0;
  // `path` below --output-dir when it is relative and one is set (the folder is made if missing).
  [[nodiscard]] virtual std::filesystem::path output_path(const std::filesystem::path& path) const = 0;
  // A result for people; dropped with --json or --quiet.
  virtual void print(std::string_view text) = 0;
  // The result for machines; printed only with --json.
  virtual void print_json(const nlohmann::json& result) = 0;
  // The last line: what was written and what to run next. Dropped with --quiet; goes to stderr.
  virtual void finish(std::string_view wrote, std::string_view next_command) = 0;
};

class Command {
 public:
  virtual ~Command() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual std::string_view summary() const = 0;      // one line, no period
  [[nodiscard]] virtual std::string_view description() const = 0;  // a paragraph or two for --help
  [[nodiscard]] virtual std::vector<std::string> examples()
      const = 0;  // each runs as it stands after `make run`
  virtual void declare(SettingSchema& schema) = 0;
  // The exit code. Errors are thrown.
  virtual int run(CommandContext& context) = 0;
};

// Every command, in the order of --help.
[[nodiscard]] std::vector<std::unique_ptr<Command>> make_commands();

}  // namespace regimetry::cli
