#include "nn/modules/positional_encoding.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "nn/modules/tensor_view.hpp"
#include "nn/sinusoidal_positions.hpp"

namespace regimetry::nn {
namespace {

torch::Tensor add_positions(const torch::Tensor& x_btd, const torch::Tensor& table_ld) {
  const std::int64_t row_count = x_btd.size(1);
  if (row_count > table_ld.size(0)) {
    throw Error(ErrorKind::kData, fmt::format("a window of {} rows is longer than the {} positions known",
                                              row_count, table_ld.size(0)));
  }
  return x_btd + table_ld.slice(0, 0, row_count);
}

}  // namespace

SinusoidalEncodingImpl::SinusoidalEncodingImpl(std::int64_t length, std::int64_t width, bool is_interleaved)
    : length_(length), width_(width), is_interleaved_(is_interleaved) {
  reset();
}

void SinusoidalEncodingImpl::reset() {
  const auto waves = sinusoidal_positions(length_, width_, is_interleaved_);
  table = register_buffer("table", view_of(waves, {length_, width_}).clone());
}

torch::Tensor SinusoidalEncodingImpl::forward(const torch::Tensor& x) {
  return add_positions(x, table);
}

LearnedEncodingImpl::LearnedEncodingImpl(std::int64_t length, std::int64_t width)
    : length_(length), width_(width) {
  reset();
}

void LearnedEncodingImpl::reset() {
  weight = register_parameter("weight", torch::zeros({length_, width_}));
}

torch::Tensor LearnedEncodingImpl::forward(const torch::Tensor& x) {
  return add_positions(x, weight);
}

}  // namespace regimetry::nn
