#include "analysis/read_instruments.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "analysis/symbol_words.hpp"
#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/find_inputs.hpp"
#include "market/reading/read_market.hpp"

namespace regimetry::analysis {
namespace {

using market::Bars;
using market::MarketData;

class InstrumentReader {
 public:
  InstrumentReader(const DataOptions& options, ThreadPool& pool, Observer& observer)
      : options_(options), pool_(pool), observer_(observer) {}

  ReadInstruments read() {
    MarketData data = read_files();
    if (options_.instrument) settle_instrument(data, *options_.instrument);
    const bool is_alone = data.instruments.size() == 1 && result_.failures.empty();
    for (Bars& bars : data.instruments) {
      const std::string name = bars.symbol;
      try {
        clean(std::move(bars), data.metadata);
      } catch (const Error& error) {
        if (is_alone) throw;
        result_.failures.push_back({name, error.what()});
      }
    }
    if (result_.instruments.empty()) throw Error(ErrorKind::kData, nothing_left());
    return std::move(result_);
  }

 private:
  MarketData read_files() {
    try {
      return market::read_market(options_.inputs, options_.reading, pool_, observer_).data;
    } catch (const Error& error) {
      const std::vector<std::string> readable = readable_files();
      if (readable.empty() || result_.failures.empty()) throw;
      return market::read_market(readable, options_.reading, pool_, observer_).data;
    }
  }

  // Tries each file by itself, where there are several.
  std::vector<std::string> readable_files() {
    std::vector<std::string> readable;
    const std::vector<market::InputPath> files = market::find_inputs(options_.inputs);
    if (files.size() < 2) return readable;
    for (const market::InputPath& file : files) {
      try {
        static_cast<void>(
            market::read_market({file.path.string()}, options_.reading, pool_, silent_observer()));
        readable.push_back(file.path.string());
      } catch (const Error& error) {
        result_.failures.push_back({printable_path(file.path), error.what()});
      }
    }
    return readable;
  }

  // The only instrument there is gets that name, for its own may come from the name of a file.
  void settle_instrument(MarketData& data, const std::string& wanted) const {
    std::vector<std::string> symbols;
    for (const Bars& bars : data.instruments) symbols.push_back(bars.symbol);
    if (symbols.size() == 1) {
      if (!is_same_symbol(symbols.front(), wanted))
        observer_.on_note(fmt::format("the only instrument, {}, is called {}, as --instrument says",
                                      printable(symbols.front()), printable(wanted)));
      data.instruments.front().symbol = wanted;
      return;
    }
    std::erase_if(data.instruments, [&](const Bars& bars) { return !is_same_symbol(bars.symbol, wanted); });
    if (!data.instruments.empty()) return;
    const std::optional<std::string> near = nearest_word(wanted, symbols);
    throw Error(ErrorKind::kUsage,
                fmt::format("--instrument: the data has no '{}'{}; it has {}", printable(wanted),
                            near ? fmt::format(", did you mean '{}'?", *near) : std::string(),
                            listed_symbols(symbols)));
  }

  void clean(Bars bars, const nlohmann::json& metadata) {
    MarketData one;
    one.metadata = metadata;
    one.instruments.push_back(std::move(bars));
    market::CleanResult cleaned = market::clean(std::move(one), options_.quality, pool_, observer_);
    result_.instruments.push_back({std::move(cleaned.data), std::move(cleaned.report.instruments.front())});
  }

  [[nodiscard]] std::string nothing_left() const {
    std::string text = "nothing is left to analyse:";
    for (const FailedInstrument& failure : result_.failures)
      text += fmt::format("\n  {}: {}", failure.name, failure.reason);
    return text;
  }

  const DataOptions& options_;
  ThreadPool& pool_;
  Observer& observer_;
  ReadInstruments result_;
};

}  // namespace

ReadInstruments read_instruments(const DataOptions& options, ThreadPool& pool, Observer& observer) {
  return InstrumentReader(options, pool, observer).read();
}

}  // namespace regimetry::analysis
