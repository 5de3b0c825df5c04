#include "embeddings/embed_windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>

#include "core/error.hpp"
#include "embeddings/finite_windows.hpp"

namespace regimetry::embeddings {
namespace {

using windows::WindowRun;
using windows::Windows;

// Windows given to the engine at once: enough that the rows which neighbouring slices share do not count, and
// few enough that progress is seen. Slices depend on the windows alone, never on the pool.
constexpr std::int64_t kSliceWindows = 8192;

std::vector<WindowRun> cut_into_slices(const Windows& windows) {
  const std::int64_t stride = windows.options().stride;
  std::vector<WindowRun> slices;
  for (const WindowRun& run : windows.runs()) {
    for (std::int64_t begin = run.begin; begin < run.end; begin += kSliceWindows) {
      slices.push_back({run.instrument, run.first_row + (begin - run.begin) * stride, begin,
                        std::min(begin + kSliceWindows, run.end)});
    }
  }
  return slices;
}

void require_fitting(const Windows& windows, const models::RegimeEncoderOptions& options) {
  if (windows.window_size() != options.window_size) {
    throw Error(ErrorKind::kUsage,
                fmt::format("The encoder takes windows of {} rows; these have {}. Give window_size {}.",
                            options.window_size, windows.window_size(), options.window_size));
  }
  if (windows.feature_count() != options.feature_count) {
    throw Error(ErrorKind::kUsage, fmt::format("The encoder takes {} features; the windows have {}.",
                                               options.feature_count, windows.feature_count()));
  }
}

// What belongs to each window besides its values.
void describe_windows(const Windows& windows, Embeddings& embeddings) {
  embeddings.timestamps.resize(static_cast<std::size_t>(windows.size()));
  for (const WindowRun& run : windows.runs()) {
    const auto& stamps = windows.tables()[static_cast<std::size_t>(run.instrument)].timestamps;
    std::int64_t last_row = run.first_row + windows.window_size() - 1;
    for (std::int64_t n = run.begin; n < run.end; ++n, last_row += windows.options().stride)
      embeddings.timestamps[static_cast<std::size_t>(n)] = stamps[static_cast<std::size_t>(last_row)];
  }
  for (std::size_t i = 0; i < windows.tables().size(); ++i) {
    const features::FeatureTable& table = windows.tables()[i];
    embeddings.instruments.push_back({table.symbol, table.timeframe, table.bars_per_year,
                                      windows.windows_of(static_cast<std::int64_t>(i))});
  }
}

class WindowEmbedder {
 public:
  WindowEmbedder(const Windows& windows, const models::EmbeddingEngine& engine, ThreadPool& pool,
                 Observer& observer, features::MatrixF& values)
      : windows_(windows), engine_(engine), pool_(pool), observer_(observer), values_(values) {}

  // A long slice has all threads to itself; short ones, of small instruments or data full of gaps, are done
  // side by side.
  void embed_all() {
    const std::vector<WindowRun> slices = cut_into_slices(windows_);
    std::size_t begin = 0;
    while (begin < slices.size()) {
      std::size_t end = begin + 1;
      while (end < slices.size() && slices[end].end - slices[begin].begin <= kSliceWindows) ++end;
      embed_together(std::span(slices).subspan(begin, end - begin));
      begin = end;
    }
  }

 private:
  void embed_together(std::span<const WindowRun> slices) {
    // A loop over a single slice leaves the pool to the engine.
    pool_.parallel_for(static_cast<std::int64_t>(slices.size()), 1, [&](IndexRange range) {
      for (std::int64_t i = range.begin; i < range.end; ++i) embed(slices[static_cast<std::size_t>(i)]);
    });
    observer_.on_progress("embed", slices.back().end, windows_.size());
  }

  void embed(const WindowRun& slice) {
    const features::FeatureTable& table = windows_.tables()[static_cast<std::size_t>(slice.instrument)];
    const std::int64_t stride = windows_.options().stride;
    const std::int64_t row_count = (slice.size() - 1) * stride + windows_.window_size();
    const std::int64_t columns = table.feature_count();
    const std::span<const float> rows(table.values.data() + slice.first_row * columns,
                                      static_cast<std::size_t>(row_count * columns));
    const std::span<float> out(values_.data() + slice.begin * values_.cols(),
                               static_cast<std::size_t>(slice.size() * values_.cols()));
    engine_.embed(rows, stride, out, pool_);
  }

  const Windows& windows_;
  const models::EmbeddingEngine& engine_;
  ThreadPool& pool_;
  Observer& observer_;
  features::MatrixF& values_;
};

}  // namespace

Embeddings embed_windows(const Windows& windows, const models::EmbeddingEngine& engine, ThreadPool& pool,
                         Observer& observer) {
  require_fitting(windows, engine.options());
  require_finite(windows);
  Embeddings embeddings;
  describe_windows(windows, embeddings);
  embeddings.values.resize(windows.size(), engine.options().width());
  WindowEmbedder(windows, engine, pool, observer, embeddings.values).embed_all();
  return embeddings;
}

}  // namespace regimetry::embeddings
