#include "features/graph/series_runner.hpp"

#include <cassert>

namespace regimetry::features {

SeriesRunner::SeriesRunner(const StepProgram& program, std::int64_t block_size)
    : program_(&program),
      block_size_(block_size),
      scratch_(static_cast<std::size_t>(program.slot_count()) * static_cast<std::size_t>(block_size)),
      results_(program.results().size()) {
  const auto column = [this](std::int32_t slot) { return scratch_.data() + slot * block_size_; };
  for (const StepProgram::Instruction& instruction : program.instructions()) {
    Call call{instruction.make(), {}, {}};
    for (const StepProgram::Place place : instruction.inputs) {
      if (place.source >= 0) source_uses_.push_back({calls_.size(), call.inputs.size(), place.source});
      call.inputs.push_back(place.source >= 0 ? nullptr : column(place.slot));
    }
    for (const std::int32_t slot : instruction.output_slots) call.outputs.push_back(column(slot));
    calls_.push_back(std::move(call));
  }
  for (std::size_t k = 0; k < results_.size(); ++k) {
    if (program.results()[k].source < 0) results_[k] = column(program.results()[k].slot);
  }
}

void SeriesRunner::run(const double* const* sources, std::int64_t count) {
  assert(count <= block_size_);
  for (const SourceUse& use : source_uses_) calls_[use.call].inputs[use.input] = sources[use.source];
  for (std::size_t k = 0; k < results_.size(); ++k) {
    const std::int32_t source = program_->results()[k].source;
    if (source >= 0) results_[k] = sources[source];
  }
  for (Call& call : calls_) call.step->run(call.inputs.data(), call.outputs.data(), count);
}

void SeriesRunner::save(StateWriter& writer) {
  for (Call& call : calls_) call.step->save(writer);
}

void SeriesRunner::load(StateReader& reader) {
  for (Call& call : calls_) call.step->load(reader);
}

}  // namespace regimetry::features
