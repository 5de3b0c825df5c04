#include "core/machine/diagnose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace regimetry {
namespace {

constexpr double kGiB = 1024.0 * 1024.0 * 1024.0;
// Below these a run on a few years of minute bars of a few hundred instruments gets into trouble.
constexpr double kLowMemoryBytes = 1.0 * kGiB;
constexpr double kLowDiskBytes = 1.0 * kGiB;
// Rates of one library vary by a tenth from run to run; advice needs more than that.
constexpr double kClearGain = 1.25;
// OpenBLAS runs somewhat behind oneDNN even at its best.
constexpr double kFarBehind = 0.7;

[[nodiscard]] std::string gibibytes(std::int64_t bytes) {
  return fmt::format("{:.1f} GiB", static_cast<double>(bytes) / kGiB);
}

[[nodiscard]] Finding processor_finding(const ProcessorFacts& processor) {
  const std::string name = processor.model.empty() ? "unnamed processor" : processor.model;
  const std::string features = processor.features.empty()
                                   ? "none of the watched features"
                                   : fmt::format("{}", fmt::join(processor.features, ", "));
  Finding finding{.topic = "processor",
                  .is_warning = false,
                  .verdict = fmt::format("{}; {}", name, features),
                  .remedy = {}};
  if (!processor.has("avx2")) {
    finding.is_warning = true;
    finding.verdict += "; without AVX2 networks train several times slower (the numbers stay right)";
    finding.remedy = "use a machine with AVX2 or AVX-512 for training";
  }
  return finding;
}

// A positive number, or nothing. OMP_NUM_THREADS may be a list ("4,2"): its first number counts.
[[nodiscard]] std::optional<int> thread_count_of(std::string_view text) {
  int count = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 1) return std::nullopt;
  return count;
}

// Others take so much of the machine that rates measured one after the other cannot be compared.
[[nodiscard]] bool is_busy(const ProcessorFacts& processor) {
  return processor.load > 0.3 * processor.available;
}

[[nodiscard]] Finding thread_finding(const MachineFacts& facts) {
  const int available = facts.processor.available;
  Finding finding{
      .topic = "threads",
      .is_warning = false,
      .verdict = fmt::format("{} of {} processors may be used", available, facts.processor.present),
      .remedy = {}};
  if (is_busy(facts.processor)) {
    finding.verdict += fmt::format(
        "; the machine was busy during the last minute (load {:.1f}): rates are higher when it is idle",
        facts.processor.load);
  }
  std::vector<std::string> limiting;
  for (const auto& [name, value] : facts.thread_variables) {
    const auto count = thread_count_of(value);
    if (!count) {
      limiting.push_back(name);
      finding.verdict += fmt::format("; {}='{}' is not a number of threads", name, value);
    } else if (*count < available) {
      limiting.push_back(name);
      finding.verdict += fmt::format("; {}={} leaves {} idle", name, value, available - *count);
    }
  }
  if (!limiting.empty()) {
    finding.is_warning = true;
    finding.remedy = fmt::format("unset {}", fmt::join(limiting, " "));
  }
  return finding;
}

[[nodiscard]] Finding memory_finding(const MemoryFacts& memory) {
  if (memory.total_bytes == 0) {
    return {.topic = "memory",
            .is_warning = true,
            .verdict = "the system does not tell how much there is",
            .remedy = {}};
  }
  Finding finding{.topic = "memory",
                  .is_warning = static_cast<double>(memory.available_bytes) < kLowMemoryBytes,
                  .verdict = fmt::format("{} available of {}", gibibytes(memory.available_bytes),
                                         gibibytes(memory.total_bytes)),
                  .remedy = {}};
  if (finding.is_warning) finding.remedy = "end other programs, or read fewer instruments at a time";
  return finding;
}

[[nodiscard]] Finding disk_finding(const std::optional<DiskFacts>& disk) {
  if (!disk) {
    return {.topic = "disk",
            .is_warning = true,
            .verdict = "the output folder cannot be looked at",
            .remedy = "name a folder that exists with --output-dir"};
  }
  Finding finding{.topic = "disk",
                  .is_warning = static_cast<double>(disk->free_bytes) < kLowDiskBytes,
                  .verdict = fmt::format("{} free in {}", gibibytes(disk->free_bytes), disk->folder),
                  .remedy = {}};
  if (finding.is_warning) finding.remedy = "free some space, or write elsewhere with --output-dir";
  return finding;
}

[[nodiscard]] std::string rate_text(double gflops) {
  return fmt::format("{:.{}f} GFLOP/s", gflops, gflops < 10 ? 1 : 0);
}

[[nodiscard]] std::string blas_identity(const BlasFacts& blas) {
  std::string text = blas.vendor == "reference" ? "reference BLAS" : blas.vendor;
  if (!blas.version.empty()) text += " " + blas.version;
  std::vector<std::string> details;
  if (!blas.core.empty()) details.push_back(fmt::format("kernels for {}", blas.core));
  if (blas.threads > 0)
    details.push_back(fmt::format("{} thread{}", blas.threads, blas.threads == 1 ? "" : "s"));
  if (!details.empty()) text += fmt::format(" ({})", fmt::join(details, ", "));
  return fmt::format("{}, {}", text, rate_text(blas.gflops));
}

constexpr const char* kInstallOpenblas = "sudo apt-get install libopenblas0-openmp";
// Where OpenBLAS is installed and the reference is still loaded, the system was told to prefer the reference.
constexpr const char* kChooseOpenblas =
    "sudo apt-get install libopenblas0-openmp; where it is installed already: sudo update-alternatives "
    "--auto "
    "libblas.so.3-x86_64-linux-gnu";

[[nodiscard]] bool gains_clearly(const MachineFacts& facts) {
  return facts.blas_as_skylakex && facts.blas_as_skylakex->is_correct &&
         facts.blas_as_skylakex->gflops > kClearGain * facts.blas->gflops;
}

[[nodiscard]] Finding blas_warning(std::string verdict, std::string remedy) {
  return {.topic = "BLAS", .is_warning = true, .verdict = std::move(verdict), .remedy = std::move(remedy)};
}

[[nodiscard]] Finding blas_finding(const MachineFacts& facts) {
  if (!facts.blas) {
    return blas_warning("libblas.so.3 crashed or hung when it was tried",
                        "sudo apt-get install --reinstall libopenblas0-openmp");
  }
  const BlasFacts& blas = *facts.blas;
  if (!blas.is_found) return blas_warning("none: libblas.so.3 is not installed", kInstallOpenblas);
  const std::string identity = blas_identity(blas);
  if (!blas.is_correct) {
    return blas_warning(fmt::format("{} multiplies wrongly", identity),
                        "sudo apt-get install --reinstall libopenblas0-openmp");
  }
  if (blas.vendor == "reference") {
    const bool can_compare = facts.onednn && facts.onednn->is_correct;
    return blas_warning(
        fmt::format("{}: plain loops on one thread{}", identity,
                    can_compare ? fmt::format(", {:.0f} times slower than oneDNN here",
                                              facts.onednn->gflops / blas.gflops)
                                : std::string(", tens of times slower than this machine can")),
        kChooseOpenblas);
  }
  if (gains_clearly(facts)) {
    const std::string cause =
        facts.forced_core ? fmt::format("OPENBLAS_CORETYPE={}, set here, gives it kernels without AVX-512",
                                        *facts.forced_core)
                          : std::string("it does not know this processor");
    return blas_warning(fmt::format("{}: {}; with OPENBLAS_CORETYPE=SkylakeX it reached {}", identity, cause,
                                    rate_text(facts.blas_as_skylakex->gflops)),
                        "export OPENBLAS_CORETYPE=SkylakeX (before the program starts: it is read once)");
  }
  if (blas.threads > 0 && blas.threads < facts.processor.available) {
    return blas_warning(
        fmt::format("{}: fewer threads than the {} processors", identity, facts.processor.available),
        "unset OMP_NUM_THREADS OPENBLAS_NUM_THREADS");
  }
  if (!is_busy(facts.processor) && facts.onednn && facts.onednn->is_correct &&
      blas.gflops < kFarBehind * facts.onednn->gflops) {
    return blas_warning(fmt::format("{}: {:.0f} % of what oneDNN reaches", identity,
                                    100 * blas.gflops / facts.onednn->gflops),
                        "install a newer OpenBLAS; until then networks run on oneDNN and lose little");
  }
  return {.topic = "BLAS", .is_warning = false, .verdict = identity, .remedy = {}};
}

[[nodiscard]] Finding onednn_finding(const std::optional<OnednnFacts>& onednn) {
  constexpr const char* kInstall = "sudo apt-get install libdnnl2";
  if (!onednn)
    return {.topic = "oneDNN",
            .is_warning = true,
            .verdict = "crashed or hung when it was tried",
            .remedy = kInstall};
  if (!onednn->is_found) {
    return {.topic = "oneDNN",
            .is_warning = true,
            .verdict = "none: networks fall back to BLAS",
            .remedy = kInstall};
  }
  const std::string identity = fmt::format("{}, {}", onednn->version, rate_text(onednn->gflops));
  if (!onednn->is_correct) {
    return {.topic = "oneDNN",
            .is_warning = true,
            .verdict = identity + ", but multiplies wrongly",
            .remedy = kInstall};
  }
  return {.topic = "oneDNN", .is_warning = false, .verdict = identity, .remedy = {}};
}

[[nodiscard]] Finding gpu_finding(const std::optional<GpuFacts>& gpu) {
  if (!gpu) {
    return {.topic = "GPU",
            .is_warning = true,
            .verdict = "its driver crashed or hung when it was tried",
            .remedy = "nvidia-smi"};
  }
  if (!gpu->has_driver) return {.topic = "GPU", .is_warning = false, .verdict = "none", .remedy = {}};
  if (gpu->devices.empty()) {
    const std::string reason = gpu->problem.empty() ? "it shows no device" : gpu->problem;
    return {.topic = "GPU",
            .is_warning = true,
            .verdict = fmt::format("a driver is here, but {}", reason),
            .remedy = "nvidia-smi"};
  }
  std::vector<std::string> devices;
  for (const GpuDevice& device : gpu->devices) {
    devices.push_back(fmt::format("{} ({})", device.name, gibibytes(device.memory_bytes)));
  }
  std::string verdict = fmt::format("{}", fmt::join(devices, ", "));
  if (!gpu->driver_version.empty()) verdict += fmt::format("; driver {}", gpu->driver_version);
  if (!gpu->cuda_version.empty()) verdict += fmt::format("; CUDA {}", gpu->cuda_version);
  return {.topic = "GPU", .is_warning = false, .verdict = verdict, .remedy = {}};
}

[[nodiscard]] Finding torch_finding(const std::optional<TorchFacts>& torch) {
  if (!torch)
    return {.topic = "libtorch",
            .is_warning = true,
            .verdict = "crashed or hung when it was tried",
            .remedy = {}};
  // Nothing in this version needs it, so its absence is no fault.
  if (!torch->is_found) return {.topic = "libtorch", .is_warning = false, .verdict = "none", .remedy = {}};
  return {.topic = "libtorch",
          .is_warning = false,
          .verdict = fmt::format("{} ({})", torch->version.empty() ? "version unknown" : torch->version,
                                 torch->path),
          .remedy = {}};
}

}  // namespace

bool may_gain_from_skylakex(const ProcessorFacts& processor, const BlasFacts& blas) {
  if (blas.vendor != "OpenBLAS" || !processor.has("avx512f")) return false;
  static constexpr std::string_view kWithAvx512[] = {"SkylakeX", "Cooperlake", "SapphireRapids"};
  return std::find(std::begin(kWithAvx512), std::end(kWithAvx512), blas.core) == std::end(kWithAvx512);
}

std::vector<Finding> diagnose(const MachineFacts& facts) {
  return {processor_finding(facts.processor),
          thread_finding(facts),
          memory_finding(facts.memory),
          disk_finding(facts.disk),
          blas_finding(facts),
          onednn_finding(facts.onednn),
          gpu_finding(facts.gpu),
          torch_finding(facts.torch)};
}

}  // namespace regimetry
