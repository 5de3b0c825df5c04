// One instrument's run through a program: the operators with their memory, and the scratch columns of a
// block.
//
// Owner:   borrows the program, which must outlive it. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "features/graph/step_program.hpp"

namespace regimetry::features {

class SeriesRunner {
 public:
  // `block_size`: the most bars of one run().
  SeriesRunner(const StepProgram& program, std::int64_t block_size);

  // Takes the next `count` bars. sources[i]: their values of the graph's i-th source.
  void run(const double* const* sources, std::int64_t count);
  // After run(): the values of the k-th wanted series, valid until the next run.
  [[nodiscard]] const double* result(std::size_t k) const noexcept { return results_[k]; }

  void save(StateWriter& writer);
  // Throws Error (kData) when the bytes end early.
  void load(StateReader& reader);

 private:
  struct Call {
    std::unique_ptr<Step> step;
    std::vector<const double*> inputs;  // sources are filled in by run()
    std::vector<double*> outputs;
  };
  struct SourceUse {
    std::size_t call, input;
    std::int32_t source;
  };

  const StepProgram* program_;
  std::int64_t block_size_;
  std::vector<double> scratch_;  // [slots, block_size]
  std::vector<Call> calls_;
  std::vector<SourceUse> source_uses_;
  std::vector<const double*> results_;
};

}  // namespace regimetry::features
