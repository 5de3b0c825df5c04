// A graph made ready to run: the steps that are needed, and where in scratch memory each series lives.
//
// Why slots: a series is only needed until its last reader has run, so a few dozen columns of a block serve
// hundreds of series and stay in the cache. Owner:    keeps a copy of what it needs from the graph;
// immutable, shared by the runners of all instruments.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

class StepProgram {
 public:
  // Where a step finds a column: at most one of the two is set.
  struct Place {
    std::int32_t slot = -1;    // in scratch memory
    std::int32_t source = -1;  // index into the sources given to run()
  };
  struct Instruction {
    std::vector<Place> inputs;
    std::vector<std::int32_t> output_slots;
    std::function<std::unique_ptr<Step>()> make;
  };

  // What `wanted` needs and nothing else. Results keep their slots to the end.
  StepProgram(const SeriesGraph& graph, std::span<const Series> wanted);

  [[nodiscard]] const std::vector<Instruction>& instructions() const noexcept { return instructions_; }
  [[nodiscard]] const std::vector<Place>& results() const noexcept {
    return results_;
  }  // one per wanted series
  [[nodiscard]] std::int32_t slot_count() const noexcept { return slot_count_; }
  [[nodiscard]] std::size_t source_count() const noexcept { return source_count_; }
  // Every step with its parameters and inputs, in order: two programs with equal text have interchangeable
  // state.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::vector<Instruction> instructions_;
  std::vector<Place> results_;
  std::int32_t slot_count_ = 0;
  std::size_t source_count_ = 0;
  std::string text_;
};

}  // namespace regimetry::features
