// A BLAS that behaves as FAKE_BLAS says: "crash", "hang", "wrong", or quickly right as an OpenBLAS of one
// thread whose kernels are chosen by OPENBLAS_CORETYPE. For doctor_test.
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace {
std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}
}  // namespace

extern "C" {
char* openblas_get_config() {
  static char text[] = "OpenBLAS 9.8.7 DYNAMIC_ARCH";
  return text;
}
char* openblas_get_corename() {
  static char haswell[] = "Haswell", skylake[] = "SkylakeX";
  return variable("OPENBLAS_CORETYPE") == "SkylakeX" ? skylake : haswell;
}
int openblas_get_num_threads() {
  return 1;
}

// C' = B' A' in column-major order, that is C = A B as the probe sees it.
void sgemm_(const char* /*trans_a*/, const char* /*trans_b*/, const int* m, const int* /*n*/,
            const int* /*k*/, const float* /*alpha*/, const float* a, const int* /*lda*/, const float* b,
            const int* /*ldb*/, const float* /*beta*/, float* c, const int* /*ldc*/) {
  const std::string_view behavior = variable("FAKE_BLAS");
  if (behavior == "crash") std::abort();
  if (behavior == "hang") sleep(3'600);
  const int edge = *m;
  for (int column = 0; column < edge; ++column) {
    for (int row = 0; row < edge; ++row) c[column * edge + row] = 0;
    for (int inner = 0; inner < edge; ++inner) {
      const float factor = b[column * edge + inner];
      for (int row = 0; row < edge; ++row) c[column * edge + row] += a[inner * edge + row] * factor;
    }
  }
  if (behavior == "wrong") c[0] += 1;
  // Half of the speed without the right kernels.
  if (variable("OPENBLAS_CORETYPE") != "SkylakeX") usleep(400'000);
}
}
