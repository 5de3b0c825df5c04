// Facts about a machine -> what is well, what is not, and the command that mends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/machine/library_probes.hpp"
#include "core/machine/memory.hpp"
#include "core/machine/processor.hpp"

namespace regimetry {

struct DiskFacts {
  std::string folder;           // as it was asked for
  std::int64_t free_bytes = 0;  // for this user
};

struct MachineFacts {
  ProcessorFacts processor;
  MemoryFacts memory;
  std::optional<DiskFacts> disk;  // absent: the folder cannot be looked at
  // Variables that limit the libraries' threads, as set: {"OMP_NUM_THREADS", "1"}.
  std::vector<std::pair<std::string, std::string>> thread_variables;
  // OPENBLAS_CORETYPE as set here: the kernels OpenBLAS was told to take. Absent: it decides by itself.
  std::optional<std::string> forced_core;
  // Absent: the probe crashed or took too long.
  std::optional<BlasFacts> blas;
  // The same OpenBLAS started with OPENBLAS_CORETYPE=SkylakeX; asked only where that may help.
  std::optional<BlasFacts> blas_as_skylakex;
  std::optional<OnednnFacts> onednn;
  std::optional<GpuFacts> gpu;
  std::optional<TorchFacts> torch;
};

struct Finding {
  std::string topic;  // "processor", "BLAS", ...
  bool is_warning = false;
  std::string verdict;  // one line: what is here, and what is wrong with it
  std::string remedy;   // what to type; empty when nothing is to be done
};

// Could a child with OPENBLAS_CORETYPE=SkylakeX be faster? True for an OpenBLAS that runs kernels without
// AVX-512 on a processor that has it.
[[nodiscard]] bool may_gain_from_skylakex(const ProcessorFacts& processor, const BlasFacts& blas);

// In the order in which they should be read.
[[nodiscard]] std::vector<Finding> diagnose(const MachineFacts& facts);

}  // namespace regimetry
