#include "analysis/analyze_market.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <set>
#include <system_error>
#include <utility>

#include "analysis/clean_folder.hpp"
#include "analysis/inputs_to_read.hpp"
#include "analysis/instrument_list.hpp"
#include "analysis/read_instruments.hpp"
#include "analysis/stages.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/reading/find_inputs.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

constexpr const char* kOverviewStage = "overview";

// What people see of instruments that are worked on side by side: how many are done, and what is said of each
// with its name before it.
class NamedWords final : public Observer {
 public:
  NamedWords(std::string name, Observer& outer) : name_(std::move(name)), outer_(outer) {}
  void on_note(std::string_view text) override { outer_.on_note(fmt::format("{}: {}", name_, text)); }
  void on_warning(std::string_view text) override { outer_.on_warning(fmt::format("{}: {}", name_, text)); }

 private:
  std::string name_;
  Observer& outer_;
};

class MarketAnalyzer {
 public:
  MarketAnalyzer(const std::filesystem::path& folder, AnalyzeOptions options, const ReportMakers& makers,
                 ThreadPool& pool, Observer& observer)
      : folder_(folder), options_(std::move(options)), makers_(makers), pool_(pool), observer_(observer) {}

  MarketAnalysis analyze() {
    options_.data.inputs = inputs_to_read(options_.data.inputs, folder_);
    inputs_ = digest_inputs();
    StageRunner runner(folder_, {options_.program, options_.skips_nothing, {}}, observer_);
    runner.run({stage_name(StageName::kData), options_.config_up_to(StageName::kData), inputs_},
               [&](Observer& observer) { return read_data(observer); });
    data_ = runner.records().front();
    take_instruments();
    run_instruments();
    if (result_.instruments.size() > 1)
      make_overview(runner);
    else
      runner.forget(kOverviewStage);
    return std::move(result_);
  }

 private:
  // Every file that is read, and what stands beside it about its columns.
  [[nodiscard]] std::vector<FileDigest> digest_inputs() const {
    std::vector<FileDigest> digests;
    for (const market::InputPath& found : market::find_inputs(options_.data.inputs)) {
      const std::string file = found.path.string();
      digests.push_back(digest_file(file, file));
      const std::string beside = file + ".meta.json";
      if (std::filesystem::exists(beside)) digests.push_back(digest_file(beside, beside));
    }
    return digests;
  }

  // Depends on the summaries of all instruments, and on why the others have none.
  void make_overview(StageRunner& runner) {
    nlohmann::json failures = nlohmann::json::object();
    std::vector<FileDigest> summaries;
    for (const AnalyzedInstrument& one : result_.instruments) {
      if (!one.failure.empty()) failures[one.name] = one.failure;
      for (const StageRecord& stage : one.stages)
        for (const FileDigest& file : stage.outputs)
          if (file.path == report::kSummaryJsonFile)
            summaries.push_back({one.folder + "/" + file.path, file.bytes, file.sha256});
    }
    runner.run({kOverviewStage,
                {{"failures", failures}, {"config", options_.config_up_to(StageName::kReport)}},
                summaries},
               [&](Observer&) { return makers_.overview(folder_, result_); });
    write_run_file(folder_, run_record({options_.command, options_.version, options_.config, inputs_},
                                       runner.records()));
  }

  StageOutcome read_data(Observer& observer) {
    const std::vector<ListedInstrument> before = read_instrument_list(folder_);
    std::vector<ListedInstrument> now;
    StageOutcome outcome =
        options_.data.is_signal_table ? read_signal_table(observer, now) : read_bars(observer, now);
    write_instrument_list(folder_, now);
    outcome.outputs.emplace_back(kInstrumentsFile);
    remove_gone(before, now);
    return outcome;
  }

  StageOutcome read_bars(Observer& observer, std::vector<ListedInstrument>& list) {
    const ReadInstruments read = read_instruments(options_.data, pool_, observer);
    const bool is_alone = read.instruments.size() == 1 && read.failures.empty();
    StageOutcome outcome;
    std::set<std::string> taken;
    for (const CleanInstrument& one : read.instruments) {
      const std::string name = name_of(one, read.instruments);
      const std::string below = is_alone ? std::string() : unused_folder_name(name, taken);
      const std::filesystem::path folder = folder_ / below;
      std::filesystem::create_directories(folder);
      const StageOutcome written =
          write_bars({options_, options_.config_up_to(StageName::kData), folder, pool_, observer}, one);
      for (const std::string& path : written.outputs)
        outcome.outputs.push_back((std::filesystem::path(below) / path).generic_string());
      list.push_back({name, below, written.words, "", sources_of(one)});
      outcome.words = written.words;
    }
    for (const FailedInstrument& failed : read.failures)
      list.push_back({failed.name, "", "", failed.reason, {}});
    if (!is_alone) outcome.words = fmt::format("{} instruments", read.instruments.size());
    return outcome;
  }

  StageOutcome read_signal_table(Observer& observer, std::vector<ListedInstrument>& list) {
    StageOutcome written =
        write_signal_table({options_, options_.config_up_to(StageName::kData), folder_, pool_, observer});
    list.push_back({options_.data.instrument.value_or(""), "", written.words, "", options_.data.inputs});
    return written;
  }

  static std::vector<std::string> sources_of(const CleanInstrument& one) {
    const market::Bars& bars = one.data.instruments.front();
    std::vector<std::string> sources;
    for (const market::RowOrigin::File& file : bars.origin.files) sources.push_back(file.path);
    if (sources.empty()) sources.push_back(bars.source);
    return sources;
  }

  // What earlier runs made of instruments that are not there now must not pass for a part of this one.
  void remove_gone(const std::vector<ListedInstrument>& before,
                   const std::vector<ListedInstrument>& now) const {
    for (const ListedInstrument& old : before) {
      const bool is_there = std::any_of(now.begin(), now.end(), [&](const ListedInstrument& one) {
        return one.failure.empty() && one.folder == old.folder;
      });
      if (is_there || old.folder.empty() || old.folder != folder_name(old.folder)) continue;
      clean_folder(folder_ / old.folder);
      std::error_code ignored;
      for (const char* name : {report::kBarsFile, report::kHealthFile})
        std::filesystem::remove(folder_ / old.folder / name, ignored);
      std::filesystem::remove(folder_ / old.folder,
                              ignored);  // fails, as it should, where something else lies in it
    }
  }

  static std::string name_of(const CleanInstrument& one, const std::vector<CleanInstrument>& all) {
    const market::Bars& bars = one.data.instruments.front();
    const auto alike = std::count_if(all.begin(), all.end(), [&](const CleanInstrument& other) {
      return other.data.instruments.front().symbol == bars.symbol;
    });
    return alike > 1 ? fmt::format("{} {}", bars.symbol, bars.timeframe.name()) : bars.symbol;
  }

  void take_instruments() {
    listed_ = read_instrument_list(folder_);
    for (const ListedInstrument& one : listed_)
      result_.instruments.push_back({one.name, one.folder, one.failure, {}});
  }

  void run_instruments() {
    std::vector<std::size_t> sound;
    for (std::size_t i = 0; i < listed_.size(); ++i)
      if (listed_[i].failure.empty()) sound.push_back(i);
    if (listed_.size() == 1) {
      result_.instruments.front().stages = run_one(listed_.front(), observer_);
      return;
    }
    std::atomic<std::int64_t> done = 0;
    observer_.on_progress("instruments", 0, std::ssize(sound));
    pool_.parallel_for(std::ssize(sound), 1, [&](IndexRange range) {
      for (std::int64_t i = range.begin; i < range.end; ++i) {
        const std::size_t at = sound[static_cast<std::size_t>(i)];
        AnalyzedInstrument& one = result_.instruments[at];
        NamedWords words(one.name, observer_);
        try {
          one.stages = run_one(listed_[at], words);
        } catch (const std::exception& error) {  // also what we did not foresee must not stop the others
          one.failure = error.what();
        }
        observer_.on_progress("instruments", ++done, std::ssize(sound));
      }
    });
  }

  std::vector<StageRecord> run_one(const ListedInstrument& one, Observer& observer) const {
    const std::filesystem::path folder = one.folder.empty() ? folder_ : folder_ / one.folder;
    return analyze_instrument(folder, own_part(one), own_inputs(one), options_, makers_.report, pool_,
                              observer)
        .stages;
  }

  // The files that its bars came from, and what stands beside them.
  [[nodiscard]] std::vector<FileDigest> own_inputs(const ListedInstrument& one) const {
    std::vector<FileDigest> own;
    for (const FileDigest& file : inputs_)
      for (const std::string& source : one.sources)
        if (file.path == source || file.path == source + ".meta.json") own.push_back(file);
    return own.empty() ? inputs_ : own;
  }

  // The stage that read everything, as far as it concerns this instrument: what was said of others is left
  // out.
  [[nodiscard]] StageRecord own_part(const ListedInstrument& one) const {
    StageRecord part = data_;
    part.words = one.words;
    if (one.folder.empty()) return part;
    part.outputs.clear();
    const std::string prefix = one.folder + "/";
    for (const FileDigest& file : data_.outputs)
      if (file.path.starts_with(prefix))
        part.outputs.push_back({file.path.substr(prefix.size()), file.bytes, file.sha256});
    const auto is_about_another = [&](const std::string& text) {
      const bool is_own = text.find(one.name) != std::string::npos;
      return !is_own && std::any_of(listed_.begin(), listed_.end(), [&](const ListedInstrument& other) {
        return text.find(other.name) != std::string::npos;
      });
    };
    std::erase_if(part.spoken.notes, is_about_another);
    std::erase_if(part.spoken.warnings, is_about_another);
    return part;
  }

  const std::filesystem::path& folder_;
  AnalyzeOptions options_;
  const ReportMakers& makers_;
  ThreadPool& pool_;
  Observer& observer_;
  std::vector<FileDigest> inputs_;
  StageRecord data_;
  std::vector<ListedInstrument> listed_;
  MarketAnalysis result_;  // its instruments as those of the list
};

}  // namespace

std::int64_t MarketAnalysis::failure_count() const noexcept {
  return std::count_if(instruments.begin(), instruments.end(),
                       [](const AnalyzedInstrument& one) { return !one.failure.empty(); });
}

bool MarketAnalysis::was_unchanged() const noexcept {
  return std::all_of(instruments.begin(), instruments.end(), [](const AnalyzedInstrument& one) {
    return one.failure.empty() && std::all_of(one.stages.begin(), one.stages.end(),
                                              [](const StageRecord& stage) { return stage.was_skipped; });
  });
}

MarketAnalysis analyze_market(const std::filesystem::path& folder, const AnalyzeOptions& options,
                              const ReportMakers& makers, ThreadPool& pool, Observer& observer) {
  return MarketAnalyzer(folder, options, makers, pool, observer).analyze();
}

}  // namespace regimetry::analysis
