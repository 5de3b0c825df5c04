// One step of a feature graph at work: an operator with its memory, run over a block of bars.
//
// Why blocks: a step reads and writes columns of a few hundred values that stay in the cache, one virtual
// call per block; the operator's own `update` is inlined into the loop. A live bar is a block of one, so
// research and production run the same code and give the same bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include "features/operators/state_archive.hpp"

namespace regimetry::features {

class Step {
 public:
  virtual ~Step() = default;
  // inputs[i] and outputs[j]: columns of `count` values. Outputs never overlap inputs.
  virtual void run(const double* const* inputs, double* const* outputs, std::int64_t count) = 0;
  virtual void save(StateWriter& writer) = 0;
  virtual void load(StateReader& reader) = 0;
};

namespace detail {

template <typename Method>
struct UpdateTraits;
template <typename Operator, typename Result, typename... Arguments>
struct UpdateTraits<Result (Operator::*)(Arguments...)> {
  static constexpr std::size_t kInputs = sizeof...(Arguments);
  using Output = Result;
};

template <typename Output>
inline constexpr std::size_t kOutputCount = 1;
template <std::size_t N>
inline constexpr std::size_t kOutputCount<std::array<double, N>> = N;

template <typename Operator, std::size_t... I>
[[gnu::always_inline]] inline auto call_update(Operator& op, const double* const* inputs, std::int64_t i,
                                               std::index_sequence<I...> /*order*/) {
  return op.update(inputs[I][i]...);
}

template <std::size_t N>
[[gnu::always_inline]] inline void store(double* const* outputs, std::int64_t i,
                                         const std::array<double, N>& values) {
  for (std::size_t j = 0; j < N; ++j) outputs[j][i] = values[j];
}
[[gnu::always_inline]] inline void store(double* const* outputs, std::int64_t i, double value) {
  outputs[0][i] = value;
}

}  // namespace detail

// How many series an operator reads and writes: read off its update(), which takes doubles and returns one or
// an array.
template <typename Operator>
inline constexpr std::size_t kInputsOf = detail::UpdateTraits<decltype(&Operator::update)>::kInputs;
template <typename Operator>
inline constexpr std::size_t kOutputsOf =
    detail::kOutputCount<typename detail::UpdateTraits<decltype(&Operator::update)>::Output>;

template <typename Operator>
class OperatorStep final : public Step {
 public:
  explicit OperatorStep(Operator op) : operator_(std::move(op)) {}

  [[gnu::flatten]] void run(const double* const* inputs, double* const* outputs,
                            std::int64_t count) override {
    constexpr auto kOrder = std::make_index_sequence<kInputsOf<Operator>>();
    if (count == 1) {
      detail::store(outputs, 0, detail::call_update(operator_, inputs, 0, kOrder));
      return;
    }
    // In a local variable the memory lives in registers; behind `this` every store to an output could alias
    // it.
    std::array<const double*, kInputsOf<Operator>> in;
    std::array<double*, kOutputsOf<Operator>> out;
    for (std::size_t k = 0; k < in.size(); ++k) in[k] = inputs[k];
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = outputs[k];
    Operator op = std::move(operator_);
    for (std::int64_t i = 0; i < count; ++i)
      detail::store(out.data(), i, detail::call_update(op, in.data(), i, kOrder));
    operator_ = std::move(op);
  }
  void save(StateWriter& writer) override { operator_.visit(writer); }
  void load(StateReader& reader) override { operator_.visit(reader); }

 private:
  Operator operator_;
};

// A formula without memory, value by value: formula(inputs..., numbers...). The loop becomes vector code.
template <typename Formula, std::size_t kInputs, std::size_t kNumbers = 0>
class FormulaStep final : public Step {
 public:
  explicit FormulaStep(Formula formula, std::array<double, kNumbers> numbers = {})
      : formula_(std::move(formula)), numbers_(numbers) {}

  [[gnu::flatten]] void run(const double* const* inputs, double* const* outputs,
                            std::int64_t count) override {
    apply(inputs, outputs[0], count, std::make_index_sequence<kInputs>(),
          std::make_index_sequence<kNumbers>());
  }
  void save(StateWriter& /*writer*/) override {}
  void load(StateReader& /*reader*/) override {}

 private:
  template <std::size_t... I, std::size_t... J>
  void apply(const double* const* inputs, double* __restrict output, std::int64_t count,
             std::index_sequence<I...> /*inputs*/, std::index_sequence<J...> /*numbers*/) {
    const Formula formula = formula_;
    const std::array<double, kNumbers> numbers = numbers_;
    const std::array<const double*, kInputs> in{inputs[I]...};
    for (std::int64_t i = 0; i < count; ++i) output[i] = formula(in[I][i]..., numbers[J]...);
  }

  Formula formula_;
  std::array<double, kNumbers> numbers_;
};

}  // namespace regimetry::features
