#include "market/reading/stored_metadata.hpp"

#include <cmath>

#include "core/temporary_folder.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::market {
namespace {

TEST(StoredMetadata, IsReadFromBesideTheFile) {
  const TemporaryFolder folder;
  RecordingObserver observer;
  const auto path = folder.write("a.csv", "12345");
  EXPECT_TRUE(read_sidecar(path, observer).is_null());
  folder.write("a.csv.meta.json", R"({"bytes": 5, "simulation": 1})");
  EXPECT_EQ(read_sidecar(path, observer)["simulation"], 1);
  EXPECT_TRUE(observer.notes.empty());
}

TEST(StoredMetadata, IgnoresWhatWasWrittenForAnotherFileAndSaysSo) {
  const TemporaryFolder folder;
  RecordingObserver observer;
  const auto path = folder.write("a.csv", "123456");
  folder.write("a.csv.meta.json", R"({"bytes": 5})");
  EXPECT_TRUE(read_sidecar(path, observer).is_null());
  EXPECT_EQ(observer.warnings.size(), 1U);
}

TEST(StoredMetadata, IgnoresWhatIsBrokenAndSaysSo) {
  const TemporaryFolder folder;
  const auto path = folder.write("a.csv", "1");
  for (const char* text : {"{", "[1]", "\xff\xfe", ""}) {
    RecordingObserver observer;
    folder.write("a.csv.meta.json", text);
    EXPECT_TRUE(read_sidecar(path, observer).is_null());
    EXPECT_EQ(observer.warnings.size(), 1U) << text;
  }
}

TEST(StoredMetadata, TurnsColumnsBackIntoTheirKinds) {
  ColumnTable table;
  table.row_count = 2;
  table.columns = {Column{"id", ColumnKind::kNumber, {7, 12}, {}, {}, {}},
                   Column{"none", ColumnKind::kNumber, {std::nan(""), std::nan("")}, {}, {}, {}},
                   Column{"when", ColumnKind::kCategory, {}, {0, kMissingCode}, {"2024-01-02T00:00:00Z"}, {}},
                   Column{"other", ColumnKind::kNumber, {1, 2}, {}, {}, {}}};
  const auto metadata = nlohmann::json::parse(
      R"({"columns": [{"name": "id", "kind": "category"}, {"name": "none", "kind": "time"}, {"name": "when", "kind": "time"},
          {"name": "other", "kind": "nonsense"}, {"name": 5}, 7]})");
  restore_column_kinds(table, metadata);
  EXPECT_EQ(table.columns[0].categories, (std::vector<std::string>{"7", "12"}));
  EXPECT_EQ(table.columns[1].times, (std::vector<TimestampNs>{kMissingTime, kMissingTime}));
  EXPECT_EQ(table.columns[2].times[0], 19724 * kNsPerDay);
  EXPECT_EQ(table.columns[3].kind, ColumnKind::kNumber);
}

TEST(StoredMetadata, LeavesOutWhatEveryWriterMakesAnew) {
  EXPECT_EQ(lasting_metadata({{"bytes", 1}, {"columns", 2}, {"instruments", 3}, {"quality", 4}}),
            nlohmann::json({{"quality", 4}}));
  EXPECT_TRUE(lasting_metadata({{"bytes", 1}}).is_null());
  EXPECT_TRUE(lasting_metadata(nullptr).is_null());
}

}  // namespace
}  // namespace regimetry::market
