// regimetry doctor: what this machine offers, how fast it is, and what to fix.
#include <duckdb.h>
#include <fmt/format.h>

#include <cstdlib>

#include "cli/commands/commands.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "core/machine/child_process.hpp"
#include "core/machine/diagnose.hpp"

namespace regimetry::cli {
namespace {

using Variables = std::vector<std::pair<std::string, std::string>>;

// The facts of one probe, asked in a child process; nothing when it crashed, hung or could not be started.
template <typename Facts>
[[nodiscard]] std::optional<Facts> ask_child(const std::string& probe, const Variables& environment = {}) {
  const ChildResult child =
      run_child({.command = {"/proc/self/exe", "probe", probe}, .environment = environment});
  const nlohmann::json facts = nlohmann::json::parse(child.output, nullptr, /*allow_exceptions=*/false);
  if (child.timed_out || facts.is_discarded()) return std::nullopt;
  try {
    return facts.get<Facts>();
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // a library printed something of its own among the facts
  }
}

// Set and not empty.
[[nodiscard]] std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

[[nodiscard]] Variables thread_variables() {
  Variables variables;
  for (const char* name :
       {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"}) {
    if (auto value = variable(name)) variables.emplace_back(name, std::move(*value));
  }
  return variables;
}

[[nodiscard]] std::optional<DiskFacts> inspect_disk(const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  if (error) return std::nullopt;
  return DiskFacts{.folder = folder.string(), .free_bytes = static_cast<std::int64_t>(space.available)};
}

[[nodiscard]] std::string compiler_text() {
#if defined(__clang__)
  return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("g++ {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

// The widest vectors that this build may use.
[[nodiscard]] std::string_view build_vectors() {
#if defined(__AVX512F__)
  return "AVX-512";
#elif defined(__AVX2__)
  return "AVX2";
#elif defined(__x86_64__)
  return "SSE2";
#else
  return "baseline";
#endif
}

[[nodiscard]] std::string fmt_version() {
  return fmt::format("{}.{}.{}", FMT_VERSION / 10'000, FMT_VERSION / 100 % 100, FMT_VERSION % 100);
}

[[nodiscard]] MachineFacts inspect_machine(const std::filesystem::path& output_dir, Observer& observer) {
  constexpr int kProbes = 5;
  int done = 0;
  const auto tell = [&] { observer.on_progress("probing", done++, kProbes); };
  MachineFacts facts;
  facts.processor = inspect_processor();
  facts.memory = inspect_memory();
  facts.disk = inspect_disk(output_dir.empty() ? "." : output_dir);
  facts.thread_variables = thread_variables();
  facts.forced_core = variable("OPENBLAS_CORETYPE");
  // One after the other: measured together, the libraries would take each other's processors.
  tell();
  facts.blas = ask_child<BlasFacts>("blas");
  tell();
  if (facts.blas && may_gain_from_skylakex(facts.processor, *facts.blas)) {
    facts.blas_as_skylakex = ask_child<BlasFacts>("blas", {{"OPENBLAS_CORETYPE", "SkylakeX"}});
  }
  tell();
  facts.onednn = ask_child<OnednnFacts>("onednn");
  tell();
  facts.gpu = ask_child<GpuFacts>("gpu");
  tell();
  facts.torch = ask_child<TorchFacts>("torch");
  return facts;
}

[[nodiscard]] Finding version_finding() {
  return {.topic = "versions",
          .is_warning = false,
          .verdict = fmt::format("regimetry {} ({}, {}), DuckDB {}, fmt {}", kVersion, compiler_text(),
                                 build_vectors(), duckdb_library_version(), fmt_version()),
          .remedy = {}};
}

[[nodiscard]] std::string findings_text(const std::vector<Finding>& findings) {
  constexpr std::size_t kIndent = 20, kWidth = 110;
  std::string text;
  int warnings = 0;
  for (const Finding& finding : findings) {
    warnings += finding.is_warning ? 1 : 0;
    std::string start = fmt::format("{:<8} {:<10} ", finding.is_warning ? "warning" : "ok", finding.topic);
    for (const std::string& line : wrap_text(finding.verdict, kWidth - kIndent)) {
      text += fmt::format("{:<{}}{}\n", start, kIndent, line);
      start.clear();
    }
    if (!finding.remedy.empty()) text += fmt::format("{:{}}to fix: {}\n", "", kIndent, finding.remedy);
  }
  text += warnings == 0 ? "\nAll is well.\n"
                        : fmt::format("\n{} thing{} to fix.\n", warnings, warnings == 1 ? "" : "s");
  return text;
}

template <typename Facts>
[[nodiscard]] nlohmann::json json_or_null(const std::optional<Facts>& facts) {
  return facts ? nlohmann::json(*facts) : nlohmann::json(nullptr);
}

[[nodiscard]] nlohmann::json facts_json(const MachineFacts& facts) {
  nlohmann::json disk = nullptr;
  if (facts.disk) disk = {{"folder", facts.disk->folder}, {"free_bytes", facts.disk->free_bytes}};
  return {{"processor",
           {{"model", facts.processor.model},
            {"features", facts.processor.features},
            {"present", facts.processor.present},
            {"available", facts.processor.available},
            {"load", facts.processor.load}}},
          {"memory",
           {{"total_bytes", facts.memory.total_bytes}, {"available_bytes", facts.memory.available_bytes}}},
          {"disk", disk},
          {"thread_variables",
           std::map<std::string, std::string>(facts.thread_variables.begin(), facts.thread_variables.end())},
          {"versions",
           {{"regimetry", kVersion},
            {"compiler", compiler_text()},
            {"vectors", build_vectors()},
            {"duckdb", duckdb_library_version()},
            {"fmt", fmt_version()}}},
          {"blas", json_or_null(facts.blas)},
          {"blas_as_skylakex", json_or_null(facts.blas_as_skylakex)},
          {"onednn", json_or_null(facts.onednn)},
          {"gpu", json_or_null(facts.gpu)},
          {"libtorch", json_or_null(facts.torch)}};
}

[[nodiscard]] nlohmann::json findings_json(const std::vector<Finding>& findings) {
  nlohmann::json array = nlohmann::json::array();
  for (const Finding& finding : findings) {
    array.push_back({{"topic", finding.topic},
                     {"level", finding.is_warning ? "warning" : "ok"},
                     {"verdict", finding.verdict},
                     {"remedy", finding.remedy}});
  }
  return array;
}

class DoctorCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "doctor"; }
  [[nodiscard]] std::string_view summary() const override {
    return "look at this machine and say what to fix";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Tells which processor, memory, disk, GPU and libraries regimetry finds, multiplies matrices for "
           "a second to "
           "see how fast they are, and names the command that mends what is slow or missing. It changes "
           "nothing.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry doctor", "regimetry doctor --json"};
  }
  void declare(SettingSchema& /*schema*/) override {}

  int run(CommandContext& context) override {
    const MachineFacts facts = inspect_machine(context.common().output_dir, context.observer());
    std::vector<Finding> findings = diagnose(facts);
    findings.push_back(version_finding());
    context.print(findings_text(findings));
    context.print_json({{"findings", findings_json(findings)}, {"facts", facts_json(facts)}});
    return 0;
  }
};

}  // namespace

std::unique_ptr<Command> make_doctor_command() {
  return std::make_unique<DoctorCommand>();
}

}  // namespace regimetry::cli
