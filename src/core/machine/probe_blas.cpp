#include <sstream>

#include "core/machine/dynamic_library.hpp"
#include "core/machine/library_probes.hpp"
#include "core/machine/matrix_rate.hpp"

namespace regimetry {
namespace {

// Fortran's interface, which every BLAS has: column-major, everything by address.
using Sgemm = void(const char* trans_a, const char* trans_b, const int* m, const int* n, const int* k,
                   const float* alpha, const float* a, const int* lda, const float* b, const int* ldb,
                   const float* beta, float* c, const int* ldc);

void identify_openblas(const DynamicLibrary& library, BlasFacts& facts) {
  facts.vendor = "OpenBLAS";
  if (auto* config = library.find<char*()>("openblas_get_config")) {
    std::istringstream words(config());  // "OpenBLAS 0.3.21 NO_LAPACK DYNAMIC_ARCH ..."
    std::string name;
    words >> name >> facts.version;
  }
  if (auto* core_name = library.find<char*()>("openblas_get_corename")) facts.core = core_name();
  if (auto* thread_count = library.find<int()>("openblas_get_num_threads")) facts.threads = thread_count();
}

void identify(const DynamicLibrary& library, BlasFacts& facts) {
  facts.path = library.path();
  if (library.find<char*()>("openblas_get_config") != nullptr) {
    identify_openblas(library, facts);
  } else if (library.find<int()>("MKL_Get_Max_Threads") != nullptr) {
    facts.vendor = "MKL";
    facts.threads = library.find<int()>("MKL_Get_Max_Threads")();
  } else if (auto* version = library.find<const char*()>("bli_info_get_version_str")) {
    facts.vendor = "BLIS";
    facts.version = version();
  } else {
    facts.vendor = "reference";  // Netlib's plain loops carry no name of their own
  }
}

}  // namespace

BlasFacts probe_blas() {
  BlasFacts facts;
  const auto library = DynamicLibrary::open({"libblas.so.3"});
  Sgemm* const sgemm = library ? library->find<Sgemm>("sgemm_") : nullptr;
  if (sgemm == nullptr) return facts;
  facts.is_found = true;
  identify(*library, facts);
  const MatrixRate rate = measure_matrix_rate([sgemm](int n, const float* a, const float* b, float* c) {
    const float one = 1, zero = 0;
    // Column-major sees our row-major matrices transposed, and (A B)' = B' A': so B comes first.
    sgemm("N", "N", &n, &n, &n, &one, b, &n, a, &n, &zero, c, &n);
  });
  facts.gflops = rate.gflops;
  facts.is_correct = rate.is_correct;
  return facts;
}

}  // namespace regimetry
