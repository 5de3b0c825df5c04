#include "models/regime_encoder/reference_engine_loader.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <string>
#include <system_error>

#include "core/error.hpp"
#include "models/regime_encoder/reference_border.hpp"

namespace regimetry::models {
namespace {

constexpr const char* kLibraryName = "libregimetry_reference.so";

// The backend of the library behind the interface of all engines.
class ReferenceEngine final : public EmbeddingEngine {
 public:
  ReferenceEngine(const RegimeEncoderOptions& options, std::unique_ptr<ReferenceBackend> backend)
      : options_(options), backend_(std::move(backend)) {}

  [[nodiscard]] const RegimeEncoderOptions& options() const noexcept override { return options_; }
  [[nodiscard]] std::string description() const override { return backend_->description(); }
  void embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
             ThreadPool& pool) const override {
    backend_->embed(
        rows, stride, embeddings,
        [&pool](std::int64_t count, std::int64_t grain, const std::function<void(IndexRange)>& body) {
          pool.parallel_for(count, grain, body);
        });
  }

 private:
  RegimeEncoderOptions options_;
  std::unique_ptr<ReferenceBackend> backend_;
};

std::string last_loader_error() {
  const char* const text = dlerror();
  return text == nullptr ? "the loader gives no reason" : text;
}

// Never closed: libtorch's threads and registries do not survive that. Null when a bare name is not found.
void* open_library(const std::filesystem::path& file) {
  void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr && file.has_parent_path()) {
    throw Error(ErrorKind::kInternal,
                fmt::format("{} cannot be loaded: {}. It needs the libtorch that it was built with; install "
                            "that, or build regimetry again.",
                            file.string(), last_loader_error()));
  }
  return handle;
}

[[noreturn]] void throw_not_found(const std::vector<std::filesystem::path>& candidates) {
  std::string places;
  for (const auto& candidate : candidates)
    places += fmt::format("{}{}", places.empty() ? "" : ", ", candidate.string());
  throw Error(ErrorKind::kInternal,
              fmt::format("{}, the part of regimetry that needs libtorch, was not found; tried {}. Build it "
                          "(`make build`) and install it beside the program (`make install`).",
                          kLibraryName, places));
}

struct OpenLibrary {
  void* handle;
  std::string file;
};

OpenLibrary open_first(const std::vector<std::filesystem::path>& candidates) {
  for (const auto& candidate : candidates) {
    std::error_code ignored;
    if (candidate.has_parent_path() && !std::filesystem::exists(candidate, ignored)) continue;
    if (void* const handle = open_library(candidate)) return {handle, candidate.string()};
  }
  throw_not_found(candidates);
}

[[noreturn]] void throw_of_another_build(const std::string& file) {
  throw Error(ErrorKind::kInternal,
              fmt::format("{} is not of this build ({}). Build and install both together (`make install`).",
                          file, reference_border()));
}

}  // namespace

std::vector<std::filesystem::path> reference_library_candidates() {
  std::vector<std::filesystem::path> candidates;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::filesystem::path folder = program.parent_path();
    candidates.push_back((folder / REGIMETRY_MODULE_FOLDER / kLibraryName).lexically_normal());
    candidates.push_back(folder / kLibraryName);
  }
  candidates.emplace_back(kLibraryName);
  return candidates;
}

std::unique_ptr<EmbeddingEngine> load_reference_engine_from(
    const std::vector<std::filesystem::path>& candidates, const RegimeEncoderWeights& weights,
    std::string_view device) {
  const OpenLibrary library = open_first(candidates);
  auto* const factory = reinterpret_cast<ReferenceFactory*>(dlsym(library.handle, kReferenceFactoryName));
  if (factory == nullptr) throw_of_another_build(library.file);
  std::unique_ptr<ReferenceBackend> backend(factory(reference_border(), weights, std::string(device)));
  if (backend == nullptr) throw_of_another_build(library.file);
  return std::make_unique<ReferenceEngine>(weights.options, std::move(backend));
}

std::unique_ptr<EmbeddingEngine> load_reference_engine(const RegimeEncoderWeights& weights,
                                                       std::string_view device) {
  return load_reference_engine_from(reference_library_candidates(), weights, device);
}

}  // namespace regimetry::models
