#include "nn/kernels/differentiable/onednn_product.hpp"

#ifdef REGIMETRY_HAS_ONEDNN

#include <dnnl.hpp>
#include <functional>
#include <unordered_map>
#include <vector>

namespace regimetry::nn {
namespace {

using dnnl::memory;
using DataType = memory::data_type;

const dnnl::engine& processor() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

struct ProductHash {
  std::size_t operator()(const Product& product) const noexcept {
    std::size_t hash = 0;
    const auto mix = [&hash](std::int64_t value) {
      hash = hash * 0x9e3779b97f4a7c15U + std::hash<std::int64_t>{}(value);
    };
    for (const std::int64_t value : {product.m, product.n, product.k, product.a.row, product.a.column,
                                     product.b.row, product.b.column, product.c_stride})
      mix(value);
    mix((product.is_bfloat16 ? 1 : 0) + (product.has_bias ? 2 : 0) + (product.adds_to_c ? 4 : 0) +
        8 * static_cast<std::int64_t>(product.activation));
    return hash;
  }
};

dnnl::matmul::primitive_desc describe(const Product& product) {
  const DataType type = product.is_bfloat16 ? DataType::bf16 : DataType::f32;
  const memory::desc a({product.m, product.k}, type, memory::dims{product.a.row, product.a.column});
  const memory::desc b({product.k, product.n}, type, memory::dims{product.b.row, product.b.column});
  const memory::desc c({product.m, product.n}, DataType::f32, memory::dims{product.c_stride, 1});
  dnnl::post_ops ends;
  if (product.adds_to_c) ends.append_sum(1.0F);
  if (product.activation == Activation::kRelu)
    ends.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
  if (product.activation == Activation::kGelu)
    ends.append_eltwise(1.0F, dnnl::algorithm::eltwise_gelu_erf, 0.0F, 0.0F);
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  attributes.set_post_ops(ends);
  if (!product.has_bias) return {dnnl::matmul::desc(a, b, c), attributes, processor()};
  const memory::desc bias({1, product.n}, DataType::f32, memory::format_tag::ab);
  return {dnnl::matmul::desc(a, b, bias, c), attributes, processor()};
}

// oneDNN takes non-const handles for what it only reads.
void* handle(const void* values) {
  return const_cast<void*>(values);
}

class PreparedProduct {
 public:
  explicit PreparedProduct(const Product& product)
      : description_(describe(product)), primitive_(description_) {}

  void run(const dnnl::stream& stream, std::vector<char>& scratch, const void* a, const void* b,
           const float* bias, float* c) const {
    const std::size_t scratch_size = description_.scratchpad_desc().get_size() + kCacheLine;
    if (scratch.size() < scratch_size) scratch.resize(scratch_size);
    const auto misaligned = reinterpret_cast<std::uintptr_t>(scratch.data()) % kCacheLine;
    std::unordered_map<int, memory> arguments = {
        {DNNL_ARG_SRC, {description_.src_desc(), processor(), handle(a)}},
        {DNNL_ARG_WEIGHTS, {description_.weights_desc(), processor(), handle(b)}},
        {DNNL_ARG_DST, {description_.dst_desc(), processor(), c}},
        {DNNL_ARG_SCRATCHPAD,
         {description_.scratchpad_desc(), processor(), scratch.data() + (kCacheLine - misaligned)}}};
    if (bias != nullptr)
      arguments.insert({DNNL_ARG_BIAS, {description_.bias_desc(), processor(), handle(bias)}});
    primitive_.execute(stream, arguments);
  }

 private:
  static constexpr std::size_t kCacheLine = 64;
  dnnl::matmul::primitive_desc description_;
  dnnl::matmul primitive_;
};

// What a thread keeps. Shapes seldom change; a program that walks through many (a sweep of window sizes)
// starts anew now and then instead of keeping all.
class ThreadProducts {
 public:
  void run(const Product& product, const void* a, const void* b, const float* bias, float* c) {
    prepared(product).run(stream_, scratch_, a, b, product.has_bias ? bias : nullptr, c);
  }

 private:
  static constexpr std::size_t kMostKept = 256;

  const PreparedProduct& prepared(const Product& product) {
    if (const auto found = prepared_.find(product); found != prepared_.end()) return found->second;
    if (prepared_.size() >= kMostKept) prepared_.clear();
    return prepared_.try_emplace(product, product).first->second;
  }

  std::unordered_map<Product, PreparedProduct, ProductHash> prepared_;
  dnnl::stream stream_{processor()};
  std::vector<char> scratch_;
};

}  // namespace

bool has_onednn() noexcept {
  return true;
}

bool has_onednn_bfloat16() noexcept {
  static const bool has = [] {
    try {
      const Product smallest = {
          .m = 1, .n = 1, .k = 1, .a = {1, 1}, .b = {1, 1}, .c_stride = 1, .is_bfloat16 = true};
      return describe(smallest).get() != nullptr;
    } catch (const dnnl::error&) {
      return false;
    }
  }();
  return has;
}

void multiply(const Product& product, const void* a, const void* b, const float* bias, float* c) {
  thread_local ThreadProducts products;
  products.run(product, a, b, bias, c);
}

void multiply_small(const SmallProduct& product, const float* a, std::int64_t a_stride, const float* b,
                    std::int64_t b_stride, float* c, std::int64_t c_stride) {
  dnnl::sgemm(product.is_a_transposed ? 'T' : 'N', product.is_b_transposed ? 'T' : 'N', product.m, product.n,
              product.k, product.alpha, a, a_stride, b, b_stride, product.beta, c, c_stride);
}

}  // namespace regimetry::nn

#else

#include <cstdlib>

namespace regimetry::nn {

bool has_onednn() noexcept {
  return false;
}

bool has_onednn_bfloat16() noexcept {
  return false;
}

void multiply(const Product& /*product*/, const void* /*a*/, const void* /*b*/, const float* /*bias*/,
              float* /*c*/) {
  std::abort();  // a bug of ours: ask has_onednn() first
}

void multiply_small(const SmallProduct& /*product*/, const float* /*a*/, std::int64_t /*a_stride*/,
                    const float* /*b*/, std::int64_t /*b_stride*/, float* /*c*/, std::int64_t /*c_stride*/) {
  std::abort();
}

}  // namespace regimetry::nn

#endif
