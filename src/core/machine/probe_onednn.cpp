#include <fmt/format.h>

#include "core/machine/dynamic_library.hpp"
#include "core/machine/library_probes.hpp"
#include "core/machine/matrix_rate.hpp"

namespace regimetry {
namespace {

// dnnl_version_t begins like this in every release; nothing behind it is read.
struct OnednnVersion {
  int major, minor, patch;
};

// dnnl_status_t dnnl_sgemm(...): row-major, dnnl_dim_t is 64 bits wide, 0 is success.
using Sgemm = int(char trans_a, char trans_b, std::int64_t m, std::int64_t n, std::int64_t k, float alpha,
                  const float* a, std::int64_t lda, const float* b, std::int64_t ldb, float beta, float* c,
                  std::int64_t ldc);

}  // namespace

OnednnFacts probe_onednn() {
  OnednnFacts facts;
  const auto library = DynamicLibrary::open({"libdnnl.so.3", "libdnnl.so.2", "libdnnl.so"});
  Sgemm* const sgemm = library ? library->find<Sgemm>("dnnl_sgemm") : nullptr;
  if (sgemm == nullptr) return facts;
  facts.is_found = true;
  facts.path = library->path();
  if (auto* version = library->find<const OnednnVersion*()>("dnnl_version")) {
    facts.version = fmt::format("{}.{}.{}", version()->major, version()->minor, version()->patch);
  }
  const MatrixRate rate = measure_matrix_rate([sgemm](int n, const float* a, const float* b, float* c) {
    sgemm('N', 'N', n, n, n, 1.0F, a, n, b, n, 0.0F, c, n);
  });
  facts.gflops = rate.gflops;
  facts.is_correct = rate.is_correct;
  return facts;
}

}  // namespace regimetry
