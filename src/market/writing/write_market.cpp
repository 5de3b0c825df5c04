#include "market/writing/write_market.hpp"

#include <nlohmann/json.hpp>

#include "market/instrument_facts.hpp"
#include "market/writing/output_table.hpp"
#include "market/writing/write_table.hpp"

namespace regimetry::market {
void write_market(const std::filesystem::path& path, const MarketData& data, ThreadPool& pool,
                  Observer& observer, const WriteOptions& options) {
  nlohmann::json metadata = data.metadata.is_object() ? data.metadata : nlohmann::json::object();
  metadata["instruments"] = instrument_facts(data.instruments);
  write_table(path, output_table(data, options.row_order), std::move(metadata), pool, observer);
}

void write_signals(const std::filesystem::path& path, const SignalTable& table, ThreadPool& pool,
                   Observer& observer) {
  write_table(path, output_table(table),
              table.metadata.is_object() ? table.metadata : nlohmann::json::object(), pool, observer);
}

}  // namespace regimetry::market
