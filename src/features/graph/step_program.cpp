#include "features/graph/step_program.hpp"

#include <limits>

namespace regimetry::features {
namespace {

constexpr std::int64_t kNever = -1;
constexpr std::int64_t kToTheEnd = std::numeric_limits<std::int64_t>::max();

// The last step that reads each series; kNever for a series that nothing wanted depends on.
std::vector<std::int64_t> last_readers(const SeriesGraph& graph, std::span<const Series> wanted) {
  std::vector<std::int64_t> last(static_cast<std::size_t>(graph.series_count()), kNever);
  for (const Series series : wanted) last[static_cast<std::size_t>(series.id)] = kToTheEnd;
  const auto& steps = graph.steps();
  for (std::int64_t i = static_cast<std::int64_t>(steps.size()) - 1; i >= 0; --i) {
    const auto& step = steps[static_cast<std::size_t>(i)];
    bool is_needed = false;
    for (const Series output : step.outputs) is_needed |= last[static_cast<std::size_t>(output.id)] != kNever;
    if (!is_needed) continue;
    for (const Series input : step.inputs) {
      std::int64_t& reader = last[static_cast<std::size_t>(input.id)];
      if (reader == kNever) reader = i;
    }
  }
  return last;
}

class SlotAllocator {
 public:
  std::int32_t take() {
    if (free_.empty()) return count_++;
    const std::int32_t slot = free_.back();
    free_.pop_back();
    return slot;
  }
  void give_back(std::int32_t slot) { free_.push_back(slot); }
  [[nodiscard]] std::int32_t count() const { return count_; }

 private:
  std::vector<std::int32_t> free_;
  std::int32_t count_ = 0;
};

}  // namespace

StepProgram::StepProgram(const SeriesGraph& graph, std::span<const Series> wanted)
    : source_count_(graph.sources().size()) {
  const std::vector<std::int64_t> last = last_readers(graph, wanted);
  std::vector<Place> places(static_cast<std::size_t>(graph.series_count()));
  for (std::size_t i = 0; i < graph.sources().size(); ++i) {
    places[static_cast<std::size_t>(graph.sources()[i].series.id)].source = static_cast<std::int32_t>(i);
    text_ += graph.sources()[i].name + "\n";
  }

  SlotAllocator slots;
  for (std::size_t i = 0; i < graph.steps().size(); ++i) {
    const SeriesGraph::StepRecipe& step = graph.steps()[i];
    bool is_needed = false;
    for (const Series output : step.outputs) is_needed |= last[static_cast<std::size_t>(output.id)] != kNever;
    if (!is_needed) continue;

    Instruction instruction{{}, {}, step.make};
    for (const Series input : step.inputs)
      instruction.inputs.push_back(places[static_cast<std::size_t>(input.id)]);
    for (const Series output : step.outputs) {
      places[static_cast<std::size_t>(output.id)].slot = slots.take();
      instruction.output_slots.push_back(places[static_cast<std::size_t>(output.id)].slot);
    }
    // Freed only now, so that outputs never share memory with inputs. A series listed twice is freed once.
    for (const Series series : step.inputs) {
      const auto id = static_cast<std::size_t>(series.id);
      if (places[id].slot < 0 || last[id] != static_cast<std::int64_t>(i)) continue;
      slots.give_back(places[id].slot);
      places[id].slot = -1;
    }
    for (const Series series : step.outputs) {
      const auto id = static_cast<std::size_t>(series.id);
      if (last[id] == kNever) slots.give_back(places[id].slot);
    }
    text_ += step.description + "\n";
    instructions_.push_back(std::move(instruction));
  }
  for (const Series series : wanted) results_.push_back(places[static_cast<std::size_t>(series.id)]);
  slot_count_ = slots.count();
}

}  // namespace regimetry::features
