#include "embeddings/embed_windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/time.hpp"
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

// Slices done side by side are cut once more, so that a long one does not keep the others' threads waiting;
// at least four windows long, since each piece computes what it shares with the next one again.
std::vector<WindowRun> cut_for_threads(std::span<const WindowRun> slices, const Windows& windows) {
  if (slices.size() == 1) return {slices.front()};
  constexpr std::int64_t kLeastWindows = 1024;
  const std::int64_t most = std::max(kLeastWindows, 4 * windows.window_size());
  const std::int64_t stride = windows.options().stride;
  std::vector<WindowRun> pieces;
  for (const WindowRun& slice : slices) {
    for (std::int64_t begin = slice.begin; begin < slice.end; begin += most) {
      pieces.push_back({slice.instrument, slice.first_row + (begin - slice.begin) * stride, begin,
                        std::min(begin + most, slice.end)});
    }
  }
  return pieces;
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
    // A loop over a single piece leaves the pool to the engine.
    const std::vector<WindowRun> pieces = cut_for_threads(slices, windows_);
    pool_.parallel_for(static_cast<std::int64_t>(pieces.size()), 1, [&](IndexRange range) {
      for (std::int64_t i = range.begin; i < range.end; ++i) embed(pieces[static_cast<std::size_t>(i)]);
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

// Finite features can still overflow on the way.
void require_finite_embeddings(const Windows& windows, const Embeddings& embeddings) {
  const auto* const begin = embeddings.values.data();
  const auto* const end = begin + embeddings.values.size();
  const auto* const odd = std::find_if(begin, end, [](float value) { return !std::isfinite(value); });
  if (odd == end) return;
  const windows::Window window = windows.window((odd - begin) / embeddings.width());
  const features::FeatureTable& table = windows.tables()[static_cast<std::size_t>(window.instrument)];
  // Stamps of a bare matrix count its rows.
  const bool has_row_numbers = !table.timeframe.is_known() && window.stamp == window.last_row();
  throw Error(
      ErrorKind::kData,
      fmt::format("the embedding of the window{} that ends {} is not finite: values this large overflow "
                  "float32. Use --transform standard, or exclude the column.",
                  table.symbol.empty() ? std::string() : fmt::format(" of {}", printable(table.symbol)),
                  has_row_numbers ? fmt::format("with row {}", window.last_row())
                                  : "at " + format_timestamp(window.stamp)));
}

}  // namespace

Embeddings embed_windows(const Windows& windows, const models::EmbeddingEngine& engine, ThreadPool& pool,
                         Observer& observer) {
  require_fitting(windows, engine.options());
  require_finite(windows);
  Embeddings embeddings;
  describe_windows(windows, embeddings);
  embeddings.values.resize(windows.size(), engine.options().width());
  WindowEmbedder(windows, engine, pool, observer, embeddings.values).embed_all();
  require_finite_embeddings(windows, embeddings);
  return embeddings;
}

}  // namespace regimetry::embeddings
