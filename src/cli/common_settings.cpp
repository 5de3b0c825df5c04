#include "cli/common_settings.hpp"

namespace regimetry::cli {

void declare_common_settings(SettingSchema& schema, CommonOptions& common) {
  schema.add("seed", common.seed, "Where every random draw comes from; the same seed gives the same result",
             {.group = kCommonGroup});
  schema.add("threads", common.threads,
             "Threads to compute with; 0: one per available processor. Never changes a result",
             {.minimum = 0, .maximum = 4096, .group = kCommonGroup, .affects_result = false});
  schema.add("output_dir", common.output_dir, "Folder for outputs given by a relative path; made if missing",
             {.placeholder = "DIR", .group = kCommonGroup, .affects_result = false});
  schema.add("quiet", common.quiet, "Say nothing but errors",
             {.short_flag = 'q', .group = kCommonGroup, .affects_result = false});
  schema.add("verbose", common.verbose, "Say more, such as how long each stage took",
             {.short_flag = 'v', .group = kCommonGroup, .affects_result = false});
  schema.add("debug", common.debug, "The same as --verbose; a former name",
             {.group = kCommonGroup, .affects_result = false});
  schema.add("log_json", common.log_json, "Progress, notes and errors as JSON lines on stderr",
             {.group = kCommonGroup, .affects_result = false});
  schema.add("json", common.json, "Print the result as JSON on stdout",
             {.group = kCommonGroup, .affects_result = false});
  schema.add_check([&common]() -> std::vector<std::string> {
    if (common.quiet && common.verbose) return {"--quiet and --verbose exclude each other; give one of them"};
    return {};
  });
}

}  // namespace regimetry::cli
