#include "nn/modules/lstm_stack.hpp"

#include <fmt/format.h>

#include "nn/modules/fill_weights.hpp"
#include "nn/modules/require_usable.hpp"

namespace regimetry::nn {

std::vector<std::string> LstmStackOptions::problems() const {
  ProblemList found;
  found.demand_positive("input_size", input_size);
  found.demand_positive("hidden_size", hidden_size);
  found.demand_positive("layer_count", layer_count);
  found.demand_share("dropout", dropout);
  return found.take();
}

LstmStackImpl::LstmStackImpl(const LstmStackOptions& options_in)
    : options(require_usable(options_in, "LSTM stack")) {
  reset();
}

void LstmStackImpl::reset() {
  for (std::int64_t layer = 0; layer < options.layer_count; ++layer) {
    add_layer(layer, "");
    if (options.bidirectional) add_layer(layer, "_reverse");
  }
}

void LstmStackImpl::add_layer(std::int64_t layer, const char* suffix) {
  const std::int64_t gates = 4 * options.hidden_size;
  const std::int64_t in = layer == 0 ? options.input_size : direction_count() * options.hidden_size;
  const auto add = [&](const char* name, std::vector<std::int64_t> shape) {
    register_parameter(fmt::format("{}_l{}{}", name, layer, suffix), torch::zeros(shape));
  };
  add("weight_ih", {gates, in});
  add("weight_hh", {gates, options.hidden_size});
  add("bias_ih", {gates});
  add("bias_hh", {gates});
}

void LstmStackImpl::initialize(const Rng& rng, std::string_view prefix) {
  const torch::NoGradGuard no_grad;
  const std::int64_t size = options.hidden_size;
  for (auto& parameter : named_parameters()) {
    torch::Tensor& values = parameter.value();
    if (values.dim() == 2) {
      fill_glorot(values, values.size(1), size, rng.stream(fmt::format("{}.{}", prefix, parameter.key())));
    } else {
      values.zero_();
      if (parameter.key().find("bias_ih") == 0) values.slice(0, size, 2 * size).fill_(1.0);
    }
  }
}

torch::Tensor LstmStackImpl::forward(const torch::Tensor& x) {
  const torch::Tensor start =
      torch::zeros({options.layer_count * direction_count(), x.size(0), options.hidden_size}, x.options());
  const auto [states, last, cells] =
      torch::lstm(x, {start, start}, parameters(), /*has_biases=*/true, options.layer_count, options.dropout,
                  is_training(), options.bidirectional, /*batch_first=*/true);
  if (options.output == LstmOutput::kFullSequence) return states;
  // last: [layers * R, B, S], the top layer's directions at its end.
  const torch::Tensor top_rbs = last.slice(0, last.size(0) - direction_count());
  return top_rbs.transpose(0, 1).flatten(1);
}

}  // namespace regimetry::nn
