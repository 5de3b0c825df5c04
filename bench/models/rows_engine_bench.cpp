// The rows engine against the peak of the machine.
//
//   models_rows_engine_bench [threads [D]]  2 unless told; only shapes of width D
//   models_rows_engine_bench memory         a million windows, D 64: peak memory above the input
//
// Effective rate: operations of the definition as written, without folding or sharing, 2 L blocks (4 D H K +
// 2 L H K + 2 D ff) per window, times windows per second. Peak: oneDNN's float32 product of two square
// matrices. Both in this process, in turn, medians of several rounds: the ratio is the figure, the rest says
// on what scale.
#include <fmt/format.h>
#include <omp.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <dnnl.hpp>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/regime_encoder/embedding_stream.hpp"
#include "models/regime_encoder/rows_engine.hpp"
#include "nn/kernels/packed_matrix.hpp"

namespace {

using namespace regimetry;
using namespace regimetry::models;

constexpr int kRounds = 5;

template <class Work>
double seconds_of(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::vector<float> random_values(std::int64_t count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  RngStream stream = Rng(1).stream("bench.values");
  for (float& value : values) value = static_cast<float>(stream.uniform(-1.0, 1.0));
  return values;
}

// Operations per second of oneDNN's product of matrices of edge n.
class Peak {
 public:
  double rate() {
    const double operations = 2.0 * static_cast<double>(kEdge) * kEdge * kEdge;
    return operations / seconds_of([&] {
             dnnl_sgemm('N', 'N', kEdge, kEdge, kEdge, 1.0F, a_.data(), kEdge, b_.data(), kEdge, 0.0F,
                        c_.data(), kEdge);
           });
  }

 private:
  static constexpr std::int64_t kEdge = 2048;
  std::vector<float> a_ = random_values(kEdge * kEdge), b_ = a_, c_ = a_;
};

struct Shape {
  std::int64_t width, window_size;
  double target;
};

RegimeEncoderOptions options_of(const Shape& shape) {
  RegimeEncoderOptions options;
  options.feature_count = shape.width;
  options.window_size = shape.window_size;
  return options;
}

double operations_as_written(const RegimeEncoderOptions& o) {
  const auto d = static_cast<double>(o.width()), l = static_cast<double>(o.window_size);
  const auto hk = static_cast<double>(o.num_heads * o.head_size);
  return 2.0 * l * static_cast<double>(o.num_transformer_blocks) *
         (4.0 * d * hk + 2.0 * l * hk + 2.0 * d * static_cast<double>(o.ff_dim));
}

void measure(const Shape& shape, Precision precision, int threads, Peak& peak) {
  const RegimeEncoderOptions options = options_of(shape);
  const RowsEngine engine(initial_weights(options, Rng(42)), precision);
  ThreadPool pool(threads);
  // About a second a round at the target, in whole stretches for each thread, so that none waits for a rest.
  const std::int64_t whole = threads * engine.stretch_windows(1);
  const auto least =
      static_cast<std::int64_t>(std::max(512.0, 0.4 * shape.target * 200e9 / operations_as_written(options)));
  const std::int64_t windows = (least + whole - 1) / whole * whole;
  const auto rows = random_values((windows + options.window_size) * options.feature_count);
  std::vector<float> embeddings(static_cast<std::size_t>(windows * options.width()));
  engine.embed(rows, 1, embeddings, pool);
  std::vector<double> ratios, rates, peaks;
  for (int round = 0; round < kRounds; ++round) {
    peaks.push_back(peak.rate());
    rates.push_back(static_cast<double>(windows) /
                    seconds_of([&] { engine.embed(rows, 1, embeddings, pool); }));
    peaks.back() = std::max(peaks.back(), peak.rate());
    ratios.push_back(rates.back() * operations_as_written(options) / peaks.back());
  }
  fmt::print(
      "{:>5} {:>4}  {}  {:>9.0f} windows/s  peak {:>4.0f} GFLOP/s  effective rate / peak {:.2f}  target "
      "{:.2f}\n",
      shape.width, shape.window_size, precision == Precision::kFloat32 ? "fp32" : "bf16", median(rates),
      median(peaks) / 1e9, median(ratios), shape.target);
}

// Our products beside oneDNN's, which lays weights out for itself too; one thread.
void measure_product(std::int64_t m, std::int64_t k, std::int64_t n) {
  using dnnl::memory;
  omp_set_num_threads(1);
  dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  dnnl::stream stream(engine);
  const std::int64_t stride = nn::padded(k);
  std::vector<float> a = random_values(m * stride), b = random_values(k * n), c = random_values(m * n), d = c;
  const memory::desc a_rows({m, k}, memory::data_type::f32, memory::dims{stride, 1});
  const memory::desc c_rows({m, n}, memory::data_type::f32, memory::format_tag::ab);
  const memory::desc any({k, n}, memory::data_type::f32, memory::format_tag::any);
  const dnnl::matmul::primitive_desc chosen(dnnl::matmul::desc(a_rows, any, c_rows), engine);
  dnnl::matmul product(chosen);
  memory plain({{k, n}, memory::data_type::f32, memory::format_tag::ab}, engine, b.data());
  memory packed_by_dnnl(chosen.weights_desc(), engine);
  dnnl::reorder(plain, packed_by_dnnl).execute(stream, plain, packed_by_dnnl);
  const std::unordered_map<int, memory> arguments = {{DNNL_ARG_SRC, {a_rows, engine, a.data()}},
                                                     {DNNL_ARG_WEIGHTS, packed_by_dnnl},
                                                     {DNNL_ARG_DST, {c_rows, engine, d.data()}}};
  const nn::PackedMatrix packed(b, k, n, false, nn::row_kernels());
  const auto repeats = static_cast<int>(std::max(1.0, 2e8 / (2.0 * static_cast<double>(m * k * n))));
  std::vector<double> ratios;
  for (int round = 0; round < 15; ++round) {
    const double ours = seconds_of([&] {
      for (int i = 0; i < repeats; ++i)
        nn::row_kernels().multiply(a.data(), stride, m, packed.view(), c.data(), n, {});
    });
    const double theirs = seconds_of([&] {
      for (int i = 0; i < repeats; ++i) product.execute(stream, arguments);
    });
    ratios.push_back(theirs / ours);
  }
  fmt::print("product {} x {} x {}, one thread: {:.2f} times oneDNN's rate\n", m, k, n, median(ratios));
}

void measure_stream(const Shape& shape) {
  const RegimeEncoderOptions options = options_of(shape);
  const RowsEngine engine(initial_weights(options, Rng(42)));
  EmbeddingStream stream(engine);
  const auto row = random_values(options.feature_count);
  for (std::int64_t i = 0; i < options.window_size; ++i) static_cast<void>(stream.push(row));
  std::vector<double> times;
  for (int i = 0; i < 5000; ++i)
    times.push_back(seconds_of([&] { static_cast<void>(stream.push(row)); }) * 1e6);
  std::sort(times.begin(), times.end());
  fmt::print("a live row, D {} L {}, one thread: median {:.1f} us, slowest hundredth {:.1f} us\n",
             shape.width, shape.window_size, times[times.size() / 2], times[times.size() * 99 / 100]);
}

double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void measure_memory() {
  const RegimeEncoderOptions options = options_of({64, 30, 0});
  constexpr std::int64_t kWindows = 1'000'000;
  const auto rows = random_values((kWindows + options.window_size) * options.feature_count);
  const double before = peak_mebibytes();
  const RowsEngine engine(initial_weights(options, Rng(42)));
  ThreadPool pool(2);
  std::vector<float> embeddings(static_cast<std::size_t>(kWindows * options.width()));
  engine.embed(rows, 1, embeddings, pool);
  fmt::print("a million windows, D 64, L 30: {:.0f} MiB above the input, of which embeddings {:.0f}\n",
             peak_mebibytes() - before, static_cast<double>(embeddings.size()) * 4 / 1024 / 1024);
}

}  // namespace

int main(int count, char** words) {
  if (count > 1 && std::string_view(words[1]) == "memory") {
    measure_memory();
    return 0;
  }
  const int threads = count > 1 ? std::atoi(words[1]) : 2;
  const std::int64_t only = count > 2 ? std::atoll(words[2]) : 0;
  fmt::print("{} threads, {}\n", threads, nn::row_kernels().name);
  omp_set_num_threads(threads);
  Peak peak;
  for (int i = 0; i < 3; ++i) peak.rate();
  for (const Shape& shape :
       {Shape{64, 5, 2.0}, Shape{64, 30, 2.5}, Shape{256, 30, 1.8}, Shape{1273, 30, 1.25}}) {
    if (only != 0 && only != shape.width) continue;
    measure(shape, Precision::kFloat32, threads, peak);
    measure(shape, Precision::kBfloat16, threads, peak);
  }
  measure_product(150, 64, 256);
  measure_product(120, 256, 1024);
  measure_product(120, 1273, 1024);
  measure_stream({64, 30, 0});
  return 0;
}
